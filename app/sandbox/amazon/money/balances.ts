import { type JsonObject, numberIn, objectIn, objectsIn, textIn } from '../json.ts';

/** Amounts of one line by what they are for, in minor units; Amazon's names of the components of a refund. */
export type Components = Readonly<Record<string, number>>;

/** The digits behind the point of a currency. */
function decimalsOf(currency: string): number {
  try {
    const style = { style: 'currency', currency } as const;
    return new Intl.NumberFormat('en', style).resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2;
  }
}

/** A decimal text as minor units; null where it is none, or finer than the currency is. */
export function minorOf(text: string, currency: string): number | null {
  const decimals = decimalsOf(currency);
  const found = /^(-?)(\d{1,12})(?:\.(\d+))?$/.exec(text.trim());
  const fraction = found?.[3]?.replace(/0+$/, '') ?? '';
  if (!found || fraction.length > decimals) return null;
  const minor = Number(`${found[2] ?? '0'}${fraction.padEnd(decimals, '0')}`);
  return found[1] === '-' ? -minor : minor;
}

/** Minor units as a decimal text. */
export function amountOf(minor: number, currency: string): string {
  const decimals = decimalsOf(currency);
  return (minor / 10 ** decimals).toFixed(decimals);
}

/** The order's currency: that of its first amount; USD where it tells none. */
export function currencyOf(order: JsonObject): string {
  const holders = [
    objectIn(objectIn(order, 'proceeds'), 'grandTotal'),
    ...objectsIn(order, 'orderItems').flatMap((line) => [
      objectIn(objectIn(line, 'proceeds'), 'proceedsTotal'),
      ...objectsIn(objectIn(line, 'proceeds'), 'breakdowns').map((part) => objectIn(part, 'subtotal')),
      objectIn(objectIn(objectIn(line, 'product'), 'price'), 'unitPrice'),
    ]),
  ];
  for (const holder of holders) {
    const currency = textIn(holder, 'currencyCode');
    if (currency !== null) return currency;
  }
  return 'USD';
}

const plain: Readonly<Record<string, string>> = {
  ITEM: 'Principal',
  SHIPPING: 'Shipping',
  GIFT_WRAP: 'GiftWrap',
  COD_FEE: 'COD',
  OTHER: 'Other',
};
const taxes: Readonly<Record<string, string>> = {
  SHIPPING: 'ShippingTax',
  GIFT_WRAP: 'GiftWrapTax',
  COD_FEE: 'CODTax',
};
const japan = 'A1VC38T7YXB528';
// Japan's refunds know no tax of its own: what was paid is all in the price (models docs#767).
const inclusive: Readonly<Record<string, string>> = {
  Tax: 'Principal',
  ShippingTax: 'Shipping',
  GiftWrapTax: 'GiftWrap',
  CODTax: 'COD',
};

function minorIn(holder: JsonObject, name: string, currency: string): number {
  return minorOf(textIn(objectIn(holder, name), 'amount') ?? '0', currency) ?? 0;
}

/** Spreads a breakdown of tax or discount over the parts that its details name; the item has the rest. */
function spread(
  part: JsonObject,
  currency: string,
  names: Readonly<Record<string, string>>,
  rest: string,
): [string, number][] {
  const details = objectsIn(part, 'detailedBreakdowns').flatMap((detail): [string, number][] => {
    const name = names[textIn(detail, 'subtype') ?? ''];
    return name === undefined ? [] : [[name, minorIn(detail, 'value', currency)]];
  });
  const named = details.reduce((sum, [, minor]) => sum + minor, 0);
  return [...details, [rest, minorIn(part, 'subtotal', currency) - named]];
}

function partsOf(part: JsonObject, currency: string): [string, number][] {
  const type = textIn(part, 'type') ?? '';
  if (type === 'TAX') return spread(part, currency, taxes, 'Tax');
  if (type === 'DISCOUNT')
    return spread(part, currency, { SHIPPING: 'Shipping', GIFT_WRAP: 'GiftWrap' }, 'Principal').map(
      ([name, minor]) => [name, -Math.abs(minor)],
    );
  return [[plain[type] ?? 'Other', minorIn(part, 'subtotal', currency)]];
}

/** What the buyer paid for a line, discounts taken off. */
export function paidFor(order: JsonObject, line: JsonObject): Components {
  const currency = currencyOf(order);
  const proceeds = objectIn(line, 'proceeds');
  const breakdowns = objectsIn(proceeds, 'breakdowns');
  const price = minorIn(objectIn(objectIn(line, 'product'), 'price'), 'unitPrice', currency);
  const whole =
    'proceedsTotal' in proceeds
      ? minorIn(proceeds, 'proceedsTotal', currency)
      : price * (numberIn(line, 'quantityOrdered') ?? 0);
  const parts: [string, number][] =
    breakdowns.length === 0 ? [['Principal', whole]] : breakdowns.flatMap((one) => partsOf(one, currency));
  const inJapan = textIn(objectIn(order, 'salesChannel'), 'marketplaceId') === japan;
  const sums: Record<string, number> = {};
  for (const [name, minor] of parts) {
    const component = inJapan ? (inclusive[name] ?? name) : name;
    sums[component] = (sums[component] ?? 0) + minor;
  }
  return sums;
}
