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
import { ok, type Result } from '../domain/failure.ts';
import { now } from '../lib/clock.ts';
import type { FeedWork } from './feed-step.ts';
import { knock } from './knock.ts';

/** Batches of Amazon sometimes stand for hours; after so long a person hears of it (CAN-13). */
const stuckMs = 2 * 3_600_000;
/** A report that is missing is asked for so often before its messages count as unsure. */
const mostLooksForReport = 5;

function nextLook(feed: OpenFeed): number {
  const age = now() - (feed.sentAt ?? now());
  return now() + Math.min(Math.max(30_000, age / 2), 5 * 60_000);
}

/** Amazon is still at it: looked at again later, and said where it stands for hours. */
async function waitLonger({ services, shop }: FeedWork, feed: OpenFeed): Promise<number> {
  const lookAt = nextLook(feed);
  const sentAt = feed.sentAt ?? now();
  await services.db.forShop(shop, async (tx) => {
    await moveFeed(tx, shop, feed.id, 'sent', { to: 'sent', lookAt, looks: feed.looks + 1 });
    if (now() - sentAt < stuckMs) return;
    const params = { n: feed.messages, time: new Date(sentAt).toISOString() };
    await openAccountProblem(tx, shop, now(), { kind: 'feed_stuck', subject: feed.id, params });
  });
  return lookAt;
}

const unsure = (messageNo: number, why: string): MessageEnd => ({
  messageNo,
  to: 'unsure',
  outcome: { why },
});

/** After a batch was broken off only an error of a message's own is certain; what it took may be undone again. */
function endOf(messageNo: number, outcome: MessageOutcome | undefined, fatal: boolean): MessageEnd {
  if (outcome?.is === 'refused')
    return { messageNo, to: 'refused', outcome: { field: outcome.code, text: outcome.text } };
  if (outcome?.is === 'accepted' && !fatal)
    return {
      messageNo,
      to: 'accepted',
      outcome: outcome.warning === null ? null : { warning: outcome.warning },
    };
  return unsure(messageNo, outcome?.is === 'unsure' ? outcome.why : 'Amazon broke the batch off.');
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
  const fatal = status.state === 'fatal';
  if (status.reportDocumentId === null)
    return ok(messages.map(({ messageNo }) => unsure(messageNo, 'Amazon gave no report.')));
  const opened = await services.amazon(seller).openFeedReport(status.reportDocumentId);
  if (!opened.ok) return opened;
  const report = await readFeedReport(opened.value);
  if (!report.ok) return report;
  const outcomes = feedOutcomes({ feedId: status.feedId, messages }, report.value);
  return ok(messages.map(({ messageNo }) => endOf(messageNo, outcomes.get(messageNo), fatal)));
}

/** Writes down how a batch ended, and looks at its orders: what Amazon accepted has to be seen there. */
async function end(
  { services, shop, seller }: FeedWork,
  feed: OpenFeed,
  status: FeedStatus,
  ends: readonly MessageEnd[],
): Promise<null> {
  const count = (to: MessageEnd['to']) => ends.filter((one) => one.to === to).length;
  const summary = { accepted: count('accepted'), refused: count('refused'), unsure: count('unsure') };
  const to = status.state === 'cancelled' ? 'cancelled' : status.state === 'fatal' ? 'fatal' : 'done';
  await services.db.forShop(shop, async (tx) => {
    const reportId = status.reportDocumentId;
    if (!(await moveFeed(tx, shop, feed.id, 'sent', { to, reportId, endedAt: now(), summary }))) return;
    const orders = await endMessages(tx, shop, now(), { id: feed.id, amazonId: status.feedId }, ends);
    await closeAccountProblem(tx, shop, now(), 'feed_stuck', feed.id);
    if (to === 'fatal') {
      const params = { n: ends.length };
      await openAccountProblem(tx, shop, now(), { kind: 'feed_fatal', subject: feed.id, params });
    }
    await knock(tx, shop, seller.sellerId, orders);
  });
  return null;
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
  const { services, shop, seller } = work;
  if (feed.amazonId === null) throw new Error('A batch was sent and has no id.');
  const status = await services.amazon(seller).getFeed(feed.amazonId);
  const again = async (at: number | null): Promise<number> => {
    const lookAt = at ?? nextLook(feed);
    const looks = feed.looks + 1;
    await services.db.forShop(shop, (tx) =>
      moveFeed(tx, shop, feed.id, 'sent', { to: 'sent', lookAt, looks }),
    );
    return lookAt;
  };
  if (!status.ok) return again(status.failure.kind === 'retry' ? status.failure.at : null);
  const { state, reportDocumentId } = status.value;
  if (state === 'queued' || state === 'working') return waitLonger(work, feed);
  if (state === 'done' && reportDocumentId === null && feed.looks < mostLooksForReport) return again(null);
  const ends = await outcomesOf(work, feed, status.value);
  if (!ends.ok) return again(ends.failure.kind === 'retry' ? ends.failure.at : null);
  return end(work, feed, status.value, ends.value);
}
