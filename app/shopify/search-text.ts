/** A value inside Shopify's search syntax, quoted so that it is taken as one word whatever it holds. */
export function quoted(value: string): string {
  return `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
