import type { ShopDomain } from '../domain/ids.ts';
import { createOrderCost } from '../shopify/create-order.ts';
import type { Services } from './services.ts';

/** Looking up, creating and looking again costs an order so many points of Shopify's bucket, and a batch some for its SKUs. */
const pointsPerOrder = createOrderCost + 2;
const pointsPerBatch = 50;

/**
 * Whether Shopify's bucket holds enough to bring in so many orders now; else when it will (ms UTC). Asked before a page
 * or a batch is taken, so that nothing is looked at in vain. `in line`: after all that waits already; `next`: a page of
 * news does not stand in line behind thousands of orders.
 */
export function roomFor(
  services: Services,
  shop: ShopDomain,
  orders: number,
  waits: 'next' | 'in line',
): { ok: true } | { ok: false; at: number } {
  const { throttle } = services.shopify(shop);
  const points = pointsPerBatch + orders * pointsPerOrder;
  if (throttle.has(points)) return { ok: true };
  return { ok: false, at: waits === 'next' ? throttle.when(points) : throttle.book(points) };
}
