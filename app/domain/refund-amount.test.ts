import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toDecimal } from './money.ts';
import { parseRefundAmount, type Refundable } from './refund-amount.ts';

const shippedOf = (currency: string, refundable = 10_000_000): Refundable => ({
  currency,
  refundable,
  shipped: true,
  free: false,
});
const said = (text: string, given: Refundable): number | string => {
  const read = parseRefundAmount(text, given);
  return read.ok ? read.amount : read.guard;
};

describe('CAN-1: what a person types', () => {
  it.each([
    ['34.90', 'USD', 3490],
    [' 34.90 ', 'USD', 3490],
    ['34,90', 'EUR', 3490],
    ['34.9', 'USD', 3490],
    ['34', 'USD', 3400],
    ['034', 'USD', 3400],
    ['.5', 'USD', 50],
    [',5', 'EUR', 50],
    ['+34.90', 'USD', 3490],
    ['$34.90', 'USD', 3490],
    ['US$34.90', 'USD', 3490],
    ['$ 34.90 USD', 'USD', 3490],
    ['usd 34.90', 'USD', 3490],
    ['34,90 €', 'EUR', 3490],
    ['34,90\u00a0€', 'EUR', 3490],
    ['£34.90', 'GBP', 3490],
    ['34,90 zł', 'PLN', 3490],
    ['349 kr', 'SEK', 34900],
    ['1,234.56', 'USD', 123456],
    ['1.234,56', 'EUR', 123456],
    ['1 234,56', 'EUR', 123456],
    ['1\u202f234,56', 'EUR', 123456],
    ["1'234.56", 'CHF', 123456],
    ['1’234.56', 'CHF', 123456],
    ['12,34,567.80', 'INR', 123456780],
    ['10.000.000', 'JPY', 10_000_000],
    ['1,234', 'JPY', 1234],
    ['￥3,490', 'JPY', 3490],
    ['¥3490', 'JPY', 3490],
    ['3490円', 'JPY', 3490],
    ['３４．９０', 'USD', 3490],
    ['３４９０', 'JPY', 3490],
    ['٣٤٫٩٠', 'EGP', 3490],
    ['١٬٢٣٤٫٥٦', 'AED', 123456],
    ['\u200f٣٤٫٩٠', 'SAR', 3490],
    ['३४.९०', 'INR', 3490],
    ['1.234', 'KWD', 1234],
    ['full', 'USD', 123_456_780],
    [' FULL ', 'USD', 123_456_780],
  ])('%j in %s is %i minor units', (text, currency, minor) => {
    expect(said(text, shippedOf(currency, 123_456_780))).toBe(minor);
  });

  it.each([
    '',
    ' ',
    'NaN',
    'nan',
    'Infinity',
    '-Infinity',
    '1e3',
    '1E3',
    '1e-3',
    '٣e٢',
    '0x10',
    '0b1',
    '0o7',
    '1_000',
    '1n',
    'null',
    'undefined',
    'true',
    '[]',
    '{}',
    '12.30.40',
    '1,2,3',
    '1.2,3.4',
    '1,234.567,89',
    '1,234',
    '999,999',
    '12.',
    '12,',
    '.',
    ',',
    '-',
    '+',
    '--5',
    '+-5',
    '5-',
    '(5)',
    '5%',
    '5 5',
    '1 23',
    '12 3456',
    '12\n34',
    '12\t34',
    '12;34',
    '5 + 5',
    '=5',
    '10²',
    '½',
    '①②',
    'Ⅻ',
    '十二',
    '12.30 EUR',
    '€12.30',
    '$$12.30',
    '12.30 dollars',
    'fullest',
    'full 5',
    '1__000',
    '\u202e05.21',
    '\u0000',
    '5\u0000',
    "5'",
    "5' OR '1'='1",
    '<b>5</b>',
    '💶',
    '5\u0301',
    '9'.repeat(65),
    ' '.repeat(65),
  ])('%j is no amount', (text) => {
    expect(said(text, shippedOf('USD'))).toBe('amount_invalid');
  });

  it.each([
    '0',
    '0.00',
    '0,0',
    '-0',
    '−0',
    '-0.00',
    '-5',
    '−5',
    '－5',
    '- 5',
    '-$5',
    '$-5',
    '-1,234.56',
    '0.000',
    '٠',
  ])('%j is not above nothing', (text) => {
    expect(said(text, shippedOf('USD'))).toBe('amount_not_positive');
  });

  it.each([
    ['34.905', 'USD'],
    ['34.900', 'USD'],
    ['0.001', 'USD'],
    ['0,001', 'EUR'],
    ['1.234', 'EUR'],
    ['1,2345', 'EUR'],
    ['1,234.567', 'USD'],
    ['3490.00', 'JPY'],
    ['3490.5', 'JPY'],
    ['3490,5', 'JPY'],
    ['1.2345', 'KWD'],
  ])('%j has more decimals than %s', (text, currency) => {
    expect(said(text, shippedOf(currency))).toBe('amount_decimals');
  });

  it.each(['100000.01', '99999999999999999999', '9'.repeat(64), '100,000.01'])(
    '%j is above what can be refunded',
    (text) => {
      expect(said(text, shippedOf('USD'))).toBe('amount_too_high');
    },
  );

  it('says the values of its sentence', () => {
    expect(parseRefundAmount('1.5', shippedOf('JPY', 3490))).toEqual({
      ok: false,
      guard: 'amount_decimals',
      params: { currency: 'JPY', decimals: 0, max: '3490' },
    });
    expect(parseRefundAmount('35', shippedOf('USD', 3490))).toMatchObject({ params: { max: '34.90' } });
  });

  it('a currency nobody knows is still read, without signs', () => {
    expect([said('5', shippedOf('')), said('5', shippedOf('XYZ')), said('XYZ 5', shippedOf('XYZ'))]).toEqual([
      500, 500, 500,
    ]);
  });
});

describe('CAN-2 CAN-3: what an order allows', () => {
  it('CAN-2: before it is shipped only all of it', () => {
    const open: Refundable = { ...shippedOf('USD', 3490), shipped: false };
    expect(
      ['34.90', 'full', '34.89', '0.01', '34.91', '0', '-34.90'].map((text) => said(text, open)),
    ).toEqual([
      3490,
      3490,
      'amount_partial_unshipped',
      'amount_partial_unshipped',
      'amount_too_high',
      'amount_not_positive',
      'amount_not_positive',
    ]);
  });

  it('CAN-3: a free order has its own path, whatever is typed', () => {
    const free: Refundable = { currency: 'USD', refundable: 0, shipped: false, free: true };
    for (const text of ['', '0', '5', 'full', 'NaN'])
      expect(said(text, free)).toBe('zero_order_needs_confirm');
  });

  it('CAN-1: with nothing left, nothing can be typed', () => {
    for (const refundable of [0, -5]) {
      expect(said('0.01', shippedOf('USD', refundable))).toBe('amount_too_high');
      expect(said('full', shippedOf('USD', refundable))).toBe('amount_not_positive');
    }
  });
});

describe('CAN-1: properties of typed amounts', () => {
  const currency = fc.constantFrom('USD', 'EUR', 'JPY', 'KWD', 'INR', 'AED');
  const amounts = fc.record({
    currency,
    refundable: fc.integer({ min: -5, max: 2_000_000_000 }),
    shipped: fc.boolean(),
    free: fc.boolean(),
  });
  const signs = fc.constantFrom(
    ..."0123456789.,-+eExXnNaAIfil \u00a0'$€¥USDEUR٣٤٫٬３４．，\u200f\u202e_()%".split(''),
  );

  it('whatever is typed, an amount that is taken is above 0, whole, and within what can be refunded', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.string({ unit: signs, maxLength: 12 })),
        amounts,
        (text, given) => {
          const read = parseRefundAmount(text, given);
          if (!read.ok) return;
          expect(Number.isSafeInteger(read.amount)).toBe(true);
          expect(read.amount).toBeGreaterThan(0);
          expect(read.amount).toBeLessThanOrEqual(given.refundable);
          expect(given.free).toBe(false);
          if (!given.shipped) expect(read.amount).toBe(given.refundable);
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('what the app writes is read as it was', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2_000_000_000 }), currency, (amount, code) => {
        expect(said(toDecimal({ amount, currency: code }), shippedOf(code, amount))).toBe(amount);
      }),
    );
  });

  it('as any country writes an amount, it is read right or refused, never as another amount', () => {
    const locale = fc.constantFrom(
      'en-US',
      'de-DE',
      'fr-FR',
      'de-CH',
      'ja-JP',
      'ar-EG',
      'hi-IN',
      'pl-PL',
      'sv-SE',
      'pt-BR',
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2_000_000_000 }), currency, locale, (amount, code, country) => {
        const decimal = toDecimal({ amount, currency: code });
        const text = new Intl.NumberFormat(country, { style: 'currency', currency: code }).format(
          Number(decimal),
        );
        expect([amount, 'amount_invalid', 'amount_decimals']).toContain(
          said(text, shippedOf(code, 2_000_000_000)),
        );
      }),
      { numRuns: 1000 },
    );
  });
});
