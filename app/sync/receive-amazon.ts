import { randomUUID } from 'node:crypto';
import type { OrderPage } from '../amazon/orders.ts';
import type { Tx } from '../db/client.ts';
import { receiveOrders } from '../db/leases.ts';
import { openAccountProblem } from '../db/problems.ts';
import type { AmazonReading } from '../domain/decide.ts';
import { amazonOrderId, type AmazonOrderId, type SellerId, type ShopDomain } from '../domain/ids.ts';
import { now } from '../lib/clock.ts';
import { hashOf } from './finish.ts';
import { knock } from './knock.ts';
import { keepLease } from './lease.ts';
import { reconcile } from './reconcile.ts';
import type { Services } from './services.ts';

/** Orders of a page that could not be taken in are looked at singly, where their problem stands; without an id only the account can say it. */
async function noteRejected(tx: Tx, shop: ShopDomain, seller: SellerId, page: OrderPage): Promise<void> {
  const ids = page.rejected.flatMap((odd) => (odd.orderId ? amazonOrderId(odd.orderId) : []));
  await knock(tx, shop, seller, ids);
  for (const odd of page.rejected.filter((one) => !one.orderId)) {
    const params = { field: odd.field, text: odd.sentence, id: null };
    await openAccountProblem(tx, shop, now(), { kind: 'import_failed', subject: odd.field, params });
  }
}

/**
 * Takes a page of Amazon's orders in. Rows, leases and `progress` (how far the search has come) are written in one
 * transaction; then the page in hand is worked on in memory, for it holds buyer data and is never stored. Cut in between:
 * the rows are due, and their leases run out. `wanted`: a person asked for these orders.
 */
export async function receivePage(
  services: Services,
  shop: ShopDomain,
  seller: SellerId,
  page: OrderPage,
  progress: (tx: Tx) => Promise<void>,
  wanted = false,
): Promise<void> {
  const token = randomUUID();
  const since = performance.now();
  const seen = page.orders.map((order) => ({
    id: order.id,
    updatedAt: order.updatedAt,
    createdAt: order.createdAt,
    marketplaceId: order.marketplaceId,
    hash: hashOf(services.vault, order),
  }));
  const leased = await services.db.forShop(shop, async (tx) => {
    const rows = await receiveOrders(tx, shop, seller, token, now(), seen, page.startedAt, wanted);
    await noteRejected(tx, shop, seller, page);
    await progress(tx);
    return rows;
  });
  const readings = new Map<AmazonOrderId, AmazonReading>(
    page.orders.map((order) => [order.id, { kind: 'read', startedAt: page.startedAt, order }]),
  );
  const lease = keepLease(services.db, shop, token, since, leased);
  try {
    await reconcile(services, shop, lease, leased, readings);
  } finally {
    lease.stop();
  }
}
