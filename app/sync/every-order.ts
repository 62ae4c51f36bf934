import { listOrders, type OrderQuery, type OrderRow } from '../db/order-list.ts';
import type { OrderPlace } from '../db/order-stretches.ts';
import type { ShopDomain } from '../domain/ids.ts';
import type { Services } from './services.ts';

const perPage = 500;

/** The orders of a list up to `most`, page by page: no transaction is longer than a page, and no more than a page is in memory. */
export async function* everyOrder(
  { db }: Pick<Services, 'db'>,
  shop: ShopDomain,
  query: OrderQuery,
  most: number,
): AsyncGenerator<readonly OrderRow[]> {
  let after: OrderPlace | undefined;
  for (let given = 0; given < most;) {
    const limit = Math.min(perPage, most - given);
    const { rows, next } = await db.forShop(shop, (tx) => listOrders(tx, shop, query, { limit, after }));
    if (rows.length > 0) yield rows;
    if (!next) return;
    given += rows.length;
    after = next;
  }
}
