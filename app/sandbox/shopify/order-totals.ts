import { addBags, lessBag, mapBag, timesBag, zeroBag, type Bag } from './money-bag.ts';
import type {
  LineRecord,
  OrderRecord,
  ShippingRecord,
  TaxRecord,
  TotalsRecord,
  TransactionRecord,
} from './records.ts';

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

/** The line as if it had so many units: its taxes go with them. */
export function withUnits(line: LineRecord, quantity: number): LineRecord {
  if (quantity === line.quantity) return line;
  const share = quantity / line.quantity;
  const taxLines = line.taxLines.map((tax) => ({
    ...tax,
    price: mapBag(tax.price, (units) => units * share),
  }));
  return { ...line, quantity, taxLines };
}

function totalsOf(order: OrderRecord, lines: readonly LineRecord[]): TotalsRecord {
  const { currency, presentmentCurrency: presentment, taxesIncluded, shippingLines } = order;
  return orderTotals({ currency, presentment, taxesIncluded, lines, shippingLines });
}

/** The money of everything that was ever in the order: what an edit added counts, what it took out is not missing. */
export function totalsWithAdded(order: OrderRecord): TotalsRecord {
  return order.edited ? totalsOf(order, order.lines) : order.totals;
}

/** The money of what is in the order now, after edits and refunds. */
export function currentTotals(order: OrderRecord): TotalsRecord {
  if (!order.edited && order.refunds.length === 0) return order.totals;
  const left = totalsOf(
    order,
    order.lines.map((line) => withUnits(line, line.currentQuantity)),
  );
  const sum = (bags: readonly Bag[], start: Bag): Bag => bags.reduce(addBags, start);
  const nothing = zeroBag(order.currency, order.presentmentCurrency);
  const shipping = order.refunds.flatMap((refund) => refund.shipping);
  const shippingBack = sum(
    shipping.map((one) => one.subtotal),
    nothing,
  );
  const taxBack = sum(
    shipping.map((one) => one.tax),
    nothing,
  );
  const adjusted = sum(
    order.refunds.flatMap((refund) => refund.adjustments.map((one) => one.amount)),
    lessBag(left.total, shippingBack),
  );
  return {
    subtotal: left.subtotal,
    shipping: lessBag(left.shipping, shippingBack),
    tax: lessBag(left.tax, taxBack),
    total: order.taxesIncluded ? adjusted : lessBag(adjusted, taxBack),
  };
}

/** The taxes of so many units of a line. */
export function unitTaxes(line: LineRecord, units: number): Bag {
  const { shop, presentment } = line.price;
  return withUnits(line, units)
    .taxLines.map((tax) => tax.price)
    .reduce(addBags, zeroBag(shop.currency, presentment.currency));
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
