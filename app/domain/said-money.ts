import { toDecimal, type Money } from './money.ts';

/** An amount as sentences take it: a decimal text and its currency. */
export function saidMoney(money: Money): { readonly amount: string; readonly currency: string } {
  return { amount: toDecimal(money), currency: money.currency };
}
