import { liveFulfillments } from '../domain/cancel-guard.ts';
import { answerSubject, type Choice, type ChoiceArgs, type ChoiceKind } from '../domain/choice.ts';
import { nextState } from '../domain/command-state.ts';
import { cancelEffects, declineEffects, type Effect } from '../domain/decision-effects.ts';
import { declinable } from '../domain/declinable.ts';
import { refuse, type Refused } from '../domain/explain-refusal.ts';
import { cancelAmazonKey } from '../domain/money-keys.ts';
import { choicesFor } from '../domain/problem-choices.ts';
import type { ProblemKind } from '../domain/problem.ts';
import { settingsSchema } from '../domain/settings.ts';
import { cancelAmount, cancelReason, type CancelTyped } from '../domain/typed-cancel.ts';
import { caseIn } from './play.ts';
import type { PracticeOrder } from './practice-shop.ts';

/** What a person decides about an invented order. */
export type PracticeWish =
  | ({ readonly intent: 'cancel' } & CancelTyped)
  | { readonly intent: 'decline' | 'undo' }
  | {
      readonly intent: 'answer';
      readonly kind: string;
      readonly subject: string;
      readonly choice: string;
      readonly note: string | null;
    };

/** Taken, with what it does and until when it can be undone (ms UTC of the practice), or refused by a guard. */
export type PracticeAnswer =
  | {
      readonly ok: true;
      readonly outcome: 'chosen' | 'taken_back';
      readonly effects: readonly Effect[];
      readonly undoUntil: number | null;
      readonly order: PracticeOrder;
    }
  | Refused;

function withChoice<Kind extends ChoiceKind>(
  order: PracticeOrder,
  kind: Kind,
  choice: { readonly subject: string; readonly args: ChoiceArgs[Kind]; readonly undoUntil: number },
  at: number,
): PracticeOrder {
  const row = { id: `practice-${order.choices.length + 1}`, kind, state: 'open', by: 'staff', at, ...choice };
  return { ...order, choices: [...order.choices, { ...row, endedAt: null, outcome: null } as Choice] };
}

const undoAt = (at: number): number => at + settingsSchema.parse({}).undoMinutes * 60_000;

function cancel(order: PracticeOrder, typed: CancelTyped, at: number): PracticeAnswer {
  const one = caseIn(order, at);
  const params = { id: order.amazon.id };
  if (!one) return refuse('not_in_shopify', params);
  if (order.amazon.status === 'cancelled') return refuse('already_cancelled_amazon', params);
  const reason = cancelReason(one, typed);
  const amount = cancelAmount(one, typed);
  const about = reason.ok || reason.guard.startsWith('reason_') ? amount : reason;
  if (!about.ok) return about;
  if (!reason.ok) return reason;
  if (!amount.ok) return amount;
  const undoUntil = undoAt(at);
  const restock = typed.restock ?? one.situation.settings.restock;
  const args = { amount: amount.amount, reason: reason.reason, restock };
  const declines = order.choices.map((made): Choice =>
    made.kind === 'decline' && made.state === 'open' ? { ...made, state: 'withdrawn', endedAt: at } : made,
  );
  return {
    ok: true,
    outcome: 'chosen',
    effects: cancelEffects(one, { ...args, undoUntil }, null),
    undoUntil,
    order: withChoice({ ...order, choices: declines }, 'cancel', { subject: '', args, undoUntil }, at),
  };
}

function decline(order: PracticeOrder, at: number): PracticeAnswer {
  const one = caseIn(order, at);
  if (!one) return refuse('not_in_shopify', { id: order.amazon.id });
  const request = declinable(one);
  if (!request.ok) return request;
  const choice = { subject: '', args: { n: request.n }, undoUntil: at };
  return {
    ok: true,
    outcome: 'chosen',
    effects: declineEffects(one),
    undoUntil: null,
    order: withChoice(order, 'decline', choice, at),
  };
}

/** Takes the last open decision back, as long as nothing of it is on its way. */
function undo(order: PracticeOrder, at: number): PracticeAnswer {
  const params = { id: order.amazon.id };
  const one = caseIn(order, at);
  const choice = order.choices.findLast(({ state }) => state === 'open');
  if (!one || !choice) return refuse('nothing_to_undo', params);
  const key = cancelAmazonKey(order.amazon.id, choice.id);
  const gone = order.commands.some((row) => row.key === key && row.state !== 'planned');
  const shipped = liveFulfillments(one).length > 0;
  const late = choice.kind === 'answer' ? at >= choice.undoUntil : gone || shipped;
  if (late) return refuse('undo_over', params);
  return {
    ok: true,
    outcome: 'taken_back',
    effects: [],
    undoUntil: null,
    order: {
      ...order,
      coming: order.coming.filter((one) => one.does !== 'take'),
      choices: order.choices.map((made) =>
        made.id === choice.id ? { ...made, state: 'withdrawn' as const, endedAt: at } : made,
      ),
      commands: order.commands.map((row) =>
        row.kind === 'cancel_amazon' && row.state === 'planned'
          ? { ...row, state: nextState(row.state, 'recalled') }
          : row,
      ),
    },
  };
}

function answer(
  order: PracticeOrder,
  { kind, subject, choice, note }: Extract<PracticeWish, { intent: 'answer' }>,
  at: number,
): PracticeAnswer {
  const open = order.problems.find((one) => one.kind === kind && one.subject === subject);
  if (!open) return refuse('problem_unknown');
  const solution = choicesFor(open.kind)[choice];
  if (solution?.does !== 'answer' && choice !== 'leave') return refuse('choice_unknown');
  if (choice === 'leave' && (note ?? '').trim() === '') return refuse('note_missing');
  const undoUntil = solution?.sends ? undoAt(at) : at;
  const args = { choice, value: null };
  return {
    ok: true,
    outcome: 'chosen',
    effects: [],
    undoUntil: solution?.sends ? undoUntil : null,
    order: withChoice(order, 'answer', { subject: answerSubject(kind, subject), args, undoUntil }, at),
  };
}

/** A person's decision on an invented order at `at` (ms UTC of the practice), by the product's own guards. */
export function choose(order: PracticeOrder, wish: PracticeWish, at: number): PracticeAnswer {
  switch (wish.intent) {
    case 'cancel':
      return cancel(order, wish, at);
    case 'decline':
      return decline(order, at);
    case 'undo':
      return undo(order, at);
    case 'answer':
      return answer(order, wish, at);
  }
}

/** A way to settle a problem of an invented order; `opens`: a dialog of its own. */
interface PracticeWay {
  readonly choice: string;
  readonly opens: 'cancel' | 'decline' | null;
  readonly note: boolean;
}

/** How a problem of an invented order can be settled. */
export function waysOut(kind: ProblemKind): readonly PracticeWay[] {
  return Object.entries(choicesFor(kind)).flatMap(([choice, { does, needs }]): PracticeWay[] => {
    if (does === 'cancel' || does === 'decline') return [{ choice, opens: does, note: false }];
    if (choice === 'leave') return [{ choice, opens: null, note: true }];
    return does === 'answer' && needs === undefined ? [{ choice, opens: null, note: false }] : [];
  });
}
