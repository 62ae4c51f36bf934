import { z } from 'zod';
import { ok, type Result } from '../domain/failure.ts';
import type { AdminClient } from './client.ts';
import { quoted } from './search-text.ts';

/** A variant as a person recognises it; `id` is its global id. */
export interface FoundVariant {
  readonly id: string;
  readonly title: string;
  readonly sku: string | null;
}

/** What is asked of a variant, and what it answers. */
export const variantFields = 'id sku displayName';
export const variantNode = z
  .object({ id: z.string(), sku: z.string().nullable(), displayName: z.string() })
  .transform(({ id, sku, displayName }): FoundVariant => ({ id, sku, title: displayName }));

const search = {
  query: `query SearchVariants($search: String!) {
    productVariants(first: 20, query: $search) { nodes { ${variantFields} } }
  }`,
  answer: z.object({ productVariants: z.object({ nodes: z.array(variantNode) }) }),
};

/** At most 20 variants whose SKU, barcode or title fits what a person typed. */
export async function searchVariants(
  client: AdminClient,
  words: string,
): Promise<Result<readonly FoundVariant[]>> {
  const found = await client.run(search, { search: quoted(words) });
  return found.ok ? ok(found.value.productVariants.nodes) : found;
}
