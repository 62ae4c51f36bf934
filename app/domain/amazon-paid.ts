import type { AmazonLine, AmazonOrder } from './amazon-order.ts';
import { components, sumOfComponents, type Component, type Components } from './components.ts';
import { partsOf } from './line-money.ts';
import { marketplace } from './marketplaces.ts';
import { allocate } from './money.ts';
import { currencyOf, draftOrder } from './order-draft.ts';
import { settingsSchema } from './settings.ts';
import { taxInPrice } from './tax-in-price.ts';

/** Money of lines by Amazon's line id, in minor units of the order's currency. */
export type PaidByLine = ReadonlyMap<string, Components>;

/** Whether the prices hold the tax: the same answer as the Shopify order was made with. */
function holdsTax(order: AmazonOrder): boolean {
  return draftOrder(order, new Map(), settingsSchema.parse({}))?.taxesIncluded ?? false;
}

/** A price and its tax apart; together never more than was paid, and neither below zero. */
function apart(price: number, tax: number, included: boolean): readonly [price: number, tax: number] {
  const whole = Math.max(0, price);
  const own = Math.max(0, tax);
  if (!included) return [whole, own];
  return [whole - Math.min(own, whole), Math.min(own, whole)];
}

function paidForLine(line: AmazonLine, currency: string, free: boolean, included: boolean): Components {
  const parts = partsOf(line, currency, free);
  // Amazon's tax on a fee for cash on delivery is no tax of the article, and its refund has no component here.
  const more = parts.codFee.amount === 0 ? parts.tax.other.amount : 0;
  const [principal, tax] = apart(parts.goods.amount, parts.tax.item.amount + more, included);
  const [shipping, shippingTax] = apart(parts.shipping.amount, parts.tax.shipping.amount, included);
  const [giftWrap, giftWrapTax] = apart(parts.giftWrap.amount, parts.tax.giftWrap.amount, included);
  return named({ principal, tax, shipping, shippingTax, giftWrap, giftWrapTax });
}

/** Only what is something. */
function named(parts: Record<Component, number>): Components {
  return Object.fromEntries(components.flatMap((name) => (parts[name] === 0 ? [] : [[name, parts[name]]])));
}

/**
 * What the buyer paid for each line, by the components that Amazon refunds: discounts taken off the component they belong
 * to, tax whoever remits it, apart from prices that hold it, or in the price where refunds know no tax (the marketplace
 * table). Fees for cash on delivery and other charges have no component and are left out. Empty where no currency is known.
 */
export function paidOf(order: AmazonOrder): PaidByLine {
  const currency = currencyOf(order);
  if (currency === null) return new Map();
  const free = order.replacementFor !== null;
  const included = holdsTax(order);
  const inPrice = marketplace(order.marketplaceId)?.refundTax === 'in_principal';
  return new Map(
    order.lines.map((line) => {
      const paid = paidForLine(line, currency, free, included);
      return [line.orderItemId, inPrice ? taxInPrice(paid) : paid];
    }),
  );
}

/** Units of a line that were shipped; what Amazon did not say follows from the order's state. */
function shippedUnits(line: AmazonLine, order: AmazonOrder): number {
  if (line.quantityFulfilled !== null) return line.quantityFulfilled;
  if (order.status === 'shipped') return line.quantityOrdered;
  return line.quantityUnfulfilled === null ? 0 : Math.max(0, line.quantityOrdered - line.quantityUnfulfilled);
}

/**
 * The part of it that was shipped and so charged: shares by units, rounded down until the last unit is shipped, so that
 * never more goes back than was charged.
 */
export function shippedPaidOf(order: AmazonOrder, paid: PaidByLine = paidOf(order)): PaidByLine {
  return new Map(
    order.lines.map((line) => {
      const shipped = shippedUnits(line, order);
      const open = Math.max(0, line.quantityOrdered - shipped);
      const share = (amount = 0): number =>
        shipped === 0 ? 0 : (allocate({ amount, currency: '' }, [open, shipped])[1]?.amount ?? 0);
      const all = paid.get(line.orderItemId) ?? {};
      const shares = components.map((name) => [name, share(all[name])] as const);
      return [line.orderItemId, Object.fromEntries(shares.filter(([, amount]) => amount !== 0))];
    }),
  );
}

/** All lines together, in minor units. */
export function sumOfLines(paid: PaidByLine): number {
  return [...paid.values()].reduce((sum, parts) => sum + sumOfComponents(parts), 0);
}
