/** Where a shop's calls go: its own address, or a stand-in's origin that is told the shop by a header. */
export function reach(
  shop: string,
  path: string,
  origin: string | undefined,
): { url: string; headers: Record<string, string> } {
  return origin === undefined
    ? { url: `https://${shop}${path}`, headers: {} }
    : { url: `${origin}${path}`, headers: { 'X-Shopify-Shop-Domain': shop } };
}

// Remix puts its own fetch in place of Node's when its server starts.
const nodeFetch = globalThis.fetch;

/** A fetch for Shopify's own libraries that leads `https://*.myshopify.com` to the stand-in and leaves the rest alone. */
export function fetchThrough(origin: string): typeof fetch {
  return async (input, init) => {
    const asked = new URL(input instanceof Request ? input.url : String(input));
    if (!asked.hostname.endsWith('.myshopify.com')) return nodeFetch(input, init);
    const { url, headers } = reach(asked.hostname, `${asked.pathname}${asked.search}`, origin);
    const given = new Headers(init?.headers);
    for (const [name, value] of Object.entries(headers)) given.set(name, value);
    return nodeFetch(url, { ...init, headers: given });
  };
}
