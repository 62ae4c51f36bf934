import { z } from 'zod';
import { ok, type Result } from '../domain/failure.ts';
import { shopifyVariantId, type ShopifyVariantId } from '../domain/ids.ts';
import type { AdminClient } from './client.ts';
import { quoted } from './search-text.ts';

const perRequest = 40;
/** A word that stands in thousands of SKUs is not read to its end. */
const mostPages = 8;

const findVariants = {
  query: `query FindVariants($search: String!, $after: String) {
    productVariants(first: 250, after: $after, query: $search) {
      nodes { id sku }
      pageInfo { hasNextPage endCursor }
    }
  }`,
  answer: z.object({
    productVariants: z.object({
      nodes: z.array(z.object({ id: z.string().transform(shopifyVariantId), sku: z.string().nullable() })),
      pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
    }),
  }),
};

/**
 * The variants whose SKU is exactly one of the given ones. Shopify's search ignores case and splits words, so its
 * answers are compared again. Every SKU asked for is a key of the answer; where the search has more than is read, those
 * that were not met are left without a variant rather than guessed.
 */
export async function findSkus(
  client: AdminClient,
  skus: readonly string[],
): Promise<Result<Map<string, ShopifyVariantId[]>>> {
  const found = new Map<string, ShopifyVariantId[]>(skus.map((sku) => [sku, []]));
  for (let i = 0; i < skus.length; i += perRequest) {
    const search = skus
      .slice(i, i + perRequest)
      .map((sku) => `sku:${quoted(sku)}`)
      .join(' OR ');
    let after: string | null = null;
    let pages = 0;
    do {
      pages += 1;
      const page: Result<z.infer<typeof findVariants.answer>> = await client.run(findVariants, {
        search,
        after,
      });
      if (!page.ok) return page;
      const { productVariants }: z.infer<typeof findVariants.answer> = page.value;
      for (const node of productVariants.nodes) found.get(node.sku ?? '')?.push(node.id);
      after = productVariants.pageInfo.hasNextPage ? productVariants.pageInfo.endCursor : null;
    } while (after !== null && pages < mostPages);
  }
  return ok(found);
}
