import { addBags, lessBag, zeroBag, type Bag } from './money-bag.ts';
import { currentTotals } from './order-totals.ts';
import type { OrderRecord, TaxRecord } from './records.ts';

function sumOf(order: OrderRecord, kinds: readonly string[]): Bag {
  return order.transactions
    .filter((one) => one.status === 'SUCCESS' && kinds.includes(one.kind))
    .reduce((sum, one) => addBags(sum, one.amount), zeroBag(order.currency, order.presentmentCurrency));
}

/** What was really paid: successful sales and captures. */
export function received(order: OrderRecord): Bag {
  return sumOf(order, ['SALE', 'CAPTURE']);
}

/** What was paid back: successful refunds. */
export function paidBack(order: OrderRecord): Bag {
  return sumOf(order, ['REFUND']);
}

/** What of the payments stays with the shop. */
export function netPayment(order: OrderRecord): Bag {
  return lessBag(received(order), paidBack(order));
}

/**
 * What is still to be paid; a financial status that was given wins over the transactions, as in Shopify. After a refund it
 * may be below nothing: what is owed to the buyer.
 */
export function outstanding(order: OrderRecord): Bag {
  const nothing = zeroBag(order.currency, order.presentmentCurrency);
  if (order.refunds.length > 0 && received(order).shop.amount > 0)
    return lessBag(currentTotals(order).total, netPayment(order));
  if (order.financialStatus === 'PAID') return nothing;
  const open = lessBag(currentTotals(order).total, received(order));
  return open.shop.amount > 0 ? open : nothing;
}

/** Taxes of all lines and shipping lines by title, rate and liability, as an order shows them. */
export function taxesOf(order: OrderRecord): TaxRecord[] {
  if (order.orderTaxLines.length > 0) return [...order.orderTaxLines];
  const found = new Map<string, TaxRecord>();
  for (const tax of [...order.lines, ...order.shippingLines].flatMap((one) => one.taxLines)) {
    const key = JSON.stringify([tax.title, tax.rate, tax.channelLiable]);
    const known = found.get(key);
    found.set(key, known ? { ...known, price: addBags(known.price, tax.price) } : tax);
  }
  return [...found.values()];
}
