import { currencyDecimals, toDecimal } from './money.ts';
import type { Params } from './problem.ts';

/** Why a typed amount is not taken; each key has one sentence of its own. */
type AmountGuard =
  | 'amount_invalid'
  | 'amount_not_positive'
  | 'amount_decimals'
  | 'amount_too_high'
  | 'amount_partial_unshipped'
  | 'zero_order_needs_confirm';

/** An amount in minor units, or why there is none with the values of its sentence. */
export type RefundAmount =
  | { readonly ok: true; readonly amount: number }
  | { readonly ok: false; readonly guard: AmountGuard; readonly params: Params };

/** What an amount is judged by; `refundable` in minor units, `free`: the order cost nothing (CAN-3). */
export interface Refundable {
  readonly currency: string;
  readonly refundable: number;
  readonly shipped: boolean;
  readonly free: boolean;
}

/** A number as it was written: digits only, so that nothing is lost before it is judged. */
interface Written {
  readonly negative: boolean;
  readonly whole: string;
  readonly fraction: string;
}

const longest = 64;
const marks = /[\u200e\u200f\u061c]/gu;
const signs: Readonly<Record<string, readonly string[]>> = { JPY: ['円'] };
const minus = /^[-\u2212\uff0d\ufe63]/u;
const plus = /^[+\uff0b]/u;

/** The value of any script's digit: each script has its ten in a row. */
function digitOf(sign: string): string {
  const code = sign.codePointAt(0) ?? 0;
  let before = 0;
  while (/\p{Nd}/u.test(String.fromCodePoint(code - before - 1))) before += 1;
  return String(before % 10);
}

/** Points, commas and digits of all scripts as the plain ones; spaces that part thousands as apostrophes. */
function plain(text: string): string {
  return text
    .replace(/\p{Nd}/gu, digitOf)
    .replace(/[\uff0e\u066b]/gu, '.')
    .replace(/\uff0c/gu, ',')
    .replace(/(?<=\d)[ \u00a0\u202f\u2009\u2019\u066c](?=\d)/gu, "'");
}

function signsOf(currency: string): string[] {
  const written = ['en', 'en-CA'].flatMap((locale) =>
    (['code', 'symbol', 'narrowSymbol'] as const).flatMap((currencyDisplay) =>
      new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay })
        .formatToParts(0)
        .flatMap(({ type, value }) => (type === 'currency' ? [value] : [])),
    ),
  );
  return [...written, ...(signs[currency] ?? [])].sort((a, b) => b.length - a.length);
}

/** Takes the currency's own code or sign away, once before and once behind the number. */
function withoutCurrency(text: string, currency: string): string {
  if (!/^[A-Z]{3}$/.test(currency)) return text;
  const known = signsOf(currency).map((one) => one.toUpperCase());
  const lead = text.replaceAll('\uffe5', '¥');
  const front = known.find((one) => lead.slice(0, one.length).toUpperCase() === one);
  const rest = front === undefined ? lead : lead.slice(front.length).trimStart();
  const back = known.find((one) => rest.slice(-one.length).toUpperCase() === one);
  return back === undefined ? rest : rest.slice(0, -back.length).trimEnd();
}

/**
 * Whole part and decimals of an unsigned number. A point alone is the decimal sign; a comma alone is one unless it may
 * as well part thousands (`1,234`), which nobody can tell where the currency has decimals. Null: not a plain number.
 */
function parted(text: string, decimals: number): Omit<Written, 'negative'> | null {
  const simple = /^(\d*)(?:([.,])(\d+))?$/.exec(text);
  if (simple) {
    const [, whole = '', sign, fraction = ''] = simple;
    if (whole === '' && fraction === '') return null;
    const grouped = sign === ',' && /^[1-9]\d{0,2}$/.test(whole) && fraction.length === 3;
    if (!grouped) return { whole, fraction };
    return decimals === 0 ? { whole: whole + fraction, fraction: '' } : null;
  }
  for (const [group, point] of [
    [',', '.'],
    ['.', ','],
    ["'", '.'],
    ["'", ','],
  ] as const) {
    const [whole = '', fraction, ...more] = text.split(point);
    const groups = whole.split(group);
    // Thousands, or India's way of parting: two digits each and three at the end.
    const inGroups = /^[1-9]\d{0,2}( \d{3})+$|^[1-9]\d?( \d{2})+ \d{3}$/.test(groups.join(' '));
    const clean = fraction === undefined || /^\d+$/.test(fraction);
    if (more.length === 0 && inGroups && clean) return { whole: groups.join(''), fraction: fraction ?? '' };
  }
  return null;
}

function written(text: string, currency: string): Written | null {
  const number = plain(text.replace(marks, '').trim());
  const first = minus.test(number);
  const bare = withoutCurrency(first || plus.test(number) ? number.slice(1).trimStart() : number, currency);
  const second = !first && !plus.test(number) && minus.test(bare);
  const parts = parted(second ? bare.slice(1) : bare, currencyDecimals(currency));
  return parts && { negative: first || second, ...parts };
}

/**
 * The refund that a person typed for a cancel or refund (CAN-1, CAN-2, CAN-3), or `full` for all that is refundable. Takes
 * spaces, the currency's own sign or code, digits of any script, and comma or point where only one reading is possible;
 * never an exponent, a hexadecimal number, or a word. Before anything is shipped only all of it can be refunded, because
 * Amazon voids the whole order whatever is typed.
 */
export function parseRefundAmount(text: string, given: Refundable): RefundAmount {
  const { currency, refundable, shipped, free } = given;
  const decimals = currencyDecimals(currency);
  const max = toDecimal({ amount: Math.max(0, refundable), currency });
  const refuse = (guard: AmountGuard): RefundAmount => ({
    ok: false,
    guard,
    params: { currency, decimals, max },
  });
  if (free) return refuse('zero_order_needs_confirm');
  if (text.length > longest) return refuse('amount_invalid');
  if (/^\s*full\s*$/i.test(text))
    return refundable > 0 ? { ok: true, amount: refundable } : refuse('amount_not_positive');
  const number = written(text, currency);
  if (!number) return refuse('amount_invalid');
  if (number.negative || !/[1-9]/.test(number.whole + number.fraction)) return refuse('amount_not_positive');
  if (number.fraction.length > decimals) return refuse('amount_decimals');
  const minor = BigInt(number.whole + number.fraction.padEnd(decimals, '0'));
  if (minor > BigInt(Math.max(0, refundable))) return refuse('amount_too_high');
  if (!shipped && minor < BigInt(refundable)) return refuse('amount_partial_unshipped');
  return { ok: true, amount: Number(minor) };
}
