import type { Database } from '../db/client.ts';
import { leaseSeconds, renewLeases, type LeasedOrder } from '../db/leases.ts';
import type { ShopDomain } from '../domain/ids.ts';
import { machineNow } from '../lib/clock.ts';

const renewEveryMs = 5_000;
/** A worker stops sending this long before its lease would run out for the others. */
const marginMs = 3_000;

/** A batch's hold on its orders, kept up while it is worked on. */
export interface Lease {
  readonly token: string;
  /**
   * False when nothing may be sent any more, since others may have taken over. By monotonic time, which no clock change
   * moves, and by the wall clock, which goes on while the machine sleeps.
   */
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
  const holdsMs = leaseSeconds * 1000 - marginMs;
  let until = since + holdsMs;
  let untilWall = machineNow() - (performance.now() - since) + holdsMs;
  const ids = orders.map((order) => order.amazonOrderId);
  const renew = async () => {
    const [before, wall] = [performance.now(), machineNow()];
    const held = await db.forShop(shop, (tx) => renewLeases(tx, shop, token, ids));
    if (held < ids.length) return;
    until = before + holdsMs;
    untilWall = wall + holdsMs;
  };
  // A renewal that fails lets the lease run out, which is what it is for.
  const timer = setInterval(() => void renew().catch(() => undefined), renewEveryMs);
  timer.unref();
  return {
    token,
    alive: () => performance.now() < until && machineNow() < untilWall,
    stop: () => {
      clearInterval(timer);
    },
  };
}
