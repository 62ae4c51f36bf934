import { z } from 'zod';
import { ok, type Result } from '../domain/failure.ts';
import type { AdminClient } from './client.ts';
import { quoted } from './search-text.ts';

const search = {
  query: `query SearchVariants($search: String!) {
    productVariants(first: 20, query: $search) { nodes { id sku displayName } }
  }`,
  answer: z.object({
    productVariants: z.object({
      nodes: z.array(z.object({ id: z.string(), sku: z.string().nullable(), displayName: z.string() })),
    }),
  }),
};

/** A variant as a person recognises it; `id` is its global id. */
export interface FoundVariant {
  readonly id: string;
  readonly title: string;
  readonly sku: string | null;
}

/** At most 20 variants whose SKU, barcode or title fits what a person typed. */
export async function searchVariants(
  client: AdminClient,
  words: string,
): Promise<Result<readonly FoundVariant[]>> {
  const found = await client.run(search, { search: quoted(words) });
  if (!found.ok) return found;
  return ok(
    found.value.productVariants.nodes.map(({ id, sku, displayName }) => ({ id, sku, title: displayName })),
  );
}
