import * as currencies from 'dinero.js/currencies';

/** An amount in minor units (cents, yen) of one currency, always a safe integer. */
export interface Money {
  readonly amount: number;
  readonly currency: string;
}

/** What reading a decimal text gave: the money, and whether it held more decimals than the currency has. */
export interface ParsedMoney {
  readonly money: Money;
  readonly rounded: boolean;
}

// The library counts the ariary and the ouguiya in fifths; services write them with two decimals, as ISO 4217 says.
const exponents = new Map(
  Object.values(currencies).map((c) => [c.code as string, (c.base as number) === 10 ? c.exponent : 2]),
);
const decimalPattern = /^([+-]?)(\d+)(?:\.(\d*))?$|^([+-]?)\.(\d+)$/;

/** Decimals of an ISO 4217 currency (JPY 0, USD 2, KWD 3); 2 for a code that is not in the list. */
export function currencyDecimals(currency: string): number {
  return exponents.get(currency) ?? 2;
}

/** True when the code is a currency of ISO 4217. */
export function isKnownCurrency(currency: string): boolean {
  return exponents.has(currency);
}

/**
 * Reads a decimal text like `12.30` into minor units. Digits beyond the currency's decimals are rounded half away from
 * zero and reported. Null for what is no plain decimal, or too large to be exact.
 */
export function parseMoney(text: string, currency: string): ParsedMoney | null {
  const match = decimalPattern.exec(text.trim());
  if (!match) return null;
  const sign = (match[1] ?? match[4]) === '-' ? -1 : 1;
  const whole = match[2] ?? '0';
  const fraction = match[3] ?? match[5] ?? '';
  const decimals = currencyDecimals(currency);
  const kept = fraction.slice(0, decimals).padEnd(decimals, '0');
  const rest = fraction.slice(decimals);
  const up = rest !== '' && rest.charCodeAt(0) >= 53 ? 1 : 0;
  const amount = Number(whole + kept) + up;
  if (!Number.isSafeInteger(amount)) return null;
  return { money: { amount: amount === 0 ? 0 : sign * amount, currency }, rounded: /[1-9]/.test(rest) };
}

/** The decimal text services expect: `12.30`, `-0.05`, `3490` for JPY. */
export function toDecimal(money: Money): string {
  return sumToDecimal(BigInt(money.amount), money.currency);
}

/** The decimal text of a sum in minor units, however large: `12.30`, `-0.05`, `3490` for JPY. */
export function sumToDecimal(amount: bigint, currency: string): string {
  const decimals = currencyDecimals(currency);
  const digits = String(amount < 0n ? -amount : amount).padStart(decimals + 1, '0');
  const text = decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
  return amount < 0n ? `-${text}` : text;
}

/** Nothing, in a currency. */
export function zero(currency: string): Money {
  return { amount: 0, currency };
}

/** The sum; amounts of different currencies are a bug and throw. */
export function add(a: Money, b: Money): Money {
  if (a.currency !== b.currency) throw new Error(`Added ${a.currency} to ${b.currency}`);
  return { amount: a.amount + b.amount, currency: a.currency };
}

/** The first less the second; different currencies throw. */
export function subtract(a: Money, b: Money): Money {
  return add(a, { amount: -b.amount, currency: b.currency });
}

/** The sum of many, zero of the given currency for none. */
export function sum(currency: string, amounts: readonly Money[]): Money {
  return amounts.reduce(add, zero(currency));
}

/**
 * Splits an amount by weights so that the parts add up to it exactly; the minor units left over go to the first parts
 * that have a weight. Without any weight all goes to the first part; weights are never negative, and there is one at least.
 */
export function allocate(money: Money, weights: readonly number[]): Money[] {
  const total = weights.reduce((a, b) => a + b, 0);
  const shares = total > 0 ? weights : weights.map((_, i) => (i === 0 ? 1 : 0));
  const whole = total > 0 ? total : 1;
  const parts = shares.map((w) => Math.trunc((money.amount * w) / whole));
  let rest = money.amount - parts.reduce((a, b) => a + b, 0);
  for (let i = 0; rest !== 0 && shares.length > 0; i = (i + 1) % shares.length) {
    if (shares[i] === 0) continue;
    parts[i] = (parts[i] ?? 0) + Math.sign(rest);
    rest -= Math.sign(rest);
  }
  return parts.map((amount) => ({ amount: amount === 0 ? 0 : amount, currency: money.currency }));
}
