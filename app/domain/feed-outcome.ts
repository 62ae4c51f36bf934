import type { FeedReport, FeedResult } from './feed-report.ts';

/** A feed as it was sent: Amazon's id of it, and its messages. */
export interface SentFeed {
  readonly feedId: string;
  /** Amazon broke it off (FATAL): only an error of a message's own is certain then. */
  readonly brokenOff: boolean;
  readonly messages: readonly { readonly messageNo: number; readonly amazonOrderId: string }[];
}

/**
 * What a processing report says of one message. `accepted` is not yet done, and `refused` was certainly not done; after
 * `unsure` nobody knows. Texts have at most 300 signs.
 */
export type MessageOutcome =
  | { readonly is: 'accepted'; readonly warning: string | null }
  | { readonly is: 'refused'; readonly code: string; readonly text: string }
  | { readonly is: 'unsure'; readonly why: string };

type Report = Extract<FeedReport, { is: 'report' }>;
type Message = SentFeed['messages'][number];
type Refused = Extract<MessageOutcome, { is: 'refused' }>;

function short(text: string, most: number): string {
  const line = text.replace(/[\p{Cc}\s]+/gu, ' ').trim();
  return line.slice(0, most).toWellFormed();
}

const unsure = (why: string): MessageOutcome => ({ is: 'unsure', why: short(why, 300) });

/** Amazon's words, and where they name another order than the message's, that they do: the number alone counts. */
function wordsOf(result: FeedResult, message: Message): string {
  const named = result.orderId === null ? '' : short(result.orderId, 40);
  const note =
    named === '' || named === message.amazonOrderId ? '' : ` (The report names the order ${named} here.)`;
  const words = short(result.text, 300 - note.length);
  return `${words === '' ? 'Amazon gave no reason.' : words}${note}`;
}

const refusal = (result: FeedResult, text: string): Refused => ({
  is: 'refused',
  code: short(result.code, 40),
  text,
});

/** Everything about the whole feed, and by message. */
function sorted(sent: SentFeed, { results }: Report) {
  const own = new Map(sent.messages.map(({ messageNo }) => [messageNo, [] as FeedResult[]]));
  const whole = results.filter(({ messageNo }) => messageNo === 0);
  const strange = results.filter(({ messageNo }) => {
    if (messageNo === 0) return false;
    const list = messageNo === null ? undefined : own.get(messageNo);
    return !list;
  });
  for (const result of results) if (result.messageNo !== null) own.get(result.messageNo)?.push(result);
  return { own, whole, strange };
}

const has = (results: readonly FeedResult[], is: FeedResult['is']) => results.some((one) => one.is === is);

type Sorted = ReturnType<typeof sorted>;

/** Whether the report's numbers are those of the feed and of the results that it lists. */
function addsUp({ counts }: Report, { own }: Sorted): boolean {
  const lists = [...own.values()];
  const failed = lists.filter((list) => has(list, 'error')).length;
  const warned = lists.filter((list) => !has(list, 'error') && has(list, 'warning')).length;
  const good = lists.length - failed;
  // Whether a message with warnings counts as successful is not documented.
  const successful = counts.successful === good || counts.successful === good - warned;
  return counts.processed === lists.length && counts.failed === failed && successful;
}

/** The refusal of the whole feed, where it is certain that nothing of it was done; else null. */
function wholeRefusal({ status, counts }: Report, { whole }: Sorted): Refused | null {
  const error = whole.find(({ is }) => is === 'error');
  if (!error && status !== 'rejected') return null;
  const nothing = counts.processed === 0 || (counts.processed ?? 0) === counts.failed;
  if (counts.processed === null || counts.successful !== 0 || !nothing) return null;
  if (!error) return { is: 'refused', code: 'rejected', text: 'Amazon rejected the whole feed.' };
  const words = short(error.text, 300);
  return refusal(error, words === '' ? 'Amazon rejected the whole feed.' : words);
}

/** Why messages without an error of their own cannot be taken as accepted; null where they can. */
function doubt(report: Report, found: Sorted, brokenOff: boolean): string | null {
  const { processed, successful, failed } = report.counts;
  if (brokenOff) return 'Amazon broke the batch off.';
  if (report.status === 'rejected' || has(found.whole, 'error'))
    return 'Amazon found fault with the whole feed, and some of its messages may have been carried out.';
  if (report.status === 'open') return "Amazon's report is not complete.";
  if (has(found.whole, 'odd')) return "Amazon's report says something of the whole feed that is not known.";
  if (found.strange.length > 0) return "Amazon's report is about messages that were not sent.";
  if (addsUp(report, found)) return null;
  const say = (count: number | null) => count ?? 'an unknown number';
  return `The numbers of Amazon's report do not add up: of ${found.own.size} messages ${say(processed)} processed, ${say(successful)} successful, ${say(failed)} failed.`;
}

function outcomeOf(message: Message, found: Sorted, all: Refused | null, why: string | null): MessageOutcome {
  const own = found.own.get(message.messageNo) ?? [];
  const error = own.find(({ is }) => is === 'error');
  if (error) return refusal(error, wordsOf(error, message));
  // A message that has been spoken of was looked at, whatever the numbers say.
  if (all)
    return own.length === 0 ? all : unsure("Amazon's report refuses the whole feed, but not this message.");
  if (has(own, 'odd')) return unsure("Amazon's report says something of this message that is not known.");
  if (why !== null) return unsure(why);
  const warning = own[0] ?? found.whole[0];
  return { is: 'accepted', warning: warning ? wordsOf(warning, message) : null };
}

/**
 * What became of each message of a feed, by its number (CAN-13). An error is that message's refusal; without one it is
 * accepted only where the report is complete, of this feed, and its numbers add up, and the feed was not broken off. Whatever is
 * left is unsure.
 */
export function feedOutcomes(sent: SentFeed, report: FeedReport): Map<number, MessageOutcome> {
  const each = (outcome: (message: Message) => MessageOutcome) =>
    new Map(sent.messages.map((message) => [message.messageNo, outcome(message)]));
  if (report.is === 'unread') return each(() => unsure(report.why));
  if (report.feedId !== null && report.feedId !== sent.feedId)
    return each(() => unsure("Amazon's report is about another feed."));
  const found = sorted(sent, report);
  // What its report counts may be of before it was broken off, or of what was taken back.
  const all = found.strange.length > 0 || sent.brokenOff ? null : wholeRefusal(report, found);
  const why = doubt(report, found, sent.brokenOff);
  return each((message) => outcomeOf(message, found, all, why));
}
