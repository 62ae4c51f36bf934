import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sum } from '../domain/money.ts';
import { lineProceeds } from './proceeds.ts';
import { Reading } from './reading.ts';

const eur = (amount: string) => ({ amount, currencyCode: 'EUR' });
const part = (type: string, amount: string, details: Record<string, string> = {}) => ({
  type,
  subtotal: eur(amount),
  detailedBreakdowns: Object.entries(details).map(([subtype, value]) => ({ subtype, value: eur(value) })),
});

function read(breakdowns: ReturnType<typeof part>[]) {
  const reading = new Reading('EUR');
  return { reading, proceeds: lineProceeds(reading, { proceedsTotal: eur('1'), breakdowns }, 'p') };
}
const amounts = (group: Readonly<Record<string, { amount: number }>> | undefined) =>
  Object.fromEntries(Object.entries(group ?? {}).map(([key, money]) => [key, money.amount]));

describe('IMP-3: the money of a line', () => {
  it('goes to what it is for', () => {
    const { proceeds, reading } = read([
      part('ITEM', '20.00'),
      part('SHIPPING', '4.99'),
      part('GIFT_WRAP', '3'),
      part('COD_FEE', '1.5'),
      part('OTHER', '0.25'),
    ]);
    expect(proceeds).toMatchObject({
      item: { amount: 2000 },
      shipping: { amount: 499 },
      giftWrap: { amount: 300 },
      codFee: { amount: 150 },
      other: { amount: 25 },
      total: { amount: 100, currency: 'EUR' },
    });
    expect(reading.oddities).toEqual([]);
  });

  it('tax without details is tax of the item', () => {
    expect(amounts(read([part('TAX', '3.80')]).proceeds?.tax)).toEqual({
      item: 380,
      shipping: 0,
      giftWrap: 0,
      other: 0,
    });
  });

  it('tax with details is spread, and the item bears the tax of discounts', () => {
    const details = {
      ITEM: '4.00',
      SHIPPING: '1.00',
      GIFT_WRAP: '0.50',
      COD_FEE: '0.20',
      OTHER: '0.10',
      DISCOUNT: '-0.80',
    };
    expect(amounts(read([part('TAX', '5.00', details)]).proceeds?.tax)).toEqual({
      item: 320,
      shipping: 100,
      giftWrap: 50,
      other: 30,
    });
  });

  it.each(['-5.00', '5.00'])('a discount of %s takes 5.00 off', (amount) => {
    const sign = amount.startsWith('-') ? '-' : '';
    const { proceeds } = read([part('DISCOUNT', amount, { ITEM: `${sign}3.00`, SHIPPING: `${sign}2.00` })]);
    expect(amounts(proceeds?.discount)).toEqual({ item: 300, shipping: 200, giftWrap: 0 });
  });

  it('details that claim more than there is are odd and not followed', () => {
    const { proceeds, reading } = read([part('DISCOUNT', '-5.00', { SHIPPING: '-6.00' })]);
    expect(amounts(proceeds?.discount)).toEqual({ item: 500, shipping: 0, giftWrap: 0 });
    expect(reading.oddities).toEqual([
      { field: 'p.breakdowns[0].detailedBreakdowns', what: 'unknown_value' },
    ]);
  });

  it('an unknown kind of money is kept as other, and odd', () => {
    const { proceeds, reading } = read([part('HANDLING', '2.00'), part('toString', '1.00')]);
    expect(proceeds?.other.amount).toBe(300);
    expect(reading.oddities.map((odd) => odd.value)).toEqual(['HANDLING', 'toString']);
  });

  it('the same kind twice adds up', () => {
    expect(read([part('ITEM', '1.00'), part('ITEM', '2.00')]).proceeds?.item.amount).toBe(300);
  });

  it('nothing that can be read is null, not zero', () => {
    expect(lineProceeds(new Reading('EUR'), { breakdowns: [] }, 'p')).toBeNull();
    expect(lineProceeds(new Reading(null), { breakdowns: [] }, 'p')).toBeNull();
    expect(lineProceeds(new Reading('EUR'), null, 'p')).toBeNull();
  });

  it('the parts of tax and discount always add up to their subtotals', () => {
    const cents = fc.integer({ min: -5000, max: 5000 });
    const subtypes = ['ITEM', 'SHIPPING', 'GIFT_WRAP', 'COD_FEE', 'OTHER', 'DISCOUNT', 'NEW'];
    const details = fc.dictionary(
      fc.constantFrom(...subtypes),
      cents.map((n) => (n / 100).toFixed(2)),
    );
    fc.assert(
      fc.property(fc.constantFrom('TAX', 'DISCOUNT'), cents, details, (type, total, parts) => {
        const { proceeds } = read([part(type, (total / 100).toFixed(2), parts)]);
        const group = type === 'TAX' ? proceeds?.tax : proceeds?.discount;
        const added = sum('EUR', Object.values(group ?? {})).amount;
        expect(added).toBe(type === 'TAX' ? total : Math.abs(total));
      }),
    );
  });
});
