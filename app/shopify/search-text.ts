/** A value inside Shopify's search syntax, quoted so that it is taken as one word whatever it holds. */
export function quoted(value: string): string {
  return `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

/** Orders that carry a text in a place of its own: as source identifier, name or tag. */
export function inItsPlaces(text: string): string {
  return ['source_identifier', 'name', 'tag'].map((field) => `${field}:${quoted(text)}`).join(' OR ');
}

/** The same, and orders in whose texts it stands: without a field. How far Shopify looks then is not documented. */
export function anywhere(text: string): string {
  return `${inItsPlaces(text)} OR ${quoted(text)}`;
}
