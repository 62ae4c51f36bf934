import { readFeedReport } from '../amazon/feed-report.ts';
import type { FeedStatus } from '../amazon/feeds.ts';
import {
  darkMessages,
  endMessages,
  messagesOf,
  moveFeed,
  type MessageEnd,
  type OpenFeed,
} from '../db/feeds.ts';
import { closeAccountProblem, openAccountProblem, openOfKinds } from '../db/problems.ts';
import { feedOutcomes, type MessageOutcome } from '../domain/feed-outcome.ts';
import { ok, type Failure, type Result } from '../domain/failure.ts';
import { now } from '../lib/clock.ts';
import type { FeedWork } from './feed-step.ts';
import { isHopeless, sayWhereStuck } from './feed-stuck.ts';
import { knock } from './knock.ts';

/** A report that is missing is asked for so often before its messages count as unsure. */
const mostLooksForReport = 5;

function nextLook(feed: OpenFeed): number {
  const age = now() - (feed.sentAt ?? now());
  return now() + Math.min(Math.max(30_000, age / 2), 5 * 60_000);
}

/** Looks at it again later, and says where it stands for hours. `asked`: a report that is missing was asked for. */
async function lookLater(
  { services, shop }: FeedWork,
  feed: OpenFeed,
  { at = null, asked = false }: { readonly at?: number | null; readonly asked?: boolean } = {},
): Promise<number> {
  const lookAt = at ?? nextLook(feed);
  await services.db.forShop(shop, async (tx) => {
    const looks = feed.looks + (asked ? 1 : 0);
    await moveFeed(tx, shop, feed.id, 'sent', { to: 'sent', lookAt, looks });
    await sayWhereStuck(tx, shop, feed);
  });
  return lookAt;
}

const unsure = (messageNo: number, why: string): MessageEnd => ({
  messageNo,
  to: 'unsure',
  outcome: { why },
});

function endOf(messageNo: number, outcome: MessageOutcome): MessageEnd {
  switch (outcome.is) {
    case 'refused':
      return { messageNo, to: 'refused', outcome: { field: outcome.code, text: outcome.text } };
    case 'accepted':
      return {
        messageNo,
        to: 'accepted',
        outcome: outcome.warning === null ? null : { warning: outcome.warning },
      };
    case 'unsure':
      return unsure(messageNo, outcome.why);
  }
}

/** How each message came out, by the processing report. */
async function outcomesOf(
  { services, seller, shop }: FeedWork,
  feed: OpenFeed,
  status: FeedStatus,
): Promise<Result<readonly MessageEnd[]>> {
  const messages = await services.db.forShop(shop, (tx) => messagesOf(tx, shop, feed.id));
  if (status.state === 'cancelled')
    return ok(messages.map(({ messageNo }) => ({ messageNo, to: 'planned' as const, outcome: null })));
  if (status.reportDocumentId === null)
    return ok(messages.map(({ messageNo }) => unsure(messageNo, 'Amazon gave no report.')));
  const opened = await services.amazon(seller).openFeedReport(status.reportDocumentId);
  if (!opened.ok) return opened;
  const report = await readFeedReport(opened.value);
  if (!report.ok) return report;
  const sent = { feedId: status.feedId, brokenOff: status.state === 'fatal', messages };
  return ok([...feedOutcomes(sent, report.value)].map(([messageNo, outcome]) => endOf(messageNo, outcome)));
}

interface Ended {
  readonly to: 'done' | 'fatal' | 'cancelled';
  readonly reportId: string | null;
}

function endedAs({ state, reportDocumentId }: FeedStatus): Ended {
  const to = state === 'cancelled' || state === 'fatal' ? state : 'done';
  return { to, reportId: reportDocumentId };
}

/** Writes down how a batch ended, and looks at its orders: what Amazon accepted has to be seen there. */
async function end(
  { services, shop, seller }: FeedWork,
  feed: OpenFeed,
  { to, reportId }: Ended,
  ends: readonly MessageEnd[],
): Promise<null> {
  const count = (to: MessageEnd['to']) => ends.filter((one) => one.to === to).length;
  const summary = { accepted: count('accepted'), refused: count('refused'), unsure: count('unsure') };
  await services.db.forShop(shop, async (tx) => {
    if (!(await moveFeed(tx, shop, feed.id, 'sent', { to, reportId, endedAt: now(), summary }))) return;
    const orders = await endMessages(tx, shop, now(), { id: feed.id, amazonId: feed.amazonId }, ends);
    await closeAccountProblem(tx, shop, now(), 'feed_stuck', feed.id);
    if (to === 'fatal') {
      const params = { n: ends.length };
      await openAccountProblem(tx, shop, now(), { kind: 'feed_fatal', subject: feed.id, params });
    }
    await knock(tx, shop, seller.sellerId, orders);
  });
  return null;
}

/** Asked for in vain it is looked at again; where Amazon refuses for hours to tell, each of its orders has to. */
async function afterFailure(work: FeedWork, feed: OpenFeed, failure: Failure): Promise<number | null> {
  if (!isHopeless(feed, failure))
    return lookLater(work, feed, { at: failure.kind === 'retry' ? failure.at : null });
  const { services, shop } = work;
  const messages = await services.db.forShop(shop, (tx) => messagesOf(tx, shop, feed.id));
  const ends = messages.map(({ messageNo }) => unsure(messageNo, 'Amazon does not tell how it ended.'));
  return end(work, feed, { to: 'done', reportId: null }, ends);
}

/** What Amazon broke off stays a problem until each of its orders is known. */
export async function closeFatal({ services, shop }: FeedWork): Promise<void> {
  await services.db.forShop(shop, async (tx) => {
    const open = await openOfKinds(tx, shop, ['feed_fatal']);
    for (const { subject } of open)
      if ((await darkMessages(tx, shop, subject)) === 0)
        await closeAccountProblem(tx, shop, now(), 'feed_fatal', subject);
  });
}

/**
 * Looks at a batch that Amazon has: one that is done proves nothing, its report is read per message (CAN-13). Answers when to
 * look again (ms UTC); null: it is over.
 */
export async function checkFeed(work: FeedWork, feed: OpenFeed): Promise<number | null> {
  if (feed.amazonId === null) throw new Error('A batch was sent and has no id.');
  const status = await work.services.amazon(work.seller).getFeed(feed.amazonId);
  if (!status.ok) return afterFailure(work, feed, status.failure);
  const { state, reportDocumentId } = status.value;
  if (state === 'queued' || state === 'working') return lookLater(work, feed);
  if (state === 'done' && reportDocumentId === null && feed.looks < mostLooksForReport)
    return lookLater(work, feed, { asked: true });
  const ends = await outcomesOf(work, feed, status.value);
  if (!ends.ok) return afterFailure(work, feed, ends.failure);
  return end(work, feed, endedAs(status.value), ends.value);
}
