import type { SettledAs } from './ledger-facts.ts';

const letters = (name: string) => name.toLowerCase().replace(/[^a-z]/g, '');

/** What a row is, by the words of settlement reports V2: amount-type, and amount-description where that is not enough. */
export function settledAs(amountType: string, description: string): SettledAs {
  const [type, what] = [letters(amountType), letters(description)];
  if (/withheldtax|facilitator/.test(type) || /facilitator/.test(what)) return 'withheld';
  if (/fee/.test(type)) return 'fee';
  return /^(itemprice|itempriceadjustments?|promotion.*|promo.*|directpayment|coditemcharge)$/.test(type)
    ? 'buyer'
    : 'other';
}
