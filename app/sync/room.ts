import { countWaitingForRoom } from '../db/leases.ts';
import type { ShopDomain } from '../domain/ids.ts';
import { now } from '../lib/clock.ts';
import { createOrderCost } from '../shopify/create-order.ts';
import type { Services } from './services.ts';

/** Looking up, creating and looking again costs an order so many points of Shopify's bucket, and a batch some for its SKUs. */
const pointsPerOrder = createOrderCost + 2;
const pointsPerBatch = 50;
/** Two looks at an order that is known, and what is written between them, cost no more. */
const mostPointsPerOrder = 80;

const pointsFor = (orders: number): number => pointsPerBatch + orders * pointsPerOrder;

/**
 * Whether Shopify's bucket holds enough to bring in so many orders now; else when it might at the earliest (ms UTC). Asked
 * before a page or a batch is taken, so that nothing is looked at in vain.
 */
export function roomFor(
  services: Services,
  shop: ShopDomain,
  orders: number,
): { ok: true } | { ok: false; at: number } {
  const { throttle } = services.shopify(shop);
  const points = pointsFor(orders);
  return throttle.has(points) ? { ok: true } : { ok: false, at: throttle.when(points) };
}

/** A page comes so soon (ms) after there is room for it. */
const pageSoonMs = 5_000;

/**
 * The same for a page of Amazon's news, which Amazon gives from `slotAt` on (ms UTC): it stands in no line, and what it needs is
 * kept from those in line until it is there. Else they would take the points as they come, and no news would be seen.
 */
export function roomForPage(
  services: Services,
  shop: ShopDomain,
  orders: number,
  slotAt: number,
): { ok: true } | { ok: false; at: number } {
  const { throttle } = services.shopify(shop);
  const points = pointsFor(orders);
  const ok = throttle.has(points, 'own');
  const at = throttle.when(points);
  throttle.keep(ok || slotAt > at ? 0 : points, at + pageSoonMs);
  return ok ? { ok } : { ok, at };
}

/**
 * When Shopify's bucket will hold enough for so many orders, after all of the shop that wait already (ms UTC): behind them, but
 * not behind bookings that nobody needs any more, as of orders that were knocked before their turn.
 */
export async function bookRoom(services: Services, shop: ShopDomain, orders: number): Promise<number> {
  const waiting = await services.db.forShop(shop, (tx) => countWaitingForRoom(tx, shop, now()));
  const { throttle } = services.shopify(shop);
  throttle.shorten(waiting * mostPointsPerOrder);
  return throttle.book(pointsFor(orders));
}
