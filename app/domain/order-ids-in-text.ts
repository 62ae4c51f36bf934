import { amazonOrderId, type AmazonOrderId } from './ids.ts';

const pattern = /(?<!\d)(\d{3})[-\u2010-\u2015\u2212](\d{7})[-\u2010-\u2015\u2212](\d{7})(?!\d)/g;

/** Longer texts are cut: no message of a buyer, and no mail of Amazon's, is as long. */
export const longestText = 200_000;

/**
 * Amazon's order ids in a text, each once, in their order: 3-7-7 digits, also full-width ones or with another kind of hyphen,
 * as mail programs make them. Nothing else of the text is kept.
 */
export function orderIdsIn(text: string): AmazonOrderId[] {
  const plain = text.slice(0, longestText).normalize('NFKC');
  const ids = [...plain.matchAll(pattern)].map(([, a, b, c]) => `${a ?? ''}-${b ?? ''}-${c ?? ''}`);
  return [...new Set(ids)].map(amazonOrderId);
}
