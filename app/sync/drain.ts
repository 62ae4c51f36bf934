import { randomUUID } from 'node:crypto';
import { leaseDueOrders } from '../db/leases.ts';
import type { ShopDomain } from '../domain/ids.ts';
import { now } from '../lib/clock.ts';
import { enqueueDrain } from '../queue/enqueue.ts';
import { keepLease } from './lease.ts';
import { reconcile } from './reconcile.ts';
import type { Services } from './services.ts';

const batch = 50;

/** Works on one batch of a shop's due orders; where more are due it goes to the end of the line, so that no shop is noisy. */
export async function drain(services: Services, shop: ShopDomain): Promise<number> {
  const token = randomUUID();
  const since = performance.now();
  const orders = await services.db.forShop(shop, (tx) => leaseDueOrders(tx, shop, token, now(), batch));
  const lease = keepLease(services.db, shop, token, since, orders.length);
  try {
    await reconcile(services, shop, lease, orders, new Map());
  } finally {
    lease.stop();
  }
  if (orders.length === batch) await services.db.forShop(shop, (tx) => enqueueDrain(tx, shop, now()));
  return orders.length;
}
