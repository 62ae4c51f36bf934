import { listOrders, orderRow, type OrderRow } from '../db/order-list.ts';
import type { ShopDomain } from '../domain/ids.ts';
import { orderIdsIn } from '../domain/order-ids-in-text.ts';
import { now } from '../lib/clock.ts';
import type { Services } from './services.ts';

const most = 10;
/** What is longer than this is a message, and not the beginning of a number or name. */
const longestName = 60;

/** Orders that a text is about. `ids`: Amazon's order ids in it, whether or not they are known here. */
export interface FoundOrders {
  readonly ids: readonly string[];
  readonly orders: readonly OrderRow[];
}

/**
 * Finds the orders that a buyer's message names, or whose number begins so, or that Shopify calls so. The text is neither kept
 * nor logged (SEC-5).
 */
export async function findOrders({ db }: Services, shop: ShopDomain, text: string): Promise<FoundOrders> {
  const ids = orderIdsIn(text).slice(0, most);
  const search = text.trim();
  return db.forShop(shop, async (tx) => {
    const named: OrderRow[] = [];
    for (const id of ids) {
      const row = await orderRow(tx, shop, id);
      if (row) named.push(row);
    }
    if (ids.length > 0 || search === '' || search.length > longestName) return { ids, orders: named };
    const query = { sort: 'newest', view: 'all', search, now: now() } as const;
    return { ids, orders: (await listOrders(tx, shop, query, { limit: most })).rows };
  });
}
