import type { AmazonLine, LineProceeds } from './amazon-order.ts';
import { subtract, zero, type Money } from './money.ts';

/** A line's money by what it is for, discounts taken off, in one currency. */
export interface Parts {
  readonly goods: Money;
  readonly shipping: Money;
  readonly giftWrap: Money;
  readonly codFee: Money;
  readonly other: Money;
  readonly tax: LineProceeds['tax'];
}

/**
 * The money of a line. Where Amazon gave none it is the unit price times the quantity, and nothing where the order is
 * `free` (a replacement still names the article's price).
 */
export function partsOf(line: AmazonLine, currency: string, free: boolean): Parts {
  const none = zero(currency);
  const p = line.proceeds;
  if (!p) {
    const unit = !free && line.unitPrice?.currency === currency ? line.unitPrice.amount : 0;
    const goods = { amount: unit * line.quantityOrdered, currency };
    const tax = { item: none, shipping: none, giftWrap: none, other: none };
    return { goods, shipping: none, giftWrap: none, codFee: none, other: none, tax };
  }
  return {
    goods: subtract(p.item, p.discount.item),
    shipping: subtract(p.shipping, p.discount.shipping),
    giftWrap: subtract(p.giftWrap, p.discount.giftWrap),
    codFee: p.codFee,
    other: p.other,
    tax: p.tax,
  };
}

/** Shopify takes no price and no tax below zero; what is cut off shows as a difference of the totals. */
export function notBelowZero(money: Money): Money {
  return money.amount < 0 ? zero(money.currency) : money;
}
