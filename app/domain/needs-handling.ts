import type { AmazonOrder } from './amazon-order.ts';
import { commandsOfKind, type Command } from './command.ts';
import { lateMarks } from './late-marks.ts';
import { hasNewWish } from './recognise-request.ts';
import { markKey } from './request-keys.ts';
import type { CancelRequest, Claim } from './request.ts';

const done = new Set(['accepted', 'confirmed']);

/** States of a hold that nobody brought to its end. */
const unended = new Set(['planned', 'sending', 'unsure']);

/** Holds that did not come about, or of which nobody knows. */
export function unendedHolds(commands: readonly Command[]): Command[] {
  return commandsOfKind(commands, 'hold_order').filter(({ state }) => unended.has(state));
}

/**
 * A hold may still have its effect: one that was sent more than once, after the release of the second, and one that did not
 * come to its end.
 */
export function mayComeLate(commands: readonly Command[]): boolean {
  return (
    unendedHolds(commands).length > 0 ||
    commandsOfKind(commands, 'hold_order').some(({ attempt }) => attempt > 1)
  );
}

/**
 * Whether the work on an order in Shopify has to be looked at: somebody says its buyer asked, or the last request is not
 * wholly carried out there. It costs Shopify's points, so that orders without a request are spared it.
 */
export function needsHandling(
  order: AmazonOrder | null,
  records: readonly CancelRequest[],
  claims: readonly Claim[],
  commands: readonly Command[],
): boolean {
  const last = records.at(-1);
  if (claims.length > 0 || last?.closedAt === null) return true;
  if (order && hasNewWish(order, records)) return true;
  if (!last || !order) return false;
  const marked = commands.find(({ key }) => key === markKey(order.id, last.n, last.version));
  if (!marked || !done.has(marked.state)) return true;
  if (mayComeLate(commands) || lateMarks(commands, order.id, last).length > 0) return true;
  const count = (kind: 'hold_order' | 'release_hold') =>
    commandsOfKind(commands, kind).filter(({ state }) => done.has(state)).length;
  return last.state !== 'cancelled' && count('hold_order') > count('release_hold');
}
