import { acknowledgementFeed, adjustmentFeed, fulfillmentFeed } from '../amazon/feed-xml.ts';
import { feedContentType, feedTypes } from '../amazon/feed-types.ts';
import { unfitFor } from '../amazon/unfit-message.ts';
import {
  beginFeed,
  endMessages,
  lastBatchAt,
  moveFeed,
  notMadeInARow,
  type MessageEnd,
} from '../db/feeds.ts';
import { renewProofs, waitingFor } from '../db/proofs.ts';
import type { CommandOfFeed, FeedKind } from '../domain/feed-kind.ts';
import type { Failure } from '../domain/failure.ts';
import {
  gathers,
  gathersUntil,
  isMany,
  leastGatherMs,
  proofHoldsMs,
  renewableMs,
} from '../domain/gather-batch.ts';
import { now } from '../lib/clock.ts';
import { inTime } from '../lib/in-time.ts';
import type { FeedWork } from './feed-step.ts';
import { knock } from './knock.ts';
import { marketplacesFor } from './marketplaces-for.ts';
import { askForList, listedHoldsMs } from './unchanged.ts';

/** Amazon lets a list be asked for every three minutes where many were asked for before. */
const listPatienceMs = 3 * 60_000;
const soonMs = 5_000;
const mostMessages = 5_000;
/** Amazon needs at least so long for a batch. */
const firstLookMs = 30_000;
/** After a lost answer what Amazon has is looked for so soon. */
const lostLookMs = 15_000;

function contentsOf(sellerId: string, kind: FeedKind, commands: readonly CommandOfFeed[]): string {
  const of = <Kind extends FeedKind>(wanted: Kind) =>
    commands.flatMap((one) => (one.kind === wanted ? [one as CommandOfFeed<Kind>] : []));
  switch (kind) {
    case 'cancel_amazon':
      return acknowledgementFeed(sellerId, of('cancel_amazon'));
    case 'refund_amazon':
      return adjustmentFeed(sellerId, of('refund_amazon'));
    case 'ship_amazon':
      return fulfillmentFeed(sellerId, of('ship_amazon'));
  }
}

/** What would spoil the whole batch is left out of it, and said to its order. */
function unfitOf(commands: readonly CommandOfFeed[]): MessageEnd[] {
  return commands.flatMap(({ kind, amazonOrderId, args, messageNo }): MessageEnd[] => {
    const text = unfitFor(kind, amazonOrderId, args);
    return text === null
      ? []
      : [{ messageNo, to: 'refused', outcome: { field: 'message', text }, leftOut: true }];
  });
}

/** A batch is made at most so long after it was begun: well before others take its worker for gone (`claimSeconds`). */
const makeWithinMs = 90_000;

interface Begun {
  readonly id: string;
  readonly commands: readonly CommandOfFeed[];
  readonly mayStill: () => boolean;
}

/** After so many batches in a row that could not be made the next one waits so long: 30 s, doubled each time, at most 15 min. */
function pauseAfter(count: number): number {
  return Math.min(30_000 * 2 ** (count - 1), 15 * 60_000);
}

/** Nothing was made at Amazon: the commands wait for the next batch, or are refused where it would be the same again. */
async function notMade({ services, shop, seller }: FeedWork, feed: Begun, failure: Failure): Promise<number> {
  const at = failure.kind === 'retry' && failure.at !== null ? failure.at : now() + pauseAfter(1);
  const final = failure.kind === 'final';
  const ends = feed.commands.map(({ messageNo }): MessageEnd => ({
    messageNo,
    to: final ? 'refused' : 'planned',
    outcome: final ? { field: failure.code, text: failure.sentence } : null,
  }));
  await services.db.forShop(shop, async (tx) => {
    for (const from of ['writing', 'sending'] as const)
      await moveFeed(tx, shop, feed.id, from, {
        to: 'never',
        endedAt: now(),
        // What Amazon will never take says nothing of the next batch.
        ...(final ? {} : { summary: { why: failure.code } }),
      });
    const orders = await endMessages(tx, shop, now(), { id: feed.id, amazonId: null }, ends);
    await knock(tx, shop, seller.sellerId, orders);
  });
  return at;
}

/**
 * Uploads a batch and makes it at Amazon. Cut before the upload, or between upload and `sending`: nothing was made, and
 * whoever finds it abandoned sets its commands free. Cut after `sending`, or the answer is lost: Amazon is asked what it has.
 * A worker that slept so long that others may have looked, found nothing and made another, makes none.
 */
async function make(work: FeedWork, kind: FeedKind, feed: Begun): Promise<number | null> {
  const { services, shop, seller } = work;
  const client = services.amazon(seller);
  const unfit = unfitOf(feed.commands);
  if (unfit.length > 0)
    await services.db.forShop(shop, async (tx) => {
      const orders = await endMessages(tx, shop, now(), { id: feed.id, amazonId: null }, unfit);
      await knock(tx, shop, seller.sellerId, orders);
    });
  const fit = feed.commands.filter(({ messageNo }) => !unfit.some((one) => one.messageNo === messageNo));
  if (fit.length === 0) {
    await services.db.forShop(shop, (tx) =>
      moveFeed(tx, shop, feed.id, 'writing', { to: 'never', endedAt: now() }),
    );
    return null;
  }
  const uploaded = await client.uploadFeed(contentsOf(seller.sellerId, kind, fit), feedContentType);
  if (!uploaded.ok) return notMade(work, { ...feed, commands: fit }, uploaded.failure);
  const sentAt = now();
  // The fence: a worker that slept, and whose batch was given up meanwhile, sends nothing.
  const mine = await services.db.forShop(shop, (tx) =>
    moveFeed(tx, shop, feed.id, 'writing', { to: 'sending', sentAt, lookAt: sentAt + lostLookMs }),
  );
  if (!mine) return now() + soonMs;
  const marketplaceIds = await services.db.forShop(shop, (tx) => marketplacesFor(tx, shop, seller));
  const made = await client.createFeed({
    feedType: feedTypes[kind],
    marketplaceIds,
    documentId: uploaded.value,
    mayStill: feed.mayStill,
  });
  if (!made.ok && made.failure.kind !== 'unsure')
    return notMade(work, { ...feed, commands: fit }, made.failure);
  const lookAt = now() + (made.ok ? firstLookMs : lostLookMs);
  await services.db.forShop(shop, (tx) =>
    moveFeed(
      tx,
      shop,
      feed.id,
      'sending',
      made.ok ? { to: 'sent', amazonId: made.value, lookAt } : { to: 'unsure', lookAt },
    ),
  );
  return lookAt;
}

/**
 * Sends what waits of a kind as one batch, where Amazon has a slot and what proves it right is fresh; orders whose proof
 * became too old are looked at again first. Answers when to go on (ms UTC); null: nothing waits.
 */
export async function sendFeed(work: FeedWork, kind: FeedKind): Promise<number | null> {
  const { services, shop, seller } = work;
  const { sellerId, listedAt } = seller;
  const since = now() - proofHoldsMs;
  const failed = await services.db.forShop(shop, (tx) => notMadeInARow(tx, shop, sellerId, kind));
  const freeAt = failed.count === 0 ? 0 : failed.endedAt + pauseAfter(failed.count);
  if (freeAt > now()) return freeAt;
  const [waiting, lastAt] = await services.db.forShop(shop, async (tx) => {
    if (listedAt !== null && listedAt >= since)
      await renewProofs(tx, shop, sellerId, kind, { since: now() - renewableMs, listedAt });
    const renewSince = now() - renewableMs;
    // Whose undo time is about to end is worth waiting for.
    const times = { now: now(), ripeBy: now() + leastGatherMs, provedSince: since, renewSince };
    return [
      await waitingFor(tx, shop, sellerId, kind, times),
      await lastBatchAt(tx, shop, sellerId, kind),
    ] as const;
  });
  const unasked = [...waiting.unasked, ...(isMany(waiting) ? [] : waiting.unaskedRenewable)];
  if (unasked.length > 0)
    await services.db.forShop(shop, (tx) => knock(tx, shop, sellerId, unasked, { news: false }));
  // Whatever is proved anew calls for the next step.
  if (waiting.ready + waiting.renewable + waiting.stale === 0) return null;
  const slotAt = await services.amazon(seller).createFeedSlotAt();
  if (slotAt > now()) return slotAt;
  const until = gathersUntil(waiting, lastAt, now());
  if (gathers(waiting, until, now())) return now() + soonMs;
  // One list, just before they go, proves all of them at once; one of a minute ago said what there is to say. Where none
  // comes, what is proved goes without the others.
  const wantsList = isMany(waiting) && waiting.renewable > 0 && (listedAt ?? 0) < now() - listedHoldsMs;
  if (wantsList && (waiting.ready === 0 || now() < until + listPatienceMs)) {
    const listAt = await askForList(services, shop, seller, listPatienceMs);
    if (listAt !== null) return Math.max(listAt, now()) + soonMs;
  }
  const mayStill = inTime(makeWithinMs);
  const feed = await services.db.forShop(shop, (tx) =>
    beginFeed(tx, shop, sellerId, kind, { now: now(), provedSince: since, most: mostMessages }),
  );
  // The last batch of the kind has no answer yet.
  if (!feed) return now() + soonMs;
  return make(work, kind, { ...feed, mayStill });
}
