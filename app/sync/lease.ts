import type { Database } from '../db/client.ts';
import { leaseSeconds, renewLeases, type LeasedOrder } from '../db/leases.ts';
import type { ShopDomain } from '../domain/ids.ts';

const renewEveryMs = 5_000;
/** A worker stops sending this long before its lease would run out for the others. */
const marginMs = 3_000;

/** A batch's hold on its orders, kept up while it is worked on. */
export interface Lease {
  readonly token: string;
  /** False when nothing may be sent any more, since others may have taken over. By monotonic time. */
  alive(): boolean;
  stop(): void;
}

/**
 * Keeps the leases of `token` on these orders, taken at `since` (performance.now() from before the claim), alive until stopped.
 * One that another worker took over ends all of them: this worker has slept.
 */
export function keepLease(
  db: Database,
  shop: ShopDomain,
  token: string,
  since: number,
  orders: readonly LeasedOrder[],
): Lease {
  let until = since + leaseSeconds * 1000 - marginMs;
  const ids = orders.map((order) => order.amazonOrderId);
  const renew = async () => {
    const before = performance.now();
    const held = await db.forShop(shop, (tx) => renewLeases(tx, shop, token, ids));
    if (held >= ids.length) until = before + leaseSeconds * 1000 - marginMs;
  };
  // A renewal that fails lets the lease run out, which is what it is for.
  const timer = setInterval(() => void renew().catch(() => undefined), renewEveryMs);
  timer.unref();
  return {
    token,
    alive: () => performance.now() < until,
    stop: () => {
      clearInterval(timer);
    },
  };
}
