import { describe, expect, it } from 'vitest';
import {
  formatDecimal,
  formatLength,
  formatList,
  formatMoment,
  formatMoney,
  formatRelative,
  type Style,
} from './format.ts';

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

  const hour = 3_600_000;
  it.each([
    // At noon two days ahead is not tomorrow, though 48 hours are not over.
    ['2026-11-24T12:00Z', 'UTC', 47, 'in 2 days', '2 days ago'],
    ['2026-11-24T12:00Z', 'UTC', 24, 'tomorrow', 'yesterday'],
    ['2026-11-24T12:00Z', 'UTC', 35.9, 'tomorrow', 'yesterday'],
    ['2026-11-24T12:00Z', 'UTC', 36.1, 'in 2 days', '2 days ago'],
    // From the day's first minutes on, 47 hours end on the next day; from its last, they go back to the day before.
    ['2026-11-24T00:10Z', 'UTC', 47, 'tomorrow', '2 days ago'],
    ['2026-11-24T23:50Z', 'UTC', 47, 'in 2 days', 'yesterday'],
    // Midnight is the shop's.
    ['2026-11-24T15:10Z', 'Asia/Tokyo', 47, 'tomorrow', '2 days ago'],
    ['2026-11-24T12:00Z', 'UTC', 23.9, 'in 23 hours', '23 hours ago'],
    // A day of 25 hours, from its first moment and to its last; one of 23 hours, from the evening before it.
    ['2026-10-24T22:00Z', 'Europe/Berlin', 24, 'in 24 hours', 'yesterday'],
    ['2026-10-25T22:59Z', 'Europe/Berlin', 24, 'tomorrow', '24 hours ago'],
    ['2026-03-28T22:30Z', 'Europe/Berlin', 24, 'in 2 days', 'yesterday'],
    ['2026-03-29T22:30Z', 'Europe/Berlin', 24, 'tomorrow', '2 days ago'],
  ])('counts days by the calendar: at %s in %s, %d h', (at, timeZone, hours, ahead, back) => {
    const there = { language: 'en', timeZone, now: Date.parse(at) };
    expect(formatRelative(there.now + hours * hour, there)).toBe(ahead);
    expect(formatRelative(there.now - hours * hour, there)).toBe(back);
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

  it.each([
    ['de', '1.234.567,89 USD', 'vor 3 Stunden', '40 Sek.', '24. Nov., 23:59 UTC'],
    ['fr', '1 234 567,89 USD', 'il y a 3 heures', '40 s', '24 nov., 23:59 UTC'],
    ['ro', '1.234.567,89 USD', 'acum 3 ore', '40 s', '24 nov., 23:59 UTC'],
    ['es', '1.234.567,89 USD', 'hace 3 horas', '40 s', '24 nov, 23:59 UTC'],
    ['vi', '1.234.567,89 USD', '3 giờ trước', '40 giây', '23:59 UTC 24 thg 11'],
    ['ja', '1,234,567.89 USD', '3 時間前', '40 秒', '11月24日 23:59 UTC'],
    ['zh-Hant', '1,234,567.89 USD', '3 小時前', '40 秒', '11月24日 23:59 [UTC]'],
  ])('IMP-3: writes money and times as %s does', (language, money, ago, length, moment) => {
    const own = { ...style, language };
    const said = [
      formatMoney({ amount: 123456789, currency: 'USD' }, language),
      formatRelative(now - 3 * 3_600_000, own),
      formatLength(40_000, language),
      formatMoment(Date.UTC(2026, 10, 24, 23, 59), own),
    ];
    expect(said.map((text) => text.replace(/[\u00a0\u202f]/g, ' '))).toEqual([money, ago, length, moment]);
  });

  it.each([
    ['34.90', 'en', '34.90'],
    ['34.90', 'de', '34,90'],
    ['1234567.5', 'fr', '1234567,5'],
    ['3490', 'ja', '3490'],
    ['0.000', 'vi', '0,000'],
  ])('writes the decimal %s as one types it in %s', (text, language, typed) => {
    expect(formatDecimal(text, language)).toBe(typed);
  });

  it('lines words up as the language does', () => {
    expect(formatList(['a', 'b'], 'en')).toBe('a, b');
    expect(formatList(['a', 'b'], 'de')).toBe('a und b');
    expect(formatList(['a', 'b'], 'ja')).toBe('a、b');
    expect(formatList([], 'de')).toBe('');
  });
});
