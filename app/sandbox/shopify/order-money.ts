import { addBags, lessBag, zeroBag, type Bag } from './money-bag.ts';
import { currentTotals } from './order-totals.ts';
import type { OrderRecord, TaxRecord } from './records.ts';

/** What was really paid: successful sales and captures. */
export function received(order: OrderRecord): Bag {
  return order.transactions
    .filter((one) => one.status === 'SUCCESS' && (one.kind === 'SALE' || one.kind === 'CAPTURE'))
    .reduce((sum, one) => addBags(sum, one.amount), zeroBag(order.currency, order.presentmentCurrency));
}

/** What is still to be paid; a financial status that was given wins over the transactions, as in Shopify. */
export function outstanding(order: OrderRecord): Bag {
  const nothing = zeroBag(order.currency, order.presentmentCurrency);
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
