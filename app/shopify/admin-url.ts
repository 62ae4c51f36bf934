import type { ShopDomain } from '../domain/ids.ts';
import type { Env } from '../lib/env.ts';

const shopifysAdmin = 'https://admin.shopify.com';

/** Where this app is in Shopify's admin. */
export interface AdminPlace {
  readonly apiKey: string;
  /** Origin of a stand-in for Shopify's admin; null: Shopify's own. */
  readonly standIn: string | null;
}

/**
 * A page of the app (path and query) inside a shop's admin. Without a shop Shopify lets whoever comes log in and choose one:
 * asking for a shop's address is not allowed.
 */
export function adminUrl({ apiKey, standIn }: AdminPlace, shop: ShopDomain | null, page: string): string {
  const admin = standIn ?? shopifysAdmin;
  const path = `/apps/${encodeURIComponent(apiKey)}${page}`;
  if (shop === null) return `${admin}/?redirect=${encodeURIComponent(path)}`;
  return `${admin}/store/${shop.replace(/\.myshopify\.com$/, '')}${path}`;
}

/** Where this app is, by its environment. */
export function adminPlaceOf(env: Pick<Env, 'SHOPIFY_API_KEY' | 'APP_BRIDGE_URL'>): AdminPlace {
  return {
    apiKey: env.SHOPIFY_API_KEY,
    standIn: env.APP_BRIDGE_URL ? new URL(env.APP_BRIDGE_URL).origin : null,
  };
}
