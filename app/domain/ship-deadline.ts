import { choicesOfKind } from './choice.ts';
import { commandsOfKind } from './command.ts';
import { dealing, type Case, type Dealing } from './dealing.ts';
import { marketplace } from './marketplaces.ts';
import type { Parcels } from './parcels.ts';
import { permission } from './programmes.ts';
import { unitsOnTheWay } from './ship-to-amazon.ts';
import { isPromised } from './without-number.ts';

const dayMs = 24 * 3_600_000;

const cancelling = new Set(['planned', 'sending', 'unsure', 'accepted']);

/**
 * Whether units have to be shipped that Shopify did not fulfil yet, or of which Amazon waits for a number that a person promised;
 * not those that a person cancels (CAN-15).
 */
function stillOpen(one: Case, parcels: Parcels): boolean {
  const { order, situation } = one;
  if (order.status !== 'unshipped' && order.status !== 'partially_shipped') return false;
  const open = order.lines
    .filter(({ cancelled }) => !cancelled)
    .reduce(
      (sum, line) => sum + (line.quantityUnfulfilled ?? line.quantityOrdered - (line.quantityFulfilled ?? 0)),
      0,
    );
  const unwanted = choicesOfKind(situation.choices, 'cancel_lines')
    .filter(({ state }) => state === 'open')
    .flatMap(({ args }) => args.lines)
    .reduce((sum, { quantity }) => sum + quantity, 0);
  const fresh = parcels.fresh.filter((sent) => !isPromised(one, sent));
  return open > unitsOnTheWay({ ...parcels, fresh }) + unwanted;
}

/** Orders close to their ship-by time are said before they are late, with Amazon's own cancel where it is known (FUL-7). */
export function shipDeadline(one: Case, parcels: Parcels): Dealing {
  const { order, situation, linked } = one;
  const { now } = situation;
  const at = order.shipBy.latest === null ? NaN : Date.parse(order.shipBy.latest);
  const cancel =
    linked.cancelledAt !== null ||
    situation.choices.some(({ kind, state }) => kind === 'cancel' && state === 'open') ||
    commandsOfKind(situation.commands, 'cancel_amazon').some(({ state }) => cancelling.has(state));
  if (Number.isNaN(at) || cancel || permission(order, 'ship') === 'no' || !stillOpen(one, parcels))
    return dealing();
  const date = new Date(at).toISOString();
  if (now < at) {
    const soon = now >= at - dayMs;
    return dealing({
      fitting: soon ? [{ key: 'ship_soon', params: { date, t: date } }] : [],
      dueAgain: [{ at: soon ? at : at - dayMs, reason: 'ship_by', side: 'shopify' }],
    });
  }
  const days = marketplace(order.marketplaceId)?.autoCancelDaysAfterShipBy ?? null;
  const automatic = days === null ? null : new Date(at + days * dayMs).toISOString();
  return dealing({
    problems: [{ kind: 'ship_late', subject: '', params: { id: order.id, time: date, date: automatic } }],
    fitting: [{ key: 'ship_late', params: { date, time: automatic } }],
  });
}
