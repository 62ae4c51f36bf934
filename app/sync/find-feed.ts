import { feedTypes } from '../amazon/feed-types.ts';
import {
  endMessages,
  knownFeedIds,
  messagesOf,
  moveFeed,
  type MessageEnd,
  type OpenFeed,
} from '../db/feeds.ts';
import { closeAccountProblem } from '../db/problems.ts';
import { findLost, searchedSince } from '../domain/lost-batch.ts';
import { now } from '../lib/clock.ts';
import type { FeedWork } from './feed-step.ts';
import { isHopeless, sayWhereStuck } from './feed-stuck.ts';
import { knock } from './knock.ts';

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
    await closeAccountProblem(tx, shop, now(), 'feed_stuck', feed.id);
    await knock(tx, shop, seller.sellerId, orders);
  });
  return null;
}

/** A batch that was provably never made: its commands are free for the next one, after their orders were looked at again. */
export function giveUpFeed(work: FeedWork, feed: OpenFeed, why: string): Promise<null> {
  return endAll(work, feed, 'planned', 'never', why);
}

/**
 * Finds out whether a batch was made whose answer was lost (CAN-13). Answers when to look again (ms UTC); null: it was never
 * made, or nobody can tell, so that each of its orders has to.
 */
export async function findFeed(work: FeedWork, feed: OpenFeed): Promise<number | null> {
  const { services, shop, seller } = work;
  const sentAt = feed.sentAt ?? now();
  const since = searchedSince(sentAt);
  const found = await services.amazon(seller).findFeeds(feedTypes[feed.kind], since);
  const later = now() + Math.min(Math.max(15_000, now() - sentAt), 2 * 60_000);
  const look = async (lookAt: number) => {
    await services.db.forShop(shop, async (tx) => {
      await moveFeed(tx, shop, feed.id, feed.state, { to: 'unsure', lookAt });
      await sayWhereStuck(tx, shop, feed);
    });
    return lookAt;
  };
  if (!found.ok) {
    if (isHopeless(feed, found.failure))
      return endAll(work, feed, 'unsure', 'fatal', 'Amazon does not tell whether it has it.');
    return look(found.failure.kind === 'retry' && found.failure.at !== null ? found.failure.at : later);
  }
  const known = await services.db.forShop(shop, (tx) =>
    knownFeedIds(tx, shop, seller.sellerId, since - 24 * 3_600_000),
  );
  const lost = findLost({ sentAt, now: now() }, found.value, known);
  switch (lost.is) {
    case 'made':
      await services.db.forShop(shop, (tx) =>
        moveFeed(tx, shop, feed.id, feed.state, { to: 'sent', amazonId: lost.feedId, lookAt: now() }),
      );
      return now();
    case 'unsure':
      return endAll(work, feed, 'unsure', 'fatal', lost.why);
    case 'never':
      return giveUpFeed(work, feed, 'Amazon never had it.');
    case 'open':
      return look(later);
  }
}
