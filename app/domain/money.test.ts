import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  add,
  allocate,
  currencyDecimals,
  isKnownCurrency,
  parseMoney,
  subtract,
  sum,
  toDecimal,
  zero,
} from './money.ts';

const currency = fc.constantFrom('USD', 'EUR', 'JPY', 'KRW', 'KWD', 'CLF', 'MGA', 'XYZ');
const amount = fc.maxSafeInteger();

describe('IMP-3: reading and writing amounts', () => {
  it.each([
    ['12.30', 'USD', 1230],
    ['12.3', 'USD', 1230],
    ['12', 'USD', 1200],
    ['12.', 'USD', 1200],
    ['.5', 'USD', 50],
    ['+1.05', 'USD', 105],
    ['-0.05', 'EUR', -5],
    ['-.05', 'EUR', -5],
    ['-0.00', 'EUR', 0],
    [' 7.00 ', 'EUR', 700],
    ['0012.30', 'USD', 1230],
    ['3490', 'JPY', 3490],
    ['3490.00', 'JPY', 3490],
    ['1.234', 'KWD', 1234],
    ['1.25', 'MGA', 125],
    ['12.30', 'XYZ', 1230],
    ['90071992547409.91', 'USD', Number.MAX_SAFE_INTEGER],
  ])('%s %s is %i minor units', (text, code, minor) => {
    expect(parseMoney(text, code)).toEqual({ money: { amount: minor, currency: code }, rounded: false });
  });

  it.each([
    ['1.005', 'USD', 101],
    ['1.004', 'USD', 100],
    ['-1.005', 'USD', -101],
    ['0.999', 'USD', 100],
    ['12.5', 'JPY', 13],
    ['12.49', 'JPY', 12],
    ['0.0004', 'KWD', 0],
    ['-0.001', 'USD', 0],
  ])('%s %s has too many decimals: rounded to %i and said so', (text, code, minor) => {
    expect(parseMoney(text, code)).toEqual({ money: { amount: minor, currency: code }, rounded: true });
  });

  it.each([
    '',
    ' ',
    '.',
    '-',
    '1,50',
    '1e3',
    'NaN',
    'Infinity',
    '0x10',
    '1 000',
    '１２',
    '--1',
    '1.2.3',
    'null',
  ])('%j is no amount', (text) => expect(parseMoney(text, 'USD')).toBeNull());

  it.each([
    ['90071992547409.92', 'USD'],
    ['90071992547409.915', 'USD'],
    ['99999999999999999999999', 'JPY'],
    ['9'.repeat(400), 'JPY'],
  ])('%s %s is too large to be exact', (text, code) => expect(parseMoney(text, code)).toBeNull());

  it('what is written is read again as it was', () => {
    fc.assert(
      fc.property(amount, currency, (minor, code) => {
        const money = { amount: minor, currency: code };
        expect(parseMoney(toDecimal(money), code)).toEqual({ money, rounded: false });
      }),
    );
  });

  it('what is written has as many decimals as the currency', () => {
    expect([toDecimal({ amount: 5, currency: 'USD' }), toDecimal({ amount: -5, currency: 'KWD' })]).toEqual([
      '0.05',
      '-0.005',
    ]);
    expect([toDecimal({ amount: 3490, currency: 'JPY' }), toDecimal({ amount: 0, currency: 'EUR' })]).toEqual(
      ['3490', '0.00'],
    );
    fc.assert(
      fc.property(amount, currency, (minor, code) => {
        const decimals = toDecimal({ amount: minor, currency: code }).split('.')[1] ?? '';
        expect(decimals).toHaveLength(currencyDecimals(code));
      }),
    );
  });

  it('knows which codes are currencies', () => {
    expect(['USD', 'JPY', 'XYZ', 'usd', '', '__proto__'].map(isKnownCurrency)).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
  });
});

describe('IMP-3: counting', () => {
  it('sums and differences are exact; two currencies never meet', () => {
    const a = { amount: 10, currency: 'USD' };
    expect(sum('USD', [a, a, subtract(zero('USD'), a)])).toEqual(a);
    expect(sum('JPY', [])).toEqual(zero('JPY'));
    expect(() => add(a, zero('EUR'))).toThrow(/EUR/);
  });

  const weights = fc.array(fc.oneof(fc.constant(0), fc.nat({ max: 1_000_000 })), {
    minLength: 1,
    maxLength: 12,
  });

  it('the parts of an amount add up to it, whatever the weights', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), weights, (minor, by) => {
        const parts = allocate({ amount: minor, currency: 'USD' }, by);
        expect(parts).toHaveLength(by.length);
        expect(sum('USD', parts)).toEqual({ amount: minor, currency: 'USD' });
      }),
    );
  });

  it('no part is more than a minor unit per other part away from its share, and none without weight gets any', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), weights, (minor, by) => {
        const total = by.reduce((a, b) => a + b, 0);
        fc.pre(total > 0);
        for (const [i, part] of allocate({ amount: minor, currency: 'USD' }, by).entries()) {
          const weight = by[i] ?? 0;
          expect(Math.abs(part.amount - (minor * weight) / total)).toBeLessThan(weight === 0 ? 1e-9 : 1.001);
        }
      }),
    );
  });

  it('what is left over goes to the first parts that have a weight', () => {
    const amounts = (minor: number, by: readonly number[]) =>
      allocate({ amount: minor, currency: 'USD' }, by).map((part) => part.amount);
    expect(amounts(5, [0, 1, 1, 1])).toEqual([0, 2, 2, 1]);
    expect(amounts(-5, [0, 1, 1, 1])).toEqual([0, -2, -2, -1]);
  });

  it('without any weight the first part is all', () => {
    expect(allocate({ amount: -7, currency: 'USD' }, [0, 0]).map((part) => part.amount)).toEqual([-7, 0]);
  });

  it('also the largest amounts', () => {
    const parts = allocate({ amount: Number.MAX_SAFE_INTEGER, currency: 'USD' }, [1_000_000, 3, 999_983]);
    expect(parts.reduce((all, part) => all + BigInt(part.amount), 0n)).toBe(BigInt(Number.MAX_SAFE_INTEGER));
  });
});
