import { ok, type Result } from '../domain/failure.ts';
import { shopifyVariantId, type ShopifyVariantId } from '../domain/ids.ts';
import type { AdminClient } from './client.ts';
import { searchExact } from './search-exact.ts';

/** The variants whose SKU is exactly one of the given ones; every SKU asked for is a key of the answer. */
export async function findSkus(
  client: AdminClient,
  skus: readonly string[],
): Promise<Result<Map<string, ShopifyVariantId[]>>> {
  const found = await searchExact(client, skus, ['sku']);
  if (!found.ok) return found;
  return ok(new Map([...found.value].map(([sku, all]) => [sku, all.map(({ id }) => shopifyVariantId(id))])));
}
