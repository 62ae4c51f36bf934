import { z } from 'zod';
import { ok, type Result } from '../domain/failure.ts';
import type { AdminClient } from './client.ts';
import { quoted } from './search-text.ts';

const perRequest = 40;
/** A word that stands in thousands of SKUs is not read to its end. */
const mostPages = 8;

const node = z.object({ id: z.string(), sku: z.string().nullable(), barcode: z.string().nullable() });

/** A variant with what it can be named by. */
export type NamedVariant = z.infer<typeof node>;

const findVariants = {
  query: `query FindVariants($search: String!, $after: String) {
    productVariants(first: 250, after: $after, query: $search) {
      nodes { id sku barcode }
      pageInfo { hasNextPage endCursor }
    }
  }`,
  answer: z.object({
    productVariants: z.object({
      nodes: z.array(node),
      pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
    }),
  }),
};

/**
 * The variants of which one of these fields is exactly one of the given words, by the word. Shopify's search ignores case and
 * splits words, so its answers are compared again. Every word asked for is a key of the answer; where the search has more than
 * is read, those that were not met are left without a variant rather than guessed.
 */
export async function searchExact(
  client: AdminClient,
  words: readonly string[],
  fields: readonly ('sku' | 'barcode')[],
): Promise<Result<Map<string, NamedVariant[]>>> {
  const found = new Map<string, NamedVariant[]>(words.map((word) => [word, []]));
  for (let i = 0; i < words.length; i += perRequest) {
    const search = words
      .slice(i, i + perRequest)
      .flatMap((word) => fields.map((field) => `${field}:${quoted(word)}`))
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
      for (const variant of productVariants.nodes)
        for (const word of new Set(fields.map((field) => variant[field] ?? '')))
          found.get(word)?.push(variant);
      after = productVariants.pageInfo.hasNextPage ? productVariants.pageInfo.endCursor : null;
    } while (after !== null && pages < mostPages);
  }
  return ok(found);
}
