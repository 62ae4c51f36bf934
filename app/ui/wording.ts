import type { TFunction } from 'i18next';
import { parseMoney } from '../domain/money.ts';
import { formatClock, formatDecimal, formatLength, formatMoment, formatMoney, type Style } from './format.ts';

/** Every parameter that a sentence of a state or problem may hold; a test compares the locale files with it. */
export const parameterNames = (
  'a action age amazon amount app b by c clock condition currency d date diff done field gone guard h held ' +
  'id k label limit looked m marketplace n name rate role scope shipBy shopify since sku source state subject ' +
  't text time total value what whole why x y'
).split(' ');

const moments = new Set(['date', 'since', 'time', 'shipBy']);
const distances = new Set(['t', 'looked', 'age']);
/** Moments to which time runs: how much is left of it, like 1:42. */
const clocks = new Set(['clock']);
const amounts = new Set(['a', 'amount', 'b', 'c', 'd', 'diff', 'total', 'x', 'y']);
/** Percentages, in a sentence that tells of a rate. */
const rates = new Set(['rate', 'value']);
/** Others' words: the sentence around them has its own full stop. */
const quoted = new Set(['text', 'why']);
const decimalPattern = /^-?\d+(?:\.\d+)?$/;

/** What the database keeps for a sentence. */
export type Params = Readonly<Record<string, string | number>>;

function word(
  name: string,
  value: string | number,
  given: Params,
  t: TFunction,
  style: Style,
): string | number {
  const at = typeof value === 'number' ? value : Date.parse(value);
  if (moments.has(name) && !Number.isNaN(at)) return formatMoment(at, style);
  if (clocks.has(name) && !Number.isNaN(at)) return formatClock(at - style.now);
  if (distances.has(name) && !Number.isNaN(at)) return formatLength(at - style.now, style.language);
  if (name === 'amazon') return t(`amazonStatus.${value}`);
  if (name === 'shopify') return t(`shopifyStatus.${String(value).toLowerCase()}`);
  if (quoted.has(name)) return String(value).replace(/[.。]\s*$/u, '');
  const currency = given['currency'];
  if (amounts.has(name) && typeof currency === 'string' && decimalPattern.test(String(value))) {
    const read = parseMoney(String(value), currency);
    if (read) return formatMoney(read.money, style.language);
  }
  if (given['rate'] !== undefined && rates.has(name) && decimalPattern.test(String(value)))
    return formatDecimal(String(value), style.language);
  return value;
}

/** Takes the texts and numbers out of stored parameters, and leaves out what is empty or null. */
export function flatParams(params: unknown): Params {
  const flat: Record<string, string | number> = {};
  if (typeof params !== 'object' || params === null) return flat;
  for (const [name, value] of Object.entries(params)) {
    if (typeof value === 'number' || (typeof value === 'string' && value !== '')) flat[name] = value;
  }
  return flat;
}

/**
 * Makes stored parameters fit for a sentence. `date`, `since`, `time` and `shipBy` are moments (ms UTC or ISO 8601), `t` and `looked`
 * are moments whose distance from now is told, `amazon` and `shopify` are statuses, `text` and `why` are others' words and lose their last full stop, a decimal amount is money of the
 * parameter `currency`, `rate` and `value` beside it are percentages, the rest stands as it is. One that is absent reads "not known", and `<name>_given` (`yes` or
 * `no`) lets a sentence leave its part out.
 */
export function sayable(given: Params, t: TFunction, style: Style): Params {
  const words: Record<string, string | number> = {};
  for (const name of parameterNames) {
    const value = given[name];
    words[name] = value === undefined ? t('notKnown') : word(name, value, given, t, style);
    words[`${name}_given`] = value === undefined ? 'no' : 'yes';
  }
  return words;
}
