/** Digits of a number that fits beside two digits of its parcel. */
const mostDigits = 13;
/** Parcels of one fulfilment whose place is written plainly; the ends from here on mark a reference that is none. */
const mostPlain = 90;
const mixedEnd = '99';

/** Thirteen digits without a leading zero out of a text, always the same ones (FNV-1a of 64 bits). */
function mixed(text: string): string {
  const hash = [...new TextEncoder().encode(text)].reduce(
    (sum, byte) => BigInt.asUintN(64, (sum ^ BigInt(byte)) * 0x100000001b3n),
    0xcbf29ce484222325n,
  );
  const smallest = 10n ** BigInt(mostDigits - 1);
  return (smallest + (hash % (9n * smallest))).toString();
}

/**
 * Our reference of a parcel on Amazon: a positive number of at most 15 digits (Amazon takes no other text), the same each
 * time, so that repeating it is an edit (FUL-2). `index` tells the parcels of one Shopify fulfilment apart, from 0 on.
 */
export function packageReference(fulfillment: string, index = 0): string {
  const number = /^gid:\/\/shopify\/Fulfillment\/([1-9]\d*)$/.exec(fulfillment)?.[1] ?? '';
  const fits = number !== '' && number.length <= mostDigits && index < mostPlain;
  return fits
    ? `${number}${String(index).padStart(2, '0')}`
    : `${mixed(`${fulfillment}#${index}`)}${mixedEnd}`;
}
