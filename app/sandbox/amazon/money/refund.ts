import { type JsonObject, objectsIn } from '../json.ts';
import { lineId, quantitiesOf } from '../lines.ts';
import { amountOf, type Components, currencyOf, minorOf, paidFor } from './balances.ts';

/** What moved money back to a buyer. */
export type RefundSource = 'feed' | 'seller-central' | 'a-to-z' | 'chargeback' | 'return';

/** What is given back for one line. */
export interface RefundedItem {
  readonly orderItemId: string;
  /** Decimal texts by Amazon's names of the components; one that is charged to the buyer is negative. */
  readonly components: Readonly<Record<string, string>>;
  readonly merchantAdjustmentItemId?: string;
  readonly quantityCancelled?: number;
}

/** Money that went back to a buyer, as the control interface shows it. */
export interface Refund {
  readonly refundId: string;
  /** ISO 8601. */
  readonly time: string;
  readonly by: RefundSource;
  readonly reason: string | null;
  readonly feedId: string | null;
  readonly items: readonly RefundedItem[];
  readonly total: { readonly amount: string; readonly currencyCode: string };
}

/** A refund before it is made. */
export type RefundDraft = Pick<Refund, 'by' | 'reason' | 'feedId' | 'items'>;

// Given on top of what was paid, or kept back: no balance holds them.
const unbound = ['Goodwill', 'ReturnShipping', 'RestockingFee', 'RestockingFeeTax'];

/** The components of a line that are still with the seller, in minor units. */
function heldFor(order: JsonObject, line: JsonObject, refunds: readonly Refund[]): Components {
  const currency = currencyOf(order);
  const held: Record<string, number> = { ...paidFor(order, line) };
  for (const item of refunds.flatMap(({ items }) => items)) {
    if (item.orderItemId !== lineId(line)) continue;
    for (const [name, amount] of Object.entries(item.components))
      if (!unbound.includes(name)) held[name] = (held[name] ?? 0) - (minorOf(amount, currency) ?? 0);
  }
  return held;
}

/** Whether the buyer was charged: that happens when the first unit is confirmed as shipped. */
export function isCharged(order: JsonObject): boolean {
  return objectsIn(order, 'orderItems').some((line) => quantitiesOf(line).fulfilled > 0);
}

/** Why the components cannot go back for this line, or null. */
function objection(item: RefundedItem, held: Components, currency: string): string | null {
  let net = 0;
  for (const [name, amount] of Object.entries(item.components)) {
    const minor = minorOf(amount, currency);
    if (minor === null) return `The amount ${amount} of ${name} is not valid for ${currency}.`;
    net += minor;
    if (unbound.includes(name)) continue;
    if (minor < 0) return `The amount of ${name} must not be below zero.`;
    const most = held[name] ?? 0;
    if (minor > most)
      return `The refund of ${name} ${amount} is larger than the ${amountOf(most, currency)} that is left of it.`;
  }
  if (net < 0 || (net === 0 && item.quantityCancelled === undefined))
    return 'The adjustment is no credit to the buyer.';
  return null;
}

/** What is wrong with a refund, for each line in turn; none where it can be made. */
export function refundObjections(
  order: JsonObject,
  refunds: readonly Refund[],
  items: readonly RefundedItem[],
): { readonly orderItemId: string; readonly text: string }[] {
  const currency = currencyOf(order);
  const lines = objectsIn(order, 'orderItems');
  return items.flatMap((item, position) => {
    const { orderItemId } = item;
    const line = lines.find((one) => lineId(one) === orderItemId);
    if (!line) return [{ orderItemId, text: `The order has no line ${orderItemId}.` }];
    const twice = items.findIndex((one) => one.orderItemId === orderItemId) < position;
    const text = twice
      ? 'The line is named more than once.'
      : objection(item, heldFor(order, line, refunds), currency);
    return text === null ? [] : [{ orderItemId, text }];
  });
}

/** The draft as it is kept. */
export function madeRefund(order: JsonObject, draft: RefundDraft, refundId: string, time: string): Refund {
  const currency = currencyOf(order);
  const total = draft.items
    .flatMap(({ components }) => Object.values(components))
    .reduce((sum, amount) => sum + (minorOf(amount, currency) ?? 0), 0);
  return { refundId, time, ...draft, total: { amount: amountOf(total, currency), currencyCode: currency } };
}

/** A draft that gives everything back that is left of the order. */
export function wholeRefund(
  order: JsonObject,
  refunds: readonly Refund[],
  draft: Omit<RefundDraft, 'items'>,
): RefundDraft {
  return { ...draft, items: upTo(order, refunds, Number.POSITIVE_INFINITY) };
}

/** Takes at most so many minor units from what is left, line by line. */
export function upTo(order: JsonObject, refunds: readonly Refund[], most: number): RefundedItem[] {
  const currency = currencyOf(order);
  let left = most;
  return objectsIn(order, 'orderItems').flatMap((line) => {
    const components: Record<string, string> = {};
    for (const [name, held] of Object.entries(heldFor(order, line, refunds))) {
      const taken = Math.min(left, held);
      if (taken <= 0) continue;
      left -= taken;
      components[name] = amountOf(taken, currency);
    }
    return Object.keys(components).length === 0 ? [] : [{ orderItemId: lineId(line) ?? '', components }];
  });
}
