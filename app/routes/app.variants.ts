import type { LoaderFunctionArgs } from '@remix-run/node';
import { shopDomain, variantIn } from '../domain/ids.ts';
import { services } from '../services.server.ts';
import { readVariants } from '../shopify/read-variants.ts';
import { searchVariants } from '../shopify/search-variants.ts';
import { authenticateAdmin } from '../shopify.server.ts';

const longest = 100;

/** So many variants a page names. */
const mostIds = 50;

/** Variants of the shop for a search (`q`), or those with the numbers in `ids`; nothing is written. */
export const loader = async ({ request }: LoaderFunctionArgs) => {
  const { session } = await authenticateAdmin(request);
  const query = new URL(request.url).searchParams;
  const shopify = services.shopify(shopDomain(session.shop));
  const ids = (query.get('ids') ?? '').split(',').flatMap((id) => variantIn(id) ?? []);
  if (ids.length > 0) {
    const named = await readVariants(shopify, ids.slice(0, mostIds));
    return named.ok ? { ok: true as const, variants: [...named.value.values()] } : { ok: false as const };
  }
  const words = (query.get('q') ?? '').trim().slice(0, longest);
  if (words === '') return { ok: true as const, variants: [] };
  const found = await searchVariants(shopify, words);
  return found.ok ? { ok: true as const, variants: found.value } : { ok: false as const };
};
