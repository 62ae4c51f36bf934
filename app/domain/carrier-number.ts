/** Posts whose parcels alone have this end of an international number; others share theirs with a sister company. */
const posts: Readonly<Record<string, string>> = {
  US: 'USPS',
  CA: 'Canada Post',
  JP: 'Japan Post',
  SG: 'Singapore Post',
  HK: 'Hongkong Post',
};

/** The eight digits before the check digit of an international postal number (UPU S10). */
function s10Holds(digits: string): boolean {
  const weights = [8, 6, 4, 2, 3, 5, 9, 7];
  const sum = weights.reduce((all, weight, i) => all + weight * Number(digits[i]), 0);
  const check = 11 - (sum % 11);
  return Number(digits[8]) === (check === 10 ? 0 : check === 11 ? 5 : check);
}

/** The check digit of a UPS number: letters count as digits, every second one twice. */
function upsHolds(number: string): boolean {
  const values = Array.from(number.slice(2), (sign) =>
    /\d/.test(sign) ? Number(sign) : (sign.charCodeAt(0) - 63) % 10,
  );
  const sum = values.slice(0, -1).reduce((all, value, i) => all + (i % 2 === 0 ? value : value * 2), 0);
  return (10 - (sum % 10)) % 10 === values.at(-1);
}

/** The check digit of a 22-digit number: every second digit three times, from the right. */
function uspsHolds(number: string): boolean {
  const sum = Array.from(number.slice(0, -1)).reduce(
    (all, digit, i) => all + Number(digit) * (i % 2 === 0 ? 3 : 1),
    0,
  );
  return (10 - (sum % 10)) % 10 === Number(number.at(-1));
}

/**
 * Amazon's code of the carrier that a tracking number alone tells for certain, by its form and check digit; null for all
 * others. Numbers starting with 92 or 93 are brought by USPS for other carriers, JJD numbers are of several.
 */
export function carrierOfNumber(tracking: string): string | null {
  const number = tracking.toUpperCase().replace(/[\s-]/g, '');
  if (/^1Z[0-9A-Z]{15}\d$/.test(number)) return upsHolds(number) ? 'UPS' : null;
  if (/^94\d{20}$/.test(number)) return uspsHolds(number) ? 'USPS' : null;
  const post = /^[A-Z]{2}(\d{9})([A-Z]{2})$/.exec(number);
  return post && s10Holds(post[1] ?? '') ? (posts[post[2] ?? ''] ?? null) : null;
}
