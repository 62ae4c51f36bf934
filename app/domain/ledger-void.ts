import type { AmazonOrder } from './amazon-order.ts';
import { paidOf } from './amazon-paid.ts';
import { sumOfComponents } from './components.ts';
import type { KeptRefund, LedgerFacts } from './ledger-facts.ts';

/** How an order parts into what was charged and what never was, in minor units. Null: Amazon did not say. */
export interface Charged {
  /** All of it was cancelled before it was shipped. */
  readonly whole: boolean;
  readonly amazon: number | null;
  /** Never charged on Amazon; 0: nothing was cancelled there; with `whole`: cancelled in Shopify alone. */
  readonly voided: number | null;
  /** Refunds in Shopify with the part of each that stands for what was never charged. */
  readonly refunds: readonly { readonly refund: KeptRefund; readonly voided: number }[];
}

/** Lines that Amazon cancelled before anything of them was shipped, by their id. */
export function cancelledLines(order: AmazonOrder): ReadonlySet<string> {
  const lines = order.lines.filter(({ cancelled, quantityFulfilled }) => cancelled && !quantityFulfilled);
  return new Set(lines.map(({ orderItemId }) => orderItemId));
}

const shippedStates = new Set<AmazonOrder['status']>(['shipped', 'partially_shipped']);

/** The part of a refund that is for these lines; one that our own key says is for a cancelled line is so as a whole. */
function partFor(refund: KeptRefund, lines: ReadonlySet<string>): number {
  if (refund.key?.includes(':line:')) return refund.amount;
  const part = refund.lines.reduce((sum, one) => sum + (lines.has(one.item ?? '') ? one.amount : 0), 0);
  return Math.min(refund.amount, part);
}

function voidedLines(order: AmazonOrder, lines: ReadonlySet<string>) {
  const paid = [...paidOf(order)];
  const of = (isIn: (id: string) => boolean) =>
    paid.reduce((sum, [id, parts]) => sum + (isIn(id) ? sumOfComponents(parts) : 0), 0);
  return { gone: of((id) => lines.has(id)), left: of((id) => !lines.has(id)) };
}

/**
 * What of an order was never charged: all of it where Amazon cancelled it, else the lines that it cancelled; and which
 * refunds in Shopify stand for that. Amazon's total may or may not hold the cancelled lines still: what is nearer counts.
 */
export function chargedOf({ order, knownTotal, reportedCancelled, shopify }: LedgerFacts): Charged {
  const refunds = shopify?.refunds ?? [];
  const all = (whole: boolean) => refunds.map((refund) => ({ refund, voided: whole ? refund.amount : 0 }));
  const total = order.total?.amount ?? knownTotal;
  const nothingShipped = !shippedStates.has(order.status);
  if (order.status === 'cancelled' || (reportedCancelled && nothingShipped))
    return { whole: true, amazon: 0, voided: total || knownTotal, refunds: all(true) };
  const lines = cancelledLines(order);
  if (lines.size === 0) {
    // Cancelled in Shopify alone, and nothing of it was ever charged.
    const whole = nothingShipped && shopify?.cancelledAt != null;
    return { whole, amazon: total, voided: 0, refunds: all(whole) };
  }
  const { gone, left } = voidedLines(order, lines);
  const holds = total !== null && Math.abs(total - left) > Math.abs(total - left - gone);
  return {
    whole: false,
    amazon: total === null ? null : holds ? total - gone : total,
    voided: gone,
    refunds: refunds.map((refund) => ({ refund, voided: partFor(refund, lines) })),
  };
}
