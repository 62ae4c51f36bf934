import type { AmazonMove } from './amazon-move.ts';
import type { AmazonOrder } from './amazon-order.ts';
import { sumOfLines, type PaidByLine } from './amazon-paid.ts';
import type { AdjustedItem } from './command.ts';
import { components, sumOfComponents, type Component, type Components } from './components.ts';
import { marketplace } from './marketplaces.ts';
import { currencyOf } from './order-draft.ts';
import { taxInPrice } from './tax-in-price.ts';

/** What one Amazon line still holds, in minor units; what is not named is nothing, and nothing is below zero. */
export interface LineBalance {
  readonly orderItemId: string;
  readonly sku: string | null;
  readonly left: Components;
}

/** What can still be refunded on Amazon. */
export interface Balances {
  /** Null where the order's currency is not known: then nothing is left. */
  readonly currency: string | null;
  readonly lines: readonly LineBalance[];
  /** All that is left, and by component. */
  readonly left: number;
  readonly totals: Components;
  /** What went back beyond all that was paid. */
  readonly over: number;
  /** Money moved in another currency: nobody can tell what it left, so nothing is. */
  readonly unclear: boolean;
}

type Item = Pick<AdjustedItem, 'orderItemId' | 'components'>;

/** What balances are made from. */
export interface Movements {
  readonly paid: PaidByLine;
  readonly moves: readonly AmazonMove[];
  /** Items of own refunds that Amazon's Finances have not shown yet. */
  readonly inFlight: readonly Item[];
  /** Items of own refunds that they have shown: they tell lines of one SKU apart. */
  readonly shown?: readonly Item[];
}

type Pots = Record<Component, number>;
interface Line {
  readonly orderItemId: string;
  readonly sku: string | null;
  readonly left: Pots;
  /** What own refunds took of it that `moves` hold too. */
  readonly shown: Pots;
}
/** What went back, and the lines it may be for. */
interface Taken {
  readonly lines: readonly Line[];
  readonly components: Components;
  /** Beyond the components. */
  readonly more: number;
}

const pots = (parts: Components): Pots =>
  ({
    principal: 0,
    tax: 0,
    shipping: 0,
    shippingTax: 0,
    giftWrap: 0,
    giftWrapTax: 0,
    ...parts,
  }) satisfies Pots;

/** Takes as much as there is of the components from the lines in their order; what did not fit comes back. */
function take(
  amount: number,
  lines: readonly Line[],
  names: readonly Component[],
  shownOnly = false,
): number {
  let rest = amount;
  for (const line of lines)
    for (const name of names) {
      const taken = Math.min(rest, line.left[name], shownOnly ? line.shown[name] : Infinity);
      rest -= taken;
      line.left[name] -= taken;
      line.shown[name] = Math.max(0, line.shown[name] - taken);
    }
  return rest;
}

/** Takes each component from the same component of its lines; returns what did not fit there. */
function takeOwn({ lines, components: parts, more }: Taken): number {
  return components.reduce((over, name) => {
    const amount = parts[name] ?? 0;
    return over + take(take(amount, lines, [name], true), lines, [name]);
  }, more);
}

/** Lines with the SKU; all of them where Finances named none that is known. */
function linesOf(sku: string | null, lines: readonly Line[]): readonly Line[] {
  const same = lines.filter((line) => sku !== null && line.sku === sku);
  return same.length > 0 ? same : lines;
}

/** A move by SKU, and what its items do not explain; of these only what went back to the buyer counts. */
function takenBy(move: AmazonMove, lines: readonly Line[], fold: (parts: Components) => Components): Taken[] {
  const items = move.items.map(({ sku, components: parts }) => {
    const back = Object.entries(fold(parts)).filter(([, amount]) => amount > 0);
    return { lines: linesOf(sku, lines), components: Object.fromEntries(back), more: 0 };
  });
  const explained = items.reduce((sum, one) => sum + sumOfComponents(one.components), 0);
  return [...items, { lines, components: {}, more: Math.max(0, move.amount - explained) }];
}

function balance(order: AmazonOrder, given: Movements, currency: string): { lines: Line[]; over: number } {
  const inPrice = marketplace(order.marketplaceId)?.refundTax === 'in_principal';
  const fold = (parts: Components): Components => (inPrice ? taxInPrice(parts) : parts);
  const lines = order.lines.map(({ orderItemId, sku }): Line => {
    const shown = (given.shown ?? []).filter((one) => one.orderItemId === orderItemId);
    const sums = components.map((name) => [
      name,
      shown.reduce((sum, one) => sum + (fold(one.components)[name] ?? 0), 0),
    ]);
    const left = pots(given.paid.get(orderItemId) ?? {});
    return { orderItemId, sku, left, shown: pots(Object.fromEntries(sums) as Components) };
  });
  const own = given.inFlight.map((item) => {
    const same = lines.filter(({ orderItemId }) => orderItemId === item.orderItemId);
    return { lines: same.length > 0 ? same : lines, components: fold(item.components), more: 0 };
  });
  const moved = given.moves
    .filter((move) => move.currency === currency)
    .flatMap((move) => takenBy(move, lines, fold));
  // What names its line comes first, and only then what has to be looked for elsewhere.
  const over = [...own, ...moved].map((one) => ({ lines: one.lines, rest: takeOwn(one) }));
  const within = over.map((one) => take(one.rest, one.lines, components));
  return { lines, over: within.reduce((sum, rest) => sum + take(rest, lines, components), 0) };
}

/** Only what is something. */
function named(all: Pots): Components {
  return Object.fromEntries(components.flatMap((name) => (all[name] === 0 ? [] : [[name, all[name]]])));
}

/**
 * What can still be refunded by line and component (REF-3): paid, less what Finances show (refunds, returns, claims,
 * chargebacks), less own refunds in flight. Finances name lines by SKU only: lines of one SKU are a pool that is taken from
 * in their order. What does not fit in its component is taken from its lines' others, then from all, so that the sum left
 * is never more than what was paid less what went back.
 */
export function balancesOf(order: AmazonOrder, given: Movements): Balances {
  const currency = currencyOf(order);
  const unclear = given.moves.some((move) => move.currency !== currency);
  const none = currency === null || unclear;
  const { lines, over } = none
    ? balance(order, { paid: new Map(), moves: [], inFlight: [] }, currency ?? '')
    : balance(order, given, currency);
  const totals = pots({});
  for (const line of lines) for (const name of components) totals[name] += line.left[name];
  const balances = lines.map(({ orderItemId, sku, left }) => ({ orderItemId, sku, left: named(left) }));
  const left = sumOfLines(new Map(balances.map((one) => [one.orderItemId, one.left])));
  return { currency, lines: balances, left, totals: named(totals), over, unclear };
}
