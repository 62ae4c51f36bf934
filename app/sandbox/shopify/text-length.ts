/** How many characters a text has, counted as Shopify does: an emoji is one. */
export function textLength(text: string): number {
  return Array.from(text).length;
}
