import { dayAt } from '../domain/local-time.ts';
import { currencyDecimals, toDecimal, type Money } from '../domain/money.ts';

/** How times and numbers are written: BCP 47 language, IANA time zone, and the server's time in ms UTC. */
export interface Style {
  readonly language: string;
  readonly timeZone: string;
  readonly now: number;
}

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const;

/** The largest unit of which a time (ms) holds at least one, and how many; seconds for less than one. */
function inUnits(ms: number): { unit: (typeof units)[number][0]; count: number } {
  const size = Math.abs(ms);
  const [unit, length] = units.find(([, each]) => size >= each) ?? units[3];
  return { unit, count: Math.trunc(ms / length) };
}

/** `34.90 USD`, `3,490 JPY`: Intl's number with the currency's own decimals, then its code. */
export function formatMoney(money: Money, language: string): string {
  return formatSum(toDecimal(money), money.currency, language);
}

/** The same of a decimal text, which may be larger than a number is exact. */
export function formatSum(decimal: string, currency: string, language: string): string {
  const decimals = currencyDecimals(currency);
  const number = new Intl.NumberFormat(language, {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  return `${number.format(decimal as Intl.StringNumericLiteral)}\u00a0${currency}`;
}

/** `3 hr`, `40 sec`: how long a time (ms) is, whichever way it points. */
export function formatLength(ms: number, language: string): string {
  const { unit, count } = inUnits(ms);
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short' }).format(
    Math.abs(count),
  );
}

/** `34,90`: a decimal text with the decimals it has, as a person would type it. */
export function formatDecimal(text: string, language: string): string {
  const decimals = text.split('.')[1]?.length ?? 0;
  return new Intl.NumberFormat(language, {
    useGrouping: false,
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  }).format(text as Intl.StringNumericLiteral);
}

/** `0.73`: a percentage with two decimals. */
export function formatPercent(value: number, language: string): string {
  return new Intl.NumberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(
    value,
  );
}

/** `order, report`: words one after the other. */
export function formatList(words: readonly string[], language: string): string {
  return new Intl.ListFormat(language, { style: 'narrow' }).format(words);
}

/** `1:42`: minutes and seconds that are left (ms); none of them below zero. */
export function formatClock(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** `in 3 hours`, `40 seconds ago`, `tomorrow`: from 24 hours on, days as a calendar in the time zone has them. */
export function formatRelative(at: number, { language, timeZone, now }: Style): string {
  const { unit, count } = inUnits(at - now);
  const words = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  if (unit !== 'day') return words.format(count, unit);
  const days = (Date.parse(dayAt(at, timeZone)) - Date.parse(dayAt(now, timeZone))) / 86_400_000;
  // Where the clock is set back, 24 hours may begin and end on one day.
  return days === 0 ? words.format(24 * count, 'hour') : words.format(days, 'day');
}

/** `Nov 24, 23:59 UTC`, with the year where it is another one. */
export function formatMoment(at: number, style: Style): string {
  const year = (ms: number) =>
    new Intl.DateTimeFormat('en', { timeZone: style.timeZone, year: 'numeric' }).format(ms);
  return new Intl.DateTimeFormat(style.language, {
    timeZone: style.timeZone,
    ...(year(at) === year(style.now) ? {} : { year: 'numeric' }),
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  }).format(at);
}

/** `Mar 3, 2027`: the day alone, with its year. */
export function formatDay(at: number, style: Style): string {
  return new Intl.DateTimeFormat(style.language, { timeZone: style.timeZone, dateStyle: 'medium' }).format(
    at,
  );
}

/** A day of the calendar (`2026-11-22`) as people write it. */
export function formatCalendarDay(day: string, style: Style): string {
  return formatDay(Date.parse(`${day}T00:00:00Z`), { ...style, timeZone: 'UTC' });
}

/** A moment with year and seconds, for tooltips. */
export function formatExactly(at: number, style: Style): string {
  return new Intl.DateTimeFormat(style.language, {
    timeZone: style.timeZone,
    dateStyle: 'medium',
    timeStyle: 'long',
    hourCycle: 'h23',
  }).format(at);
}
