const marks = /[\u0300-\u036f]/gu;
const letters: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ı: 'i',
  æ: 'ae',
  œ: 'oe',
};

/** A name without letter case, width, accents, signs and blanks, in any script; empty where nothing is left. */
export function plainName(name: string): string {
  const plain = name
    .replace(/[®™©℠]/gu, '')
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replace(marks, '')
    .normalize('NFC');
  return plain.replace(/[ßøłđıæœ]/gu, (one) => letters[one] ?? one).replace(/[^\p{L}\p{M}\p{N}]/gu, '');
}

/** The words of a name, each as `plainName` writes it. */
export function plainWords(name: string): string[] {
  return name
    .normalize('NFKC')
    .split(/[\s\-–—_/.,()]+/u)
    .map(plainName)
    .filter((word) => word !== '');
}

const digitsOf = (text: string) => text.replace(/\D/g, '');

/** Whether two names of Latin letters are one slip apart: a letter too many, missing, wrong, or two exchanged. Digits are no slip. */
export function isOneSlipAway(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1 || digitsOf(a) !== digitsOf(b)) return false;
  if (!/^[a-z0-9]+$/.test(a + b)) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  if (short.length < long.length) return short.slice(at) === long.slice(at + 1);
  if (short.slice(at + 1) === long.slice(at + 1)) return true;
  const exchanged = short[at] === long[at + 1] && short[at + 1] === long[at];
  return exchanged && short.slice(at + 2) === long.slice(at + 2);
}
