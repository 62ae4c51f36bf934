import { paidOf } from './amazon-paid.ts';
import { sumOfComponents } from './components.ts';
import type { LedgerFacts } from './ledger-facts.ts';
import { cancelledLines } from './ledger-void.ts';

/** Amazon pays a parcel out up to a week after it was delivered, in settlements of two weeks. */
const paidOutWithinMs = 30 * 24 * 3_600_000;

/** Lines that were sold and not paid out yet, in minor units of the order's currency. */
interface UnpaidLines {
  /** What the buyer paid for them, and the tax in it. */
  readonly amount: number;
  readonly tax: number;
  /** Up to then (ms UTC) a later settlement may pay them. */
  readonly until: number;
}

/**
 * The lines of an order of which no settlement has a row, where it has rows of others: their parcel left later. Null: there
 * are none; or a row does not name its line, as in older files, and nobody can tell.
 */
export function unpaidLines({ order, settled }: LedgerFacts): UnpaidLines | null {
  const rows = settled.filter(({ sale, as }) => sale && as === 'buyer');
  if (rows.some(({ orderItemId }) => orderItemId === null)) return null;
  const paid = new Set(rows.map(({ orderItemId }) => orderItemId));
  const gone = cancelledLines(order);
  const unpaid = [...paidOf(order)].flatMap(([id, parts]) => (paid.has(id) || gone.has(id) ? [] : [parts]));
  const amount = unpaid.reduce((sum, parts) => sum + sumOfComponents(parts), 0);
  if (amount === 0) return null;
  const tax = unpaid.reduce(
    (sum, { tax: own = 0, shippingTax = 0, giftWrapTax = 0 }) => sum + own + shippingTax + giftWrapTax,
    0,
  );
  const newest = Math.max(order.updatedAt, ...rows.flatMap(({ postedAt }) => postedAt ?? []));
  return { amount, tax, until: newest + paidOutWithinMs };
}
