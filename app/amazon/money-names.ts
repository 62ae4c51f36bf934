import type { Component } from '../domain/components.ts';

/** What an amount in Finances is: a component, the buyer's money beyond them, or nothing that the buyer gets or pays. */
export type MoneyKind = Component | 'beyond' | 'not_the_buyers';

const letters = (name: string) => name.toLowerCase().replace(/[^a-z]/g, '');

// Live answers and the model's examples name the same things differently (see Amazon's model finances_2024-06-19).
const kinds: Readonly<Record<string, Component>> = {
  productcharges: 'principal',
  ourpriceprincipal: 'principal',
  principal: 'principal',
  principle: 'principal',
  tax: 'tax',
  ourpricetax: 'tax',
  producttax: 'tax',
  itemtax: 'tax',
  shipping: 'shipping',
  shippingprincipal: 'shipping',
  shippingcharge: 'shipping',
  shippingcharges: 'shipping',
  shippingtax: 'shippingTax',
  giftwrap: 'giftWrap',
  giftwrapprincipal: 'giftWrap',
  giftwrapcharges: 'giftWrap',
  giftwraptax: 'giftWrapTax',
};

/** Fees of Amazon's, and tax that it keeps from the seller for the state: the buyer sees none of it. */
const notTheBuyers =
  /^(amazonfees?|fbafees?|fees?|expenses?|costs?|commission|refundcommission|.*(withheld|facilitator).*|.*reserve.*)$/;
const discount = /promo|discount|rebate/;

/** What an amount that is not the buyer's is: tax that Amazon keeps for the state, a fee, or money that only waits. */
export function keptAs(path: readonly string[]): 'withheld' | 'fees' | 'reserve' {
  const names = path.map(letters);
  if (names.some((name) => /withheld|facilitator/.test(name))) return 'withheld';
  return names.some((name) => name.includes('reserve')) ? 'reserve' : 'fees';
}

/** Sorts an amount by its name and the names of the groups around it, the outermost first. */
export function moneyKind(path: readonly string[]): MoneyKind {
  const names = path.map(letters);
  if (names.some((name) => notTheBuyers.test(name))) return 'not_the_buyers';
  if (names.some((name) => discount.test(name))) {
    return names.some((name) => name.includes('shipping')) ? 'shipping' : 'principal';
  }
  return kinds[names.at(-1) ?? ''] ?? 'beyond';
}
