import { env } from './services.server.ts';
import type { AdminPlace } from './shopify/admin-url.ts';

/** Where this app is in Shopify's admin, or in its stand-in. */
export const adminPlace: AdminPlace = {
  apiKey: env.SHOPIFY_API_KEY,
  standIn: env.APP_BRIDGE_URL ? new URL(env.APP_BRIDGE_URL).origin : null,
};

/** Headers of the way through Amazon's pages: addresses that hold states, codes and tickets are told to nobody, and kept nowhere. */
export const secretAddress = { 'Referrer-Policy': 'no-referrer', 'Cache-Control': 'no-store' };
