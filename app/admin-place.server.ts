import { env } from './services.server.ts';
import { adminPlaceOf } from './shopify/admin-url.ts';

/** Where this app is in Shopify's admin, or in its stand-in. */
export const adminPlace = adminPlaceOf(env);

/** Headers of the way through Amazon's pages: addresses that hold states, codes and tickets are told to nobody, and kept nowhere. */
export const secretAddress = { 'Referrer-Policy': 'no-referrer', 'Cache-Control': 'no-store' };
