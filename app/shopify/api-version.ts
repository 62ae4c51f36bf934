import type { ApiVersion } from '@shopify/shopify-api';

/** The one Admin API version of the product; a test compares it with shopify.app.toml. */
export const apiVersion = '2026-10' as ApiVersion;
