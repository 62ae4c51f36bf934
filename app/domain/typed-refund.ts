import type { Balances, LineBalance } from './balances.ts';
import { sumOfComponents, type Components } from './components.ts';
import { refuse, type Refused } from './explain-refusal.ts';
import type { OrderBooks } from './order-books.ts';
import { parseRefundAmount } from './refund-amount.ts';
import { splitRefund, type RefundItem } from './split-refund.ts';

/** A refund as a person typed it: one amount for the order, or amounts by SKU. */
export type TypedRefund =
  | { readonly amount: string }
  | { readonly lines: readonly { readonly sku: string; readonly amount: string }[] };

type Split = { readonly ok: true; readonly items: readonly RefundItem[] } | Refused;

/** Spreads an amount over what these lines still hold. */
function over(
  amount: number,
  lines: readonly LineBalance[],
  balances: Balances,
  books: Pick<OrderBooks, 'lines' | 'taxesIncluded'>,
): readonly RefundItem[] {
  const currency = balances.currency ?? '';
  const nothing = { amount: 0, currency };
  const left = lines.reduce((sum, line) => sum + sumOfComponents(line.left), 0);
  const refund = {
    amount: { amount, currency },
    lines: [],
    shipping: { subtotal: nothing, tax: nothing },
  };
  const split = splitRefund(refund, books, { ...balances, lines, left });
  return split.fits ? split.items : [];
}

/** The price and tax of a line without its carriage. */
function goodsOf({ left }: LineBalance): Components {
  const { principal = 0, tax = 0 } = left;
  return { principal, tax };
}

function byLine(
  typed: { readonly sku: string; readonly amount: string },
  balances: Balances,
  books: Pick<OrderBooks, 'lines' | 'taxesIncluded'>,
): Split {
  const [line, ...more] = balances.lines.filter(({ sku }) => sku === typed.sku);
  if (!line || more.length > 0) return refuse('line_unknown', { sku: typed.sku });
  const refundable = sumOfComponents(line.left);
  const currency = balances.currency ?? '';
  const read = parseRefundAmount(typed.amount, { currency, refundable, shipped: true, free: false });
  if (!read.ok) return read;
  // What a person gives back for an article is its price first, and carriage only beyond it.
  const goods = { ...line, left: goodsOf(line) };
  const fits = read.amount <= sumOfComponents(goods.left);
  return { ok: true, items: over(read.amount, [fits ? goods : line], balances, books) };
}

/** A typed refund in Amazon's components, within what is left (minor units), or why it is not taken (CAN-1, REF-1, REF-3). */
export function readTypedRefund(
  typed: TypedRefund,
  balances: Balances,
  books: Pick<OrderBooks, 'lines' | 'taxesIncluded'>,
): Split {
  const { currency, left, unclear } = balances;
  if (currency === null || unclear) return refuse('money_unknown');
  if ('amount' in typed) {
    const read = parseRefundAmount(typed.amount, { currency, refundable: left, shipped: true, free: false });
    return read.ok ? { ok: true, items: over(read.amount, balances.lines, balances, books) } : read;
  }
  const items: RefundItem[] = [];
  const named = new Set<string>();
  for (const one of typed.lines) {
    const split = named.has(one.sku)
      ? refuse('line_unknown', { sku: one.sku })
      : byLine(one, balances, books);
    if (!split.ok) return split;
    named.add(one.sku);
    items.push(...split.items);
  }
  return items.length === 0 ? refuse('amount_invalid') : { ok: true, items };
}
