import type { AmazonClient } from '../amazon/client.ts';
import type { OrderSearch } from '../amazon/orders.ts';
import type { LeasedOrder } from '../db/leases.ts';
import type { AmazonReading } from '../domain/decide.ts';
import type { AmazonOrderId } from '../domain/ids.ts';
import { now } from '../lib/clock.ts';

const mostPages = 3;

/**
 * Reads due orders by pages of a hundred: all that Amazon changed since the oldest of them was last seen. Those that it
 * does not meet, or that were never seen, are left to be read singly.
 */
export async function sweepFor(
  client: AmazonClient,
  orders: readonly LeasedOrder[],
): Promise<Map<AmazonOrderId, AmazonReading>> {
  const readings = new Map<AmazonOrderId, AmazonReading>();
  const wanted = new Set(orders.map((order) => order.amazonOrderId));
  const oldest = Math.min(...orders.map((order) => order.amazonUpdatedAt ?? now()));
  let search: OrderSearch | null = {
    by: 'updated',
    after: Math.min(oldest - 1000, now() - 5 * 60_000),
    before: null,
    marketplaceIds: [],
    pageToken: null,
  };
  for (let page = 0; search !== null && page < mostPages && readings.size < wanted.size; page += 1) {
    const result = await client.searchOrders(search);
    if (!result.ok) break;
    for (const order of result.value.orders) {
      if (wanted.has(order.id))
        readings.set(order.id, { kind: 'read', startedAt: result.value.startedAt, order });
    }
    search = result.value.next;
  }
  return readings;
}
