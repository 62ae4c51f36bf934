import type { Oddity, TimeWindow } from '../domain/amazon-order.ts';
import { parseMoney } from '../domain/money.ts';
import type { Money } from '../domain/money.ts';
import type { RawMoney, RawRange } from './schema.ts';

const idPattern = /^[\x21-\x7e]{1,64}$/;
// Control characters but tab and line feed, and halves of surrogate pairs: Postgres, XML or Shopify refuse them.
const unprintable = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]|\p{Surrogate}/gu;

/** An opaque id of Amazon's: printable ASCII of up to 64 characters. Whole numbers pass too. Null for all else. */
export function readId(value: unknown): string | null {
  const text = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value;
  return typeof text === 'string' && idPattern.test(text) ? text : null;
}

/** The currency that an amount names, upper case; null where it names none. */
export function currencyCode(value: RawMoney): string | null {
  const code = value?.currencyCode?.trim().toUpperCase() ?? '';
  return /^[A-Z]{3}$/.test(code) ? code : null;
}

/** Reads the leaves of one order and keeps what was odd about them. */
export class Reading {
  readonly oddities: Oddity[] = [];
  /** The order's own currency; money in another one is left out. Null where no money names one. */
  readonly currency: string | null;

  constructor(currency: string | null) {
    this.currency = currency;
  }

  /** Notes something odd. Never give a value that could be the buyer's. */
  odd(field: string, what: Oddity['what'], value?: string): void {
    const shown = value?.slice(0, 60).replace(unprintable, '');
    this.oddities.push(shown === undefined ? { field, what } : { field, what, value: shown });
  }

  /** A text without control characters; null where there is none or nothing is left. */
  text(value: string | null | undefined, field: string): string | null {
    if (value === null || value === undefined || value === '') return null;
    const lines = value.replaceAll('\r\n', '\n');
    const clean = lines.replace(unprintable, '');
    if (clean !== lines) this.odd(field, 'text_cleaned');
    return clean === '' ? null : clean;
  }

  /** Texts of a list, empty ones left out. */
  texts(values: readonly (string | null)[] | null | undefined, field: string): string[] {
    return (values ?? []).flatMap((value, i) => this.text(value, `${field}[${i}]`) ?? []);
  }

  /** A whole number that is not negative; null, and odd, where something else stands. */
  count(value: number | string | null | undefined, field: string): number | null {
    if (value === null || value === undefined) return null;
    const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
    if (typeof number === 'number' && Number.isSafeInteger(number) && number >= 0) return number;
    this.odd(field, 'not_a_number', String(value));
    return null;
  }

  /** Milliseconds UTC of an ISO 8601 text; null, and odd, where it is none. */
  time(value: string | null | undefined, field: string): number | null {
    if (value === null || value === undefined || value === '') return null;
    const ms = /^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(value) : NaN;
    if (!Number.isNaN(ms)) return ms;
    this.odd(field, 'unknown_value', value);
    return null;
  }

  /** Both ends of a window, each as Amazon wrote it, null where it cannot be read. */
  window(value: RawRange, field: string): TimeWindow {
    const end = (text: string | null | undefined, name: string) =>
      this.time(text, `${field}.${name}`) === null ? null : (text ?? null);
    return {
      earliest: end(value?.earliestDateTime, 'earliestDateTime'),
      latest: end(value?.latestDateTime, 'latestDateTime'),
    };
  }

  /** Money in the order's currency; null where there is none, where it cannot be read, or where its currency is another. */
  money(value: RawMoney, field: string): Money | null {
    if (!value) return null;
    if (value.amount === null || value.amount === undefined) {
      this.odd(`${field}.amount`, 'absent');
      return null;
    }
    const currency = currencyCode(value);
    if (currency === null || currency !== this.currency) {
      this.odd(field, currency === null ? 'unknown_value' : 'currency_mixed', value.currencyCode ?? '');
      return null;
    }
    const parsed = parseMoney(String(value.amount), currency);
    if (!parsed) this.odd(`${field}.amount`, 'not_a_number', String(value.amount));
    if (parsed?.rounded) this.odd(`${field}.amount`, 'too_many_decimals', String(value.amount));
    return parsed?.money ?? null;
  }
}
