import type { AmazonOrder } from './amazon-order.ts';
import { backOff } from './back-off.ts';
import {
  byMessage,
  endedMessages,
  toHold,
  unmarkedAt,
  waitForAccount,
  withMessageReason,
} from './by-message.ts';
import { commandsOfKind, createEffectMs, type CommandToSend } from './command.ts';
import type { DueAgain, Event, Situation } from './decide.ts';
import type { Fitting } from './describe.ts';
import { endedDeclines, withDecision } from './decided-request.ts';
import type { ChoiceOutcome } from './choice.ts';
import { holdLines, type Held } from './hold-lines.ts';
import { afterLateMark, endedMarks, lateMarks, lateUntil } from './late-marks.ts';
import type { ProblemDraft } from './problem.ts';
import { mayComeLate, unendedHolds } from './needs-handling.ts';
import { permission } from './programmes.ts';
import { recogniseRequest, secondLookMs } from './recognise-request.ts';
import { markKey } from './request-keys.ts';
import { isShown, markOf } from './request-mark.ts';
import { sayRequest } from './say-request.ts';
import type { CancelRequest } from './request.ts';
import type { Handling } from './shopify-order.ts';
import { answersToStop, linesThatLeft, withoutGone } from './stopping-answers.ts';
import { waitForWork } from './wait-for-work.ts';

/** So long a claim is looked for on Amazon; then a person hears that the sources disagree (REQ-13). */
const claimHoldsMs = 3_600_000;

/** What shall be done because of buyers' wishes. */
export interface RequestDecision {
  readonly send: readonly CommandToSend[];
  readonly events: readonly Event[];
  /** The record to keep, where there is one. */
  readonly request: CancelRequest | null;
  readonly opened: boolean;
  readonly settled: readonly string[];
  /** Choices that are over with it. */
  readonly ends: readonly ChoiceOutcome[];
  readonly problems: readonly ProblemDraft[];
  readonly fitting: readonly Fitting[];
  readonly dueAgain: readonly DueAgain[];
}

interface Part {
  readonly send: readonly CommandToSend[];
  readonly events: readonly Event[];
  readonly problems: readonly ProblemDraft[];
  readonly dueAgain: readonly DueAgain[];
}

const nothing: Part = { send: [], events: [], problems: [], dueAgain: [] };

/** Shows the request in Shopify, once for each version: what a person changes there afterwards stays. */
function mark(situation: Situation, id: AmazonOrder['id'], request: CancelRequest, handling: Handling): Part {
  const { commands, now } = situation;
  const wish = markOf(request);
  const key = markKey(id, request.n, request.version);
  const before = commands.find((command) => command.key === key);
  const late = lateMarks(commands, id, request);
  const until = late.length > 0 ? lateUntil(late) : 0;
  const part: Part = {
    ...nothing,
    events: endedMarks(commands, id, request, now),
    dueAgain: until > now ? [{ at: until, reason: 'looking', side: 'shopify' }] : [],
  };
  const done = before?.state === 'accepted' || before?.state === 'confirmed';
  if (isShown(wish, handling)) {
    if (!before || before.state === 'confirmed') return part;
    const last = lateUntil([before]);
    // One that was sent twice may come about once more, and show what is over by then.
    if (before.attempt > 1 && last > now)
      return { ...part, dueAgain: [...part.dueAgain, { at: last, reason: 'looking', side: 'shopify' }] };
    return { ...part, events: [...part.events, { key, event: 'seen' }] };
  }
  if (done) return part;
  const wanted = (situation.wantedAt ?? 0) > (before?.endedAt ?? now);
  const at = before?.state === 'refused' && !wanted ? backOff(before.attempt, before.endedAt ?? now) : 0;
  const text = before?.refusal?.text ?? '';
  const problems: ProblemDraft[] =
    before?.state === 'refused' ? [{ kind: 'mark_refused', subject: '', params: { id, text } }] : [];
  if (at > now)
    return {
      ...part,
      problems,
      dueAgain: [...part.dueAgain, { at, reason: 'backoff', side: 'shopify' }],
    };
  const args = { n: request.n, version: request.version };
  return {
    ...part,
    problems,
    send: [{ kind: 'mark_order', key, from: before?.state ?? null, args }],
  };
}

function notStopped(id: string, why: string, name = '', text = ''): ProblemDraft {
  return {
    kind: 'not_stopped',
    subject: name,
    params: { id, why, name, text },
  };
}

/** Problems and timers that follow from how the holds stand. */
function holdTrouble(id: string, held: Held): Part {
  const problems: ProblemDraft[] = [];
  const dueAgain: DueAgain[] = [];
  for (const { work, outcome } of held.outcomes) {
    if (outcome.is !== 'not_stopped') continue;
    const [why, text] = outcome.why;
    problems.push({ ...notStopped(id, why, work.location ?? '', text), subject: work.id });
    if (outcome.again !== null) dueAgain.push({ at: outcome.again, reason: 'backoff', side: 'shopify' });
  }
  for (const { work, again, text } of held.unreleased) {
    problems.push({ kind: 'hold_not_released', subject: work, params: { id, text } });
    dueAgain.push({ at: again, reason: 'backoff', side: 'shopify' });
  }
  return { ...nothing, problems, dueAgain };
}

/** Nothing was prepared for sending yet: it is looked for again, and after a while said. */
function withoutWork(situation: Situation, id: AmazonOrder['id'], request: CancelRequest): Part {
  const again = waitForWork(situation, id, request.requestedAt);
  return again ? { ...nothing, dueAgain: [again] } : { ...nothing, problems: [notStopped(id, 'missing')] };
}

/** When Amazon has to be looked at again: for a withdrawal's second look, and until it confirms a claim or an hour has passed. */
function lookAgain(situation: Situation, order: AmazonOrder, request: CancelRequest): Part {
  const { now } = situation;
  const { id } = order;
  const open = request.lines.filter(({ ended }) => ended === null);
  const dueAgain: DueAgain[] = open.flatMap(({ absentSince }): DueAgain[] => {
    if (absentSince === null) return [];
    const at = absentSince + secondLookMs;
    return [{ at: at > now ? at : now + secondLookMs, reason: 'second_look' }];
  });
  if (byMessage(request)) {
    const wait = waitForAccount(order, request, now);
    return { ...nothing, problems: wait.problems, dueAgain: [...dueAgain, ...wait.dueAgain] };
  }
  if (request.state !== 'open' || !open.some(({ confirmed }) => !confirmed)) return { ...nothing, dueAgain };
  const said = request.sources.filter(({ source }) => source !== 'order' && source !== 'order_v0');
  const age = now - Math.max(...said.map(({ at }) => at));
  const source = said.at(-1)?.source ?? '';
  if (age >= claimHoldsMs)
    return {
      ...nothing,
      dueAgain,
      problems: [{ kind: 'sources_differ', subject: '', params: { id, source } }],
    };
  const wait = Math.min(Math.max(15_000, age), 10 * 60_000, claimHoldsMs - age);
  return { ...nothing, dueAgain: [...dueAgain, { at: now + wait, reason: 'looking' }] };
}

function heldState(request: CancelRequest, held: Held | null): CancelRequest['held'] {
  if (request.state !== 'open' && request.state !== 'approved') return 'not_needed';
  if (!held) return request.held;
  const all = held.outcomes.map(({ outcome }) => outcome);
  if (all.some(({ is }) => is === 'not_stopped')) return 'not_stopped';
  if (all.some(({ is }) => is === 'holding')) return request.held;
  if (all.some(({ is }) => is === 'released')) return 'released';
  if (all.length === 0) return 'no';
  return all.some((one) => one.is === 'held' && one.whole) ? 'whole' : 'lines';
}

/**
 * What was held twice, or in the dark, is looked for once more when a late effect can come no more: it would hold for
 * nothing. What is in the dark is over then.
 */
function lateHold({ commands, now }: Situation, request: CancelRequest): Part {
  if (request.closedAt === null || !mayComeLate(commands)) return nothing;
  const holds = commandsOfKind(commands, 'hold_order');
  const at = Math.max(...holds.map((one) => one.sentAt ?? 0)) + createEffectMs;
  if (at > now) return { ...nothing, dueAgain: [{ at, reason: 'looking', side: 'shopify' }] };
  return { ...nothing, events: unendedHolds(commands).map(({ key }) => ({ key, event: 'recalled' })) };
}

/** Everything that Shopify has to be told of a request. */
function carryOut(
  situation: Situation,
  order: AmazonOrder,
  request: CancelRequest,
): { part: Part; held: Held | null } {
  const { shopify, now, commands, wantedAt } = situation;
  const wanted = toHold(request, situation.choices);
  const holds = request.state === 'open' && wanted.lines.some(({ ended }) => ended === null);
  if (shopify.kind !== 'read') {
    const stuck = holds && situation.failures >= 3;
    return { part: { ...nothing, problems: stuck ? [notStopped(order.id, 'unreachable')] : [] }, held: null };
  }
  const { handling, linked } = shopify;
  if (!handling || !linked || order.fulfilledBy === 'amazon' || permission(order, 'mark') === 'no')
    return { part: nothing, held: null };
  const shown = mark(situation, order.id, request, handling);
  const late = lateHold(situation, request);
  if (linked.cancelledAt !== null)
    return {
      part: {
        ...shown,
        events: [...shown.events, ...late.events],
        dueAgain: [...shown.dueAgain, ...late.dueAgain],
      },
      held: null,
    };
  const { gone, asked } = answersToStop(situation, handling);
  const held = withoutGone(
    holdLines({ order, request: wanted, handling, commands, now, asked, wantedAt }),
    gone,
  );
  const trouble = holdTrouble(order.id, held);
  const empty = holds && handling.fulfillmentOrders.length === 0;
  const wait = empty ? withoutWork(situation, order.id, request) : nothing;
  const part: Part = {
    // The hold first: a parcel may be on the packing table.
    send: [...held.send, ...shown.send],
    // A hold that is seen after all is not over.
    events: [
      ...late.events.filter(({ key }) => !held.events.some((one) => one.key === key)),
      ...held.events,
      ...shown.events,
    ],
    problems: [...shown.problems, ...trouble.problems, ...wait.problems],
    dueAgain: [...shown.dueAgain, ...trouble.dueAgain, ...wait.dueAgain, ...late.dueAgain],
  };
  return { part, held };
}

/**
 * What to do about a buyer's wish: the record of it, the mark, the holds, what a person must know, and when to look again
 * (REQ-3, REQ-4, REQ-6 to REQ-9). `readAt`: when the reading of `order` began, ms UTC. Pure.
 */
export function decideRequest(situation: Situation, order: AmazonOrder, readAt: number): RequestDecision {
  const { shopify, requests, claims, choices, now } = situation;
  const read = shopify.kind === 'read' ? shopify : null;
  const gone = linesThatLeft(situation, order, read?.handling ?? null, read?.linked?.cancelledAt != null);
  const unmarked = unmarkedAt(choices, requests.at(-1)?.n ?? 0);
  const seen = recogniseRequest({
    order,
    readAt,
    records: requests,
    claims,
    gone,
    unmarkedAt: unmarked,
    now,
  });
  const over = endedMessages(seen.record, choices);
  const fitting = sayRequest(order, { request: null, held: null, present: false, hold: true });
  if (!seen.record)
    return { ...nothing, request: null, opened: false, settled: seen.settled, ends: over, fitting };
  const reasoned = withMessageReason(seen.record, choices);
  const decided = withDecision(reasoned, requests.at(-1) ?? null, situation);
  const handling = read?.handling ?? null;
  const record = afterLateMark(situation.commands, order.id, decided, { handling, now });
  const { part, held } = carryOut(situation, order, record);
  const request = { ...record, held: heldState(record, held) };
  const look = order.fulfilledBy === 'amazon' ? nothing : lookAgain(situation, order, request);
  const present = read?.linked != null;
  return {
    send: part.send,
    events: part.events,
    request,
    opened: seen.opened,
    settled: seen.settled,
    ends: [...endedDeclines(request, choices), ...over],
    problems: [...part.problems, ...look.problems],
    fitting: sayRequest(order, { request, held, present, hold: toHold(request, choices) === request }),
    dueAgain: [...part.dueAgain, ...look.dueAgain],
  };
}
