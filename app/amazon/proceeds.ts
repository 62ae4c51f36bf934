import type { LineProceeds } from '../domain/amazon-order.ts';
import { add, subtract, sum, zero } from '../domain/money.ts';
import type { Money } from '../domain/money.ts';
import type { Reading } from './reading.ts';
import type { RawBreakdown, RawItem } from './schema.ts';

type Part = 'item' | 'shipping' | 'giftWrap' | 'codFee' | 'other';
interface Sums {
  readonly plain: Record<Part, Money>;
  readonly tax: Record<'item' | 'shipping' | 'giftWrap' | 'other', Money>;
  readonly discount: Record<'item' | 'shipping' | 'giftWrap', Money>;
}

const plainParts = new Map<string, Part>([
  ['ITEM', 'item'],
  ['SHIPPING', 'shipping'],
  ['GIFT_WRAP', 'giftWrap'],
  ['COD_FEE', 'codFee'],
  ['OTHER', 'other'],
]);

/** Which of the own pots a subtype of tax or discount goes to; what is not named here belongs to the item. */
const taxPots = new Map<string, 'shipping' | 'giftWrap' | 'other'>([
  ['SHIPPING', 'shipping'],
  ['GIFT_WRAP', 'giftWrap'],
  ['COD_FEE', 'other'],
  ['OTHER', 'other'],
]);
const discountPots = new Map<string, 'shipping' | 'giftWrap'>([
  ['SHIPPING', 'shipping'],
  ['GIFT_WRAP', 'giftWrap'],
]);

function nothing(currency: string): Sums {
  const none = zero(currency);
  return {
    plain: { item: none, shipping: none, giftWrap: none, codFee: none, other: none },
    tax: { item: none, shipping: none, giftWrap: none, other: none },
    discount: { item: none, shipping: none, giftWrap: none },
  };
}

const positive = (money: Money): Money => ({ ...money, amount: Math.abs(money.amount) });

function subtotalOf(reading: Reading, raw: RawBreakdown, field: string): Money | null {
  if (!raw.subtotal) reading.odd(`${field}.subtotal`, 'absent');
  return reading.money(raw.subtotal, `${field}.subtotal`);
}

/**
 * Spreads a subtotal over its pots. The subtotal is what counts: the pots named by details get theirs and the item gets
 * the rest, so that the parts always add up. Details that claim more than the subtotal are odd and not followed.
 */
function spread<Pot extends string>(
  reading: Reading,
  field: string,
  raw: RawBreakdown,
  pots: ReadonlyMap<string, Pot>,
  into: Record<Pot | 'item', Money>,
  sign: (money: Money) => Money,
): void {
  const given = subtotalOf(reading, raw, field);
  if (!given) return;
  const subtotal = sign(given);
  const details = (raw.detailedBreakdowns ?? []).flatMap((detail, i) => {
    const pot = pots.get(detail?.subtype ?? '');
    const value = reading.money(detail?.value, `${field}.detailedBreakdowns[${i}].value`);
    return pot && value ? [{ pot, value: sign(value) }] : [];
  });
  const claimed = sum(
    subtotal.currency,
    details.map((detail) => detail.value),
  );
  const followed = Math.abs(claimed.amount) <= Math.abs(subtotal.amount) ? details : [];
  if (followed.length < details.length) reading.odd(`${field}.detailedBreakdowns`, 'unknown_value');
  for (const { pot, value } of followed) into[pot] = add(into[pot], value);
  into.item = add(
    into.item,
    followed.reduce((rest, detail) => subtract(rest, detail.value), subtotal),
  );
}

function addBreakdown(reading: Reading, field: string, raw: RawBreakdown, sums: Sums): void {
  const type = raw.type ?? '';
  if (type === 'TAX') {
    spread(reading, field, raw, taxPots, sums.tax, (money) => money);
    return;
  }
  if (type === 'DISCOUNT') {
    // Amazon does not say which sign a discount has; it can only ever take off.
    spread(reading, field, raw, discountPots, sums.discount, positive);
    return;
  }
  const part = plainParts.get(type);
  if (!part) reading.odd(`${field}.type`, 'unknown_value', type);
  const subtotal = subtotalOf(reading, raw, field);
  if (subtotal) sums.plain[part ?? 'other'] = add(sums.plain[part ?? 'other'], subtotal);
}

/** The money of one line by what it is for; null where Amazon gave none that can be read. `field` is the block's path. */
export function lineProceeds(reading: Reading, raw: RawItem['proceeds'], field: string): LineProceeds | null {
  if (!raw || reading.currency === null) return null;
  const total = reading.money(raw.proceedsTotal, `${field}.proceedsTotal`);
  const breakdowns = raw.breakdowns ?? [];
  const sums = nothing(reading.currency);
  if (breakdowns.length === 0) {
    if (!total) return null;
    reading.odd(`${field}.breakdowns`, 'absent');
    sums.plain.item = total;
  }
  breakdowns.forEach((one, i) => {
    if (one) addBreakdown(reading, `${field}.breakdowns[${i}]`, one, sums);
  });
  return { ...sums.plain, discount: sums.discount, tax: sums.tax, total };
}
