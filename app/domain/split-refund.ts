import type { Balances, LineBalance } from './balances.ts';
import { components, type Component, type Components } from './components.ts';
import type { BookedRefund, OrderBooks } from './order-books.ts';
import { spread } from './spread.ts';

/** What goes back of one Amazon line, all of it above nothing, in minor units. */
export interface RefundItem {
  readonly orderItemId: string;
  readonly components: Components;
}

/** A refund in Amazon's components; where it does not fit, what fits and what is missing (minor units). */
export type SplitRefund =
  | { readonly fits: true; readonly items: readonly RefundItem[] }
  | { readonly fits: false; readonly fitting: readonly RefundItem[]; readonly missing: number };

type Pots = Record<string, Partial<Record<Component, number>>>;

/** Money of one kind and where it may be taken from: the first components, then the next. */
interface Portion {
  readonly amount: number;
  readonly lines: readonly string[];
  readonly from: readonly (readonly Component[])[];
}

const goods = ['principal', 'tax'] as const;
const carriage = ['shipping', 'shippingTax'] as const;
const wrap = ['giftWrap', 'giftWrapTax'] as const;

/** The Amazon lines that a line in Shopify stands for: the one it was made from, else those with its SKU. */
function amazonLines(
  lineItemId: string,
  books: Pick<OrderBooks, 'lines'>,
  balances: readonly LineBalance[],
): string[] {
  const line = books.lines.find(({ id }) => id === lineItemId);
  if (!line) return [];
  const made = balances.filter(({ orderItemId }) => orderItemId === line.orderItemId);
  const same = balances.filter(({ sku }) => sku !== null && sku === line.sku);
  return (made.length > 0 ? made : same).map(({ orderItemId }) => orderItemId);
}

/** What Shopify refunded by kind. Where its prices hold the tax, the subtotal is all. */
function portionsOf(
  refund: Pick<BookedRefund, 'lines' | 'shipping'>,
  books: Pick<OrderBooks, 'lines' | 'taxesIncluded'>,
  balances: readonly LineBalance[],
): Portion[] {
  const all = balances.map(({ orderItemId }) => orderItemId);
  const included = books.taxesIncluded;
  const portion = (amount: number, lines: readonly string[], from: Portion['from']): Portion => ({
    amount: Math.max(0, amount),
    lines,
    from,
  });
  const byLine = refund.lines.flatMap(({ lineItemId, subtotal, tax }) => {
    const lines = amazonLines(lineItemId, books, balances);
    return included
      ? [portion(subtotal.amount, lines, [goods])]
      : [
          portion(subtotal.amount, lines, [['principal'], goods]),
          portion(tax.amount, lines, [['tax'], goods]),
        ];
  });
  const { subtotal, tax } = refund.shipping;
  const both = [...carriage, ...wrap];
  const shipping = included
    ? [portion(subtotal.amount, all, [carriage, wrap])]
    : [
        portion(subtotal.amount, all, [['shipping'], ['giftWrap'], both]),
        portion(tax.amount, all, [['shippingTax'], ['giftWrapTax'], both]),
      ];
  // A line that is known takes before one that is only known by its SKU.
  return [...byLine.sort((a, b) => a.lines.length - b.lines.length), ...shipping];
}

/** Takes what there is, in proportion to what is left; what was not there comes back. */
function take(amount: number, lines: readonly string[], names: readonly Component[], left: Pots): number {
  const held = lines.flatMap((line) =>
    names.map((name) => ({ line, name, amount: left[line]?.[name] ?? 0 })),
  );
  const taken = Math.min(
    amount,
    held.reduce((sum, one) => sum + one.amount, 0),
  );
  const parts = spread(
    taken,
    held.map((one) => one.amount),
  );
  for (const [i, { line, name, amount: had }] of held.entries()) {
    const pots = left[line];
    if (pots) pots[name] = had - (parts[i] ?? 0);
  }
  return amount - taken;
}

/** Takes each portion from its first components, then what is missing from the next ones; returns what was nowhere. */
function takeAll(portions: readonly Portion[], left: Pots): number {
  const most = Math.max(0, ...portions.map(({ from }) => from.length));
  let open = portions.map(({ amount }) => amount);
  for (let tier = 0; tier < most; tier += 1)
    open = portions.map(({ lines, from }, i) => take(open[i] ?? 0, lines, from[tier] ?? [], left));
  return open.reduce((sum, one) => sum + one, 0);
}

/** What is gone from the balances. */
function taken(balances: readonly LineBalance[], left: Pots): RefundItem[] {
  return balances.flatMap(({ orderItemId, left: before }) => {
    const gone = components.flatMap((name) => {
      const amount = (before[name] ?? 0) - (left[orderItemId]?.[name] ?? 0);
      return amount > 0 ? [[name, amount] as const] : [];
    });
    return gone.length === 0 ? [] : [{ orderItemId, components: Object.fromEntries(gone) }];
  });
}

/**
 * A Shopify refund as components of Amazon's lines (REF-1), within what each still holds and to the minor unit:
 * - A refund of all that is left, or more, takes all that is left.
 * - A line's money goes to its own Amazon line: price to principal and tax to tax as Shopify has them; where its prices
 *   hold the tax, by what the line's principal and tax still hold. What one of the two cannot take, the other does.
 * - Shipping goes to shipping and its tax, over all lines by what they hold; what is above that to gift wrap, which
 *   Shopify shows among the shipping.
 * - An amount below its lines and shipping makes all of them smaller alike. An amount above, or without lines, is spread over
 *   all lines and components by what is left of them.
 * Never a quantity: units only ever go with money here. What does not fit is for a person to decide.
 */
export function splitRefund(
  refund: Pick<BookedRefund, 'amount' | 'lines' | 'shipping'>,
  books: Pick<OrderBooks, 'lines' | 'taxesIncluded'>,
  balances: Balances,
): SplitRefund {
  const { amount, currency } = refund.amount;
  const lines = balances.lines;
  const left: Pots = Object.fromEntries(lines.map((one) => [one.orderItemId, { ...one.left }]));
  const all = lines.map(({ orderItemId }) => orderItemId);
  let missing = amount;
  if (currency === balances.currency && amount > 0) {
    const portions = portionsOf(refund, books, lines);
    const asked = portions.map((one) => one.amount);
    const sum = asked.reduce((total, one) => total + one, 0);
    const scaled = amount < sum ? spread(amount, asked) : asked;
    if (amount >= balances.left) missing = take(amount, all, components, left);
    else
      missing =
        takeAll(
          portions.map((one, i) => ({ ...one, amount: scaled[i] ?? 0 })),
          left,
        ) + take(Math.max(0, amount - sum), all, components, left);
  }
  const items = taken(lines, left);
  return missing > 0 ? { fits: false, fitting: items, missing } : { fits: true, items };
}
