import type { LoaderFunctionArgs } from '@remix-run/node';
import { openIdsOf } from '../db/problems.ts';
import { shopDomain } from '../domain/ids.ts';
import { countLimit } from '../domain/request-tab.ts';
import { db } from '../services.server.ts';
import { authenticateAdmin } from '../shopify.server.ts';

/** All open problems of a kind by their orders, for deciding on all of them at once. */
export const loader = async ({ request }: LoaderFunctionArgs) => {
  const { session } = await authenticateAdmin(request);
  const shop = shopDomain(session.shop);
  const kind = new URL(request.url).searchParams.get('kind') ?? '';
  return { problems: await db.forShop(shop, (tx) => openIdsOf(tx, shop, kind, countLimit)) };
};
