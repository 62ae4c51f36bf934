import type { LoaderFunctionArgs } from '@remix-run/node';
import { openOfKind } from '../db/problem-kinds.ts';
import { shopDomain } from '../domain/ids.ts';
import { countLimit } from '../domain/request-tab.ts';
import { db } from '../services.server.ts';
import { authenticateAdmin } from '../shopify.server.ts';
import { problemViews } from '../ui/group-problems.ts';

/** All open problems of a kind, at most `countLimit`, for deciding on all of them at once. */
export const loader = async ({ request }: LoaderFunctionArgs) => {
  const { session } = await authenticateAdmin(request);
  const shop = shopDomain(session.shop);
  const kind = new URL(request.url).searchParams.get('kind') ?? '';
  const found = await db.forShop(shop, (tx) => openOfKind(tx, shop, kind, countLimit));
  return { problems: problemViews(found) };
};
