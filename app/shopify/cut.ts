/** Characters that Shopify takes in a title, an SKU, or a line of an address. */
const longest = 255;

/** A text no longer than Shopify takes it in one line; no character is cut in half. */
export const cut = (text: string): string => Array.from(text).slice(0, longest).join('');
