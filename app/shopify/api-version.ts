import { ApiVersion } from '@shopify/shopify-api';

/** The one Admin API version of the product, of Shopify's quarterly ones; a test compares it with shopify.app.toml. */
export const apiVersion = ApiVersion.October26;
