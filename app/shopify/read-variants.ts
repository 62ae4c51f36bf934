import { z } from 'zod';
import { ok, type Result } from '../domain/failure.ts';
import type { ShopifyVariantId } from '../domain/ids.ts';
import type { AdminClient } from './client.ts';
import { variantFields, variantNode, type FoundVariant } from './search-variants.ts';

/** Shopify takes at most so many ids at once. */
const perRequest = 250;

const read = {
  query: `query ReadVariants($ids: [ID!]!) {
    nodes(ids: $ids) { ... on ProductVariant { ${variantFields} } }
  }`,
  answer: z.object({ nodes: z.array(variantNode.nullable()) }),
};

/** The variants with these ids, by id; one that is no longer in Shopify is absent. */
export async function readVariants(
  client: AdminClient,
  ids: readonly ShopifyVariantId[],
): Promise<Result<Map<string, FoundVariant>>> {
  const found = new Map<string, FoundVariant>();
  for (let at = 0; at < ids.length; at += perRequest) {
    const page = await client.run(read, { ids: ids.slice(at, at + perRequest) });
    if (!page.ok) return page;
    for (const variant of page.value.nodes) if (variant) found.set(variant.id, variant);
  }
  return ok(found);
}
