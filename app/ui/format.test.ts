import { describe, expect, it } from 'vitest';
import { formatLength, formatMoment, formatMoney, formatRelative, type Style } from './format.ts';

const now = Date.UTC(2026, 10, 24, 12, 0);
const style: Style = { language: 'en', timeZone: 'UTC', now };

describe('format', () => {
  it.each([
    [{ amount: 3490, currency: 'USD' }, '34.90 USD'],
    [{ amount: 3490, currency: 'JPY' }, '3,490 JPY'],
    [{ amount: -1234567, currency: 'KWD' }, '-1,234.567 KWD'],
    [{ amount: 0, currency: 'EUR' }, '0.00 EUR'],
  ])('IMP-3: writes money with its own decimals and its code: %j', (money, text) => {
    expect(formatMoney(money, 'en').replace('\u00a0', ' ')).toBe(text);
  });

  it.each([
    [40_000, 'in 40 seconds'],
    [-59 * 60_000, '59 minutes ago'],
    [3 * 3_600_000, 'in 3 hours'],
    [86_400_000, 'tomorrow'],
  ])('says how far a moment is: %i ms', (ms, text) => {
    expect(formatRelative(now + ms, style)).toBe(text);
  });

  it('says how long a time is, without direction', () => {
    expect(formatLength(-40_000, 'en')).toBe('40 sec');
  });

  it('writes a moment in the given zone, with the year where it is another one', () => {
    expect(formatMoment(Date.UTC(2026, 10, 24, 23, 59), style)).toBe('Nov 24, 23:59 UTC');
    expect(formatMoment(Date.UTC(2025, 0, 2, 0, 5), style)).toBe('Jan 2, 2025, 00:05 UTC');
    expect(formatMoment(Date.UTC(2026, 10, 24, 23, 59), { ...style, timeZone: 'Asia/Tokyo' })).toContain(
      'Nov 25, 08:59',
    );
  });
});
