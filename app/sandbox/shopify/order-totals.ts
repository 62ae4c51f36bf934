import { addBags, timesBag, zeroBag, type Bag } from './money-bag.ts';
import type { LineRecord, ShippingRecord, TaxRecord, TotalsRecord, TransactionRecord } from './records.ts';

/** What the totals of an order are made of. */
interface TotalsInput {
  readonly currency: string;
  readonly presentment: string;
  readonly taxesIncluded: boolean;
  readonly lines: readonly LineRecord[];
  readonly shippingLines: readonly ShippingRecord[];
}

/**
 * Subtotal, shipping, tax and total in minor units. Taxes come from the lines and shipping lines and are part of the
 * total once: on top of the prices, or inside them.
 */
export function orderTotals(input: TotalsInput): TotalsRecord {
  const zero = zeroBag(input.currency, input.presentment);
  const sum = (bags: readonly Bag[]): Bag => bags.reduce(addBags, zero);
  const taxBags = (one: { readonly taxLines: readonly TaxRecord[] }): Bag[] =>
    one.taxLines.map((tax) => tax.price);
  const subtotal = sum(input.lines.map((line) => timesBag(line.price, line.quantity)));
  const shipping = sum(input.shippingLines.map((line) => line.price));
  const tax = sum([...input.lines, ...input.shippingLines].flatMap(taxBags));
  const net = addBags(subtotal, shipping);
  return { subtotal, shipping, tax, total: input.taxesIncluded ? net : addBags(net, tax) };
}

/** The financial status that follows from the transactions where none was given. */
export function derivedStatus(total: Bag, transactions: readonly TransactionRecord[]): string {
  const good = transactions.filter((one) => one.status === 'SUCCESS');
  const paid = good
    .filter((one) => one.kind === 'SALE' || one.kind === 'CAPTURE')
    .reduce((sum, one) => sum + one.amount.shop.amount, 0);
  if (paid >= total.shop.amount) return 'PAID';
  if (paid > 0) return 'PARTIALLY_PAID';
  return good.some((one) => one.kind === 'AUTHORIZATION') ? 'AUTHORIZED' : 'PENDING';
}
