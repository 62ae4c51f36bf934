import { openAccountProblem } from '../db/problems.ts';
import type { OpenFeed } from '../db/feeds.ts';
import type { Tx } from '../db/client.ts';
import type { Failure } from '../domain/failure.ts';
import type { ShopDomain } from '../domain/ids.ts';
import { now } from '../lib/clock.ts';

/** Batches of Amazon sometimes stand for hours; after so long a person hears of it (CAN-13). */
const stuckMs = 2 * 3_600_000;

const isStuck = ({ sentAt }: OpenFeed): boolean => sentAt !== null && now() - sentAt >= stuckMs;

/** Says of a batch that stands for hours, or of which Amazon tells nothing for so long. */
export async function sayWhereStuck(tx: Tx, shop: ShopDomain, feed: OpenFeed): Promise<void> {
  if (!isStuck(feed)) return;
  const params = { n: feed.messages, time: new Date(feed.sentAt ?? now()).toISOString() };
  await openAccountProblem(tx, shop, now(), { kind: 'feed_stuck', subject: feed.id, params });
}

/** Whether nothing more is to be heard of a batch: Amazon refused to tell, and that for hours. */
export function isHopeless(feed: OpenFeed, failure: Failure): boolean {
  return failure.kind === 'final' && isStuck(feed);
}
