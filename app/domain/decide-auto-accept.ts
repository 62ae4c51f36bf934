import { failedCondition, type AutoCondition } from './auto-accept.ts';
import { cancelGuard } from './cancel-guard.ts';
import { leftOnBooks } from './cancel-in-shopify.ts';
import { choicesOfKind, type Choice, type ChoiceArgs } from './choice.ts';
import { commandsOfKind } from './command.ts';
import { coveredByRequest } from './covered-by-request.ts';
import { dealing, soonMs, together, type Case, type Dealing } from './dealing.ts';
import { cancelAmazonKey } from './money-keys.ts';
import { hasLabel } from './say-request.ts';

/** A cancel that the merchant's rules choose, as it is to be written down. `undoUntil` in ms UTC. */
export interface RuleChoice {
  readonly kind: 'cancel';
  readonly subject: '';
  readonly args: ChoiceArgs['cancel'];
  readonly by: 'rule';
  readonly undoUntil: number;
}

const underWay = new Set(['sending', 'unsure', 'accepted']);

/** Which condition fails for the order as it is now; `at`: when it is, or was, decided on (ms UTC). */
function failing(one: Case, requestedAt: number, at: number): AutoCondition | null {
  const { order, linked, books, situation } = one;
  const failed = failedCondition(situation.settings.autoAccept, {
    status: order.status,
    covers: coveredByRequest(order, one.request),
    total: books ? { ...linked.total, amount: leftOnBooks(books) } : linked.total,
    skus: order.lines.flatMap(({ sku }) => sku ?? []),
    requestedAt,
    at,
  });
  if (failed !== null) return failed;
  return cancelGuard(one, 'BuyerCanceled', false).is === 'never' || hasLabel(order) ? 'guard' : null;
}

/** What says nothing of whether the order shall be cancelled. */
const undecided = new Set<Choice['kind']>(['answer', 'informal', 'unmark']);

/** What was decided since the buyer asked: the rules act once for a request, and never after a person. */
function decidedSince(choices: readonly Choice[], requestedAt: number): boolean {
  return choices.some(({ kind, at }) => !undecided.has(kind) && at >= requestedAt);
}

/** The rules approve an open request (CAN-16); its undo time is the same as a person's. */
function choose(one: Case): Dealing {
  const { situation, request, linked, books, askedAt } = one;
  const { settings, choices, now } = situation;
  if (!settings.autoAccept.on || askedAt === null || request?.state !== 'open' || linked.cancelledAt !== null)
    return dealing();
  if (request.confirmedAt === null || decidedSince(choices, request.requestedAt)) return dealing();
  if (failing(one, request.requestedAt, now) !== null) return dealing();
  const amount = books ? leftOnBooks(books) : linked.total.amount;
  const args = { amount, reason: 'BuyerCanceled', restock: settings.restock } as const;
  const undoUntil = now + settings.undoMinutes * 60_000;
  return dealing({
    choose: [{ kind: 'cancel', subject: '', args, by: 'rule', undoUntil }],
    dueAgain: [{ at: now + soonMs, reason: 'slot', side: 'shopify' }],
  });
}

/** The choice of the rules that is not on its way yet, and whose conditions fail at a second look: a person hears of it. */
function pause(one: Case, choice: Choice<'cancel'>): Dealing {
  const { order, request, situation } = one;
  const own = commandsOfKind(situation.commands, 'cancel_amazon').find(
    ({ key }) => key === cancelAmazonKey(order.id, choice.id),
  );
  if (order.status === 'cancelled' || (own && underWay.has(own.state))) return dealing();
  const failed = failing(one, request?.requestedAt ?? choice.at, choice.at);
  if (failed === null) return dealing();
  const end = failed === 'off' ? 'withdrawn' : 'refused';
  return dealing({
    ends: [{ id: choice.id, state: end, outcome: `rule:${failed}` }],
    events: own?.state === 'planned' ? [{ key: own.key, event: 'recalled' }] : [],
    dueAgain: [{ at: situation.now + soonMs, reason: 'slot', side: 'shopify' }],
  });
}

/** It is said as long as the buyer still waits and nobody decided. */
function paused({ situation, order, request }: Case): Dealing {
  const last = choicesOfKind(situation.choices, 'cancel').at(-1);
  const open = request?.closedAt === null && request.state === 'open';
  if (last?.by !== 'rule' || last.state !== 'refused' || !open || !last.outcome?.startsWith('rule:'))
    return dealing();
  const params = { id: order.id, condition: last.outcome.slice('rule:'.length) };
  return dealing({ problems: [{ kind: 'auto_accept_paused', subject: '', params }] });
}

/** What the merchant's rules do by themselves, and that they did not (CAN-16). */
export function autoAccept(one: Case): Dealing {
  const open = choicesOfKind(one.situation.choices, 'cancel').find(({ state }) => state === 'open');
  if (open?.by === 'rule') return pause(one, open);
  return together([paused(one), choose(one)]);
}
