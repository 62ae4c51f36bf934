/** Kinds of reasons that stay after the buyer's own words are erased (REQ-5). */
export const reasonCategories = [
  'not_given',
  'mistake',
  'changed_mind',
  'too_slow',
  'price',
  'shipping_cost',
  'address',
  'payment',
  'other',
] as const;
export type ReasonCategory = (typeof reasonCategories)[number];

/** Words by which the categories are told; Amazon's own list of reasons is in English in its data. */
const words: readonly (readonly [ReasonCategory, RegExp])[] = [
  ['shipping_cost', /\b(shipping (cost|charge|fee|price)|postage)/i],
  ['address', /\baddress/i],
  ['payment', /\b(payment|credit card|billing)/i],
  [
    'too_slow',
    /\b(arrive|on time|too (slow|late|long)|delivery (date|time)|ship(ped)? (sooner|faster|late))/i,
  ],
  ['price', /\b(price|cheaper|cost|discount|coupon|promo)/i],
  ['mistake', /\b(mistake|accident|wrong|duplicate|twice|error)/i],
  ['changed_mind', /\bchanged? (my|their) mind|no longer (need|want)|do(es)? ?n[o']t (need|want)/i],
];

/** The category of a buyer's words; what none of the words fit is `other`, no words at all are `not_given`. */
export function reasonCategoryOf(reason: string | null): ReasonCategory {
  if (reason === null || reason.trim() === '') return 'not_given';
  return words.find(([, pattern]) => pattern.test(reason))?.[0] ?? 'other';
}
