import { add, currencyDecimals, parseMoney, toDecimal, zero, type Money } from '../../domain/money.ts';

/** One amount in the shop's and in the buyer's currency. */
export interface Bag {
  readonly shop: Money;
  readonly presentment: Money;
}

/** `MoneyBagInput` as it arrives. */
export interface BagInput {
  readonly shopMoney: { readonly amount: string | number; readonly currencyCode: string };
  readonly presentmentMoney?: { readonly amount: string | number; readonly currencyCode: string } | null;
}

/** Nothing, in both currencies. */
export function zeroBag(shop: string, presentment: string): Bag {
  return { shop: zero(shop), presentment: zero(presentment) };
}

/** The sum in both currencies. */
export function addBags(a: Bag, b: Bag): Bag {
  return { shop: add(a.shop, b.shop), presentment: add(a.presentment, b.presentment) };
}

/** A unit price times a number of units. */
export function timesBag(bag: Bag, count: number): Bag {
  return {
    shop: { amount: bag.shop.amount * count, currency: bag.shop.currency },
    presentment: { amount: bag.presentment.amount * count, currency: bag.presentment.currency },
  };
}

/** The first less the second, in both currencies. */
export function lessBag(a: Bag, b: Bag): Bag {
  return addBags(a, timesBag(b, -1));
}

/** Changes both amounts in the same way; the result is rounded half away from zero to minor units. */
export function mapBag(bag: Bag, change: (amount: number) => number): Bag {
  const one = (money: Money): Money => {
    const raw = change(money.amount);
    return { amount: Math.sign(raw) * Math.round(Math.abs(raw)), currency: money.currency };
  };
  return { shop: one(bag.shop), presentment: one(bag.presentment) };
}

/** Reads an input; where no presentment amount is given it is the shop's. A text says what is wrong with it. */
export function readBag(input: BagInput, shop: string, presentment: string): Bag | string {
  const shopMoney = readOne(input.shopMoney, shop);
  if (typeof shopMoney === 'string') return shopMoney;
  if (input.presentmentMoney == null) {
    return shop === presentment
      ? { shop: shopMoney, presentment: shopMoney }
      : 'Presentment money must be given when the presentment currency is not the shop currency';
  }
  const presentmentMoney = readOne(input.presentmentMoney, presentment);
  return typeof presentmentMoney === 'string'
    ? presentmentMoney
    : { shop: shopMoney, presentment: presentmentMoney };
}

function readOne(
  input: { readonly amount: string | number; readonly currencyCode: string },
  currency: string,
): Money | string {
  if (input.currencyCode !== currency) return `Currency ${input.currencyCode} must be ${currency}`;
  const parsed = parseMoney(String(input.amount), currency);
  if (!parsed) return 'Amount is not a number';
  if (parsed.rounded) return `Amount has more than ${String(currencyDecimals(currency))} decimals`;
  return parsed.money;
}

/** `MoneyV2`; amounts are written as Shopify's GraphQL does: `10.0`, `12.5`, `12.34`. */
export function moneyV2(money: Money): { amount: string; currencyCode: string } {
  const plain = toDecimal(money);
  const short = plain.includes('.') ? plain.replace(/0+$/, '') : `${plain}.`;
  return { amount: short.endsWith('.') ? `${short}0` : short, currencyCode: money.currency };
}

/** `MoneyBag`. */
export function moneyBag(bag: Bag): { shopMoney: object; presentmentMoney: object } {
  return { shopMoney: moneyV2(bag.shop), presentmentMoney: moneyV2(bag.presentment) };
}
