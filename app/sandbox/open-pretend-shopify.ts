import { readFileSync } from 'node:fs';
import path from 'node:path';
import { scopeList } from '../shopify/scopes.ts';
import { appCredentials } from './app-environment.ts';
import { readAppConfiguration } from './app-configuration.ts';
import { root } from './child.ts';
import { readFlowExtensions } from './flow-configuration.ts';
import type { WorldParts } from './contract.ts';
import type { PretendShopify } from './shopify/pretend-shopify.ts';
import type { ShopInput } from './shopify/shop-state.ts';

/**
 * Opens the pretend Shopify with the default shop. What Shopify knows of the app (webhooks, metafields) comes from
 * shopify.app.toml, as it does on a deployment. `appUrl` is null while no web app runs.
 */
export async function openPretendShopify(
  parts: WorldParts,
  shop: ShopInput,
  appUrl: () => string | null,
): Promise<PretendShopify> {
  // It loads the Admin schema, 150 MB, which a sandbox with another stand-in does without.
  const { createPretendShopify } = await import('./shopify/pretend-shopify.ts');
  const configuration = readAppConfiguration(readFileSync(path.join(root, 'shopify.app.toml'), 'utf8'));
  return createPretendShopify(parts, {
    ...appCredentials.shopify,
    ...configuration,
    appUrl,
    flow: readFlowExtensions(path.join(root, 'extensions')),
    scopes: scopeList,
    shops: [shop],
  });
}
