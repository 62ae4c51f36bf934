const digits = /^-?\d+$/;

/** The third argument tells how a value was written; TypeScript's library does not know of it yet. */
function keepDigits(_: string, value: unknown, written?: { readonly source?: string }): unknown {
  const source = written?.source;
  return typeof value === 'number' && source !== undefined && digits.test(source) ? source : value;
}

/**
 * Parses JSON with every whole number as its digits: Shopify's ids exceed 2^53, and as numbers they would be damaged in
 * silence. Throws where the text is no JSON.
 */
export function parseExactly(text: string): unknown {
  return JSON.parse(text, keepDigits) as unknown;
}
