import type { OrderRecord } from './records.ts';
import type { ShopifyWorld } from './world.ts';

/** Units that are not to be sent: what is held goes last. One of which nothing is left is closed. */
export function sendLess(world: ShopifyWorld, order: OrderRecord, lineId: bigint, units: number): void {
  let left = units;
  const sorted = [...order.fulfillmentOrders].sort((a, b) => a.holds.length - b.holds.length);
  for (const record of sorted) {
    const part = record.lines.find((one) => one.lineId === lineId);
    const taken = Math.min(left, part?.remainingQuantity ?? 0);
    if (!part || taken === 0) continue;
    part.remainingQuantity -= taken;
    part.totalQuantity -= taken;
    left -= taken;
    record.lines = record.lines.filter((one) => one.totalQuantity > 0);
    record.updatedAt = world.parts.clock.now();
    if (record.lines.some((one) => one.remainingQuantity > 0)) continue;
    record.status = 'CLOSED';
    record.holds = [];
  }
}
