import type { AmazonOrder } from './amazon-order.ts';
import { choicesOfKind, type Choice, type ChoiceOutcome, type MessageReason } from './choice.ts';
import type { DueAgain } from './decide.ts';
import type { ProblemDraft } from './problem.ts';
import type { ReasonCategory } from './reason-category.ts';
import type { CancelRequest } from './request.ts';

/** So long before its ship-by nobody waits for the buyer to ask in the account any more; without a ship-by, so long after the message (ms). */
const lastDayMs = 24 * 3_600_000;

const categories: Readonly<Record<MessageReason, ReasonCategory>> = {
  changed_mind: 'changed_mind',
  wrong: 'mistake',
};

/** What a person wrote down of a buyer's message, while it stands; null where nobody did. */
export function messageChoice(choices: readonly Choice[]): Choice<'informal'> | null {
  return choicesOfKind(choices, 'informal').findLast(({ state }) => state === 'open') ?? null;
}

const openLines = (request: CancelRequest) => request.lines.filter(({ ended }) => ended === null);

/** Whether the buyer wrote and has not asked in the account: all that is open of the wish is so by a message (REQ-10). */
export function byMessage(request: CancelRequest): boolean {
  return (
    request.state === 'open' &&
    request.sources.some(({ source }) => source === 'message') &&
    openLines(request).every(({ confirmed }) => !confirmed)
  );
}

/** When somebody wrote the message down, ms UTC; where nobody did, when the wish was first seen. */
export function wroteAt({ sources, requestedAt }: CancelRequest): number {
  return sources.find(({ source }) => source === 'message')?.at ?? requestedAt;
}

const own = new Set(['message', 'order', 'order_v0']);

/**
 * The wish without what is not to be held: lines that only a message asks for, where the person wanted no hold. What Amazon
 * shows, or another source claims, is held whatever was wanted for the message.
 */
export function toHold(request: CancelRequest, choices: readonly Choice[]): CancelRequest {
  const held = messageChoice(choices)?.args.hold ?? true;
  if (held || request.sources.some(({ source }) => !own.has(source))) return request;
  return { ...request, lines: request.lines.filter(({ confirmed, ended }) => confirmed || ended !== null) };
}

/** The wish with the reason that the person gave for it, as long as there is none of the buyer's own. */
export function withMessageReason(request: CancelRequest, choices: readonly Choice[]): CancelRequest {
  const choice = messageChoice(choices);
  if (!choice || request.reasonCategory !== 'not_given') return request;
  return { ...request, reasonCategory: categories[choice.args.why] };
}

/** Until when the buyer may ask in the account before a person has to decide, ms UTC. */
function waitsUntil(order: AmazonOrder, request: CancelRequest): number {
  const shipBy = order.shipBy.latest === null ? NaN : Date.parse(order.shipBy.latest);
  return Number.isNaN(shipBy) ? wroteAt(request) + lastDayMs : shipBy - lastDayMs;
}

/** What follows while the buyer only wrote: a look when the time is over, then a person's decision (REQ-10). */
export function waitForAccount(
  order: AmazonOrder,
  request: CancelRequest,
  now: number,
): { readonly problems: readonly ProblemDraft[]; readonly dueAgain: readonly DueAgain[] } {
  const until = waitsUntil(order, request);
  if (now < until) return { problems: [], dueAgain: [{ at: until, reason: 'ship_by' }] };
  const params = { id: order.id, date: order.shipBy.latest };
  return { problems: [{ kind: 'informal_no_answer', subject: '', params }], dueAgain: [] };
}

/** When a person said that nobody asks for request `n` (ms UTC); null: nobody did. Only what Amazon never showed can end so. */
export function unmarkedAt(choices: readonly Choice[], n: number): number | null {
  const last = choicesOfKind(choices, 'unmark').findLast(
    ({ args, state }) => args.n === n && state === 'open',
  );
  return last?.at ?? null;
}

/**
 * Messages and removals that are over: of a message once Amazon shows all that is open of the wish, or nothing is open any
 * more; of a removal once it was looked at. `request`: the newest record as it is now; null: there is none.
 */
export function endedMessages(request: CancelRequest | null, choices: readonly Choice[]): ChoiceOutcome[] {
  const waits =
    request?.closedAt === null &&
    request.sources.some(({ source }) => source === 'message') &&
    openLines(request).some(({ confirmed }) => !confirmed);
  const over = [
    ...(waits ? [] : choicesOfKind(choices, 'informal')),
    ...choicesOfKind(choices, 'unmark'),
  ].filter(({ state }) => state === 'open');
  return over.map(({ id }) => ({ id, state: 'done', outcome: null }));
}
