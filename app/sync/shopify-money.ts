import type { ShopifyMoney } from '../domain/ledger-facts.ts';
import type { OrderBooks } from '../domain/order-books.ts';
import type { ShopifyOrder } from '../domain/shopify-order.ts';

/** A refund's goods by Amazon's line, tax included. */
function linesOf(refund: OrderBooks['refunds'][number], { lines, taxesIncluded }: OrderBooks) {
  return refund.lines.map(({ lineItemId, subtotal, tax }) => ({
    item: lines.find(({ id }) => id === lineItemId)?.orderItemId ?? null,
    amount: subtotal.amount + (taxesIncluded ? 0 : tax.amount),
  }));
}

/**
 * What the ledger keeps of an order in Shopify. The books tell all; where they were not read nothing went back, as long as
 * Shopify says that it is paid. Null: nothing can be said. What is still under way is not given back yet.
 */
export function shopifyMoney(found: ShopifyOrder, books: OrderBooks | null): ShopifyMoney | null {
  const { total, cancelledAt, financialStatus } = found;
  const base = { currency: total.currency, total: total.amount, cancelledAt };
  if (books === null) {
    const untouched = financialStatus === 'PAID' || total.amount === 0;
    return untouched ? { ...base, refunds: [] } : null;
  }
  const refunds = books.refunds.map((refund) => ({
    id: refund.id,
    at: refund.at,
    key: refund.ownKey,
    amount: refund.amount.amount,
    lines: linesOf(refund, books),
  }));
  return { ...base, refunds: refunds.filter(({ amount }) => amount > 0) };
}
