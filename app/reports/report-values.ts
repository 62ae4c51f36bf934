import { currencyDecimals, parseMoney } from '../domain/money.ts';

/** Such a sign parts thousands, not decimals, in a currency that has fewer than three of them. */
const oneThousandsSign = /^[+-]?[1-9]\d{0,2}[.,]\d{3}$/;

/**
 * An amount as reports write it, in minor units of the currency; null for what is no amount, or has more decimals than the
 * currency. Reports of some marketplaces part decimals by a comma, and some files part thousands: where both signs stand, the
 * last one parts the decimals.
 */
export function amountIn(text: string, currency: string): number | null {
  const bare = text
    .trim()
    .replace(/^"|"$/g, '')
    .replace(/[\s\u00a0]/g, '');
  const last = Math.max(bare.lastIndexOf('.'), bare.lastIndexOf(','));
  const sign = bare[last];
  const isThousands =
    (sign !== undefined && bare.split(sign).length > 2) ||
    (oneThousandsSign.test(bare) && currencyDecimals(currency) < 3);
  const plain =
    last < 0 || isThousands
      ? bare.replace(/[.,]/g, '')
      : `${bare.slice(0, last).replace(/[.,]/g, '')}.${bare.slice(last + 1)}`;
  const read = parseMoney(plain, currency);
  return read === null || read.rounded ? null : read.money.amount;
}

const shapes: readonly RegExp[] = [
  /^(?<y>\d{4})[-/](?<m>\d\d)[-/](?<d>\d\d)(?:[T ](?<time>\d\d:\d\d(?::\d\d)?)(?:\.\d+)?)?\s*(?<zone>Z|UTC|GMT|[+-]\d\d:?\d\d)?$/,
  /^(?<d>\d\d)\.(?<m>\d\d)\.(?<y>\d{4})(?:[T ](?<time>\d\d:\d\d(?::\d\d)?))?\s*(?<zone>Z|UTC|GMT|[+-]\d\d:?\d\d)?$/,
];
// Returns reports say 21-Nov-2026.
const named = /^(?<d>\d\d?)-(?<name>[A-Za-z]{3})-(?<y>\d{4})$/;
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

function monthOf(name: string): string | null {
  const at = months.indexOf(name.toLowerCase());
  return at < 0 ? null : String(at + 1).padStart(2, '0');
}

/** A moment as reports write it (ms UTC; without a zone it is UTC); null for what is none. */
export function momentIn(text: string): number | null {
  const bare = text.trim().replace(/^"|"$/g, '');
  const parts = [...shapes, named].map((shape) => shape.exec(bare)?.groups).find((found) => found);
  if (!parts) return null;
  const { y = '', m = monthOf(parts['name'] ?? '') ?? '', d = '', time = '00:00', zone = 'Z' } = parts;
  const offset = /^[+-]/.test(zone) ? `${zone.slice(0, 3)}:${zone.slice(-2)}` : 'Z';
  const at = Date.parse(`${y}-${m}-${d.padStart(2, '0')}T${time}${offset}`);
  return Number.isNaN(at) ? null : at;
}
