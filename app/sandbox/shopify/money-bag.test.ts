import { describe, expect, it } from 'vitest';
import { mapBag, moneyV2, readBag, type Bag } from './money-bag.ts';

const usd = (amount: number): Bag => ({
  shop: { amount, currency: 'USD' },
  presentment: { amount, currency: 'USD' },
});

describe('moneyV2', () => {
  it.each([
    [1000, 'USD', '10.0'],
    [1250, 'USD', '12.5'],
    [1234, 'USD', '12.34'],
    [-5, 'USD', '-0.05'],
    [3490, 'JPY', '3490.0'],
    [1234, 'KWD', '1.234'],
  ])('writes %i %s as %s', (amount, currency, text) => {
    expect(moneyV2({ amount, currency })).toEqual({ amount: text, currencyCode: currency });
  });
});

describe('readBag', () => {
  const money = (amount: string | number, currencyCode = 'USD') => ({ amount, currencyCode });

  it('takes the shop amount for both where the currencies are one', () => {
    expect(readBag({ shopMoney: money('12.30') }, 'USD', 'USD')).toEqual(usd(1230));
  });

  it('keeps both where they differ', () => {
    const read = readBag({ shopMoney: money(10), presentmentMoney: money(1500, 'JPY') }, 'USD', 'JPY');
    expect(read).toEqual({
      shop: { amount: 1000, currency: 'USD' },
      presentment: { amount: 1500, currency: 'JPY' },
    });
  });

  it.each([
    [{ shopMoney: money('1.001') }, 'Amount has more than 2 decimals'],
    [{ shopMoney: money('1', 'EUR') }, 'Currency EUR must be USD'],
    [{ shopMoney: money('99999999999999999') }, 'Amount is not a number'],
  ])('says what is wrong with %j', (input, sentence) => {
    expect(readBag(input, 'USD', 'USD')).toBe(sentence);
  });

  it('asks for the presentment amount where the currencies differ', () => {
    expect(readBag({ shopMoney: money('1') }, 'USD', 'EUR')).toContain('Presentment money must be given');
  });
});

it('mapBag rounds half away from zero', () => {
  expect(mapBag(usd(5), (amount) => amount / 2)).toEqual(usd(3));
  expect(mapBag(usd(-5), (amount) => amount / 2)).toEqual(usd(-3));
});
