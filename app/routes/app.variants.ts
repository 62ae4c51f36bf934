import type { LoaderFunctionArgs } from '@remix-run/node';
import { shopDomain } from '../domain/ids.ts';
import { services } from '../services.server.ts';
import { searchVariants } from '../shopify/search-variants.ts';
import { authenticateAdmin } from '../shopify.server.ts';

const longest = 100;

/** Variants of the shop for a search; nothing is written. */
export const loader = async ({ request }: LoaderFunctionArgs) => {
  const { session } = await authenticateAdmin(request);
  const words = (new URL(request.url).searchParams.get('q') ?? '').trim().slice(0, longest);
  if (words === '') return { ok: true as const, variants: [] };
  const found = await searchVariants(services.shopify(shopDomain(session.shop)), words);
  return found.ok ? { ok: true as const, variants: found.value } : { ok: false as const };
};
