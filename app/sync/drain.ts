import { randomUUID } from 'node:crypto';
import { countDueOrders, leaseDueOrders, postponeDueOrders } from '../db/leases.ts';
import type { ShopDomain } from '../domain/ids.ts';
import { now } from '../lib/clock.ts';
import { enqueueDrain } from '../queue/enqueue.ts';
import { keepLease } from './lease.ts';
import { reconcile } from './reconcile.ts';
import { bookRoom, roomFor } from './room.ts';
import type { Services } from './services.ts';

const batch = 50;

/**
 * Works on one batch of a shop's due orders, or puts it off where Shopify has no room; where more are due it goes to the
 * end of the line, so that no shop is noisy.
 */
export async function drain(services: Services, shop: ShopDomain): Promise<number> {
  const due = await services.db.forShop(shop, (tx) => countDueOrders(tx, shop, now(), batch));
  if (due === 0) return 0;
  const count = roomFor(services, shop, due).ok
    ? await drainBatch(services, shop)
    : await putOff(services, shop, await bookRoom(services, shop, due));
  if (count === batch) await services.db.forShop(shop, (tx) => enqueueDrain(tx, shop, now()));
  return count;
}

function putOff({ db }: Services, shop: ShopDomain, at: number): Promise<number> {
  return db.forShop(shop, (tx) => postponeDueOrders(tx, shop, now(), batch, at));
}

async function drainBatch(services: Services, shop: ShopDomain): Promise<number> {
  const token = randomUUID();
  const since = performance.now();
  const orders = await services.db.forShop(shop, (tx) => leaseDueOrders(tx, shop, token, now(), batch));
  const lease = keepLease(services.db, shop, token, since, orders);
  try {
    await reconcile(services, shop, lease, orders, new Map());
  } finally {
    lease.stop();
  }
  return orders.length;
}
