import { feedTypes } from '../amazon/feed-types.ts';
import {
  endMessages,
  knownFeedIds,
  messagesOf,
  moveFeed,
  type MessageEnd,
  type OpenFeed,
} from '../db/feeds.ts';
import { createEffectMs } from '../domain/command.ts';
import { now } from '../lib/clock.ts';
import type { FeedWork } from './feed-step.ts';
import { knock } from './knock.ts';

/** Amazon's clock and ours may differ by so much. */
const clocksApartMs = 2 * 60_000;

/** Ends a batch with the same outcome for all its messages, and looks at their orders again. */
async function endAll(
  { services, shop, seller }: FeedWork,
  feed: OpenFeed,
  to: MessageEnd['to'],
  state: 'never' | 'fatal',
  why: string,
): Promise<null> {
  await services.db.forShop(shop, async (tx) => {
    if (!(await moveFeed(tx, shop, feed.id, feed.state, { to: state, endedAt: now(), summary: { why } })))
      return;
    const messages = await messagesOf(tx, shop, feed.id);
    const outcome = to === 'planned' ? null : { why };
    const ends = messages.map(({ messageNo }) => ({ messageNo, to, outcome }));
    const orders = await endMessages(tx, shop, now(), { id: feed.id, amazonId: feed.amazonId }, ends);
    await knock(tx, shop, seller.sellerId, orders);
  });
  return null;
}

/** A batch that was provably never made: its commands are free for the next one, after their orders were looked at again. */
export function giveUpFeed(work: FeedWork, feed: OpenFeed, why: string): Promise<null> {
  return endAll(work, feed, 'planned', 'never', why);
}

/**
 * Finds out whether a batch was made whose answer was lost: among those that Amazon has of its type since then there is at
 * most one that is not known here, for no other is made meanwhile. None, as long as it may still appear, is looked for again;
 * after that it was never made (CAN-13). Answers when to look again (ms UTC); null: it was never made.
 */
export async function findFeed(work: FeedWork, feed: OpenFeed): Promise<number | null> {
  const { services, shop, seller } = work;
  const sentAt = feed.sentAt ?? now();
  const since = sentAt - clocksApartMs;
  const found = await services.amazon(seller).findFeeds(feedTypes[feed.kind], since);
  const wait = Math.min(Math.max(15_000, now() - sentAt), 2 * 60_000);
  const later = now() + wait;
  const look = (lookAt: number) =>
    services.db.forShop(shop, (tx) =>
      moveFeed(tx, shop, feed.id, feed.state, { to: 'unsure', lookAt, looks: feed.looks + 1 }),
    );
  if (!found.ok) {
    const at = found.failure.kind === 'retry' && found.failure.at !== null ? found.failure.at : later;
    await look(at);
    return at;
  }
  const known = await services.db.forShop(shop, (tx) =>
    knownFeedIds(tx, shop, seller.sellerId, since - 24 * 3_600_000),
  );
  const strange = found.value.filter(({ feedId }) => !known.has(feedId));
  const [one] = strange;
  if (one && strange.length === 1) {
    await services.db.forShop(shop, (tx) =>
      moveFeed(tx, shop, feed.id, feed.state, { to: 'sent', amazonId: one.feedId, lookAt: now() }),
    );
    return now();
  }
  // Several that nobody here made: which is ours cannot be told, so that each order has to tell.
  if (one) return endAll(work, feed, 'unsure', 'fatal', 'Amazon has several batches that may be this one.');
  if (now() - sentAt >= createEffectMs) return giveUpFeed(work, feed, 'Amazon never had it.');
  await look(later);
  return later;
}
