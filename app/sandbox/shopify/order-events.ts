import { indexed } from './order-index.ts';
import type { OrderRecord } from './records.ts';
import type { ShopState } from './shop-state.ts';
import { restOrder } from './rest-order.ts';
import type { ShopifyWorld } from './world.ts';

function lagOf(world: ShopifyWorld, operation: string): number {
  const { faults, behaviour } = world.parts;
  const fault =
    faults.take('shopify', ['search-lag'], { operation }) ??
    faults.take('shopify', ['search-lag'], { operation: 'orders' });
  if (fault) return fault.ms ?? 10_000;
  return behaviour.get('shopify.search-lag-default') === 'ten-seconds' ? 10_000 : 0;
}

function later(world: ShopifyWorld, order: OrderRecord, operation: string, apply: () => void): void {
  const lag = lagOf(world, operation);
  if (lag === 0) {
    apply();
    return;
  }
  world.agenda.add(world.parts.clock.now() + lag, `search index of ${order.name}`, apply);
}

/** What follows from a new or changed order: it gets into the search index, now or late, and the webhook goes out. */
export function orderChanged(
  world: ShopifyWorld,
  shop: ShopState,
  order: OrderRecord,
  change: { readonly operation: string; readonly topic: string },
): void {
  later(world, order, change.operation, () => {
    if (shop.orders.get(order.id) === order) shop.index.put(indexed(order));
  });
  world.emit(shop, change.topic, () => restOrder(order, shop));
}

/** What follows from a deleted order. */
export function orderGone(world: ShopifyWorld, shop: ShopState, order: OrderRecord): void {
  later(world, order, 'orderDelete', () => {
    shop.index.remove(order.id);
  });
  world.emit(shop, 'orders/delete', () => ({ id: order.id }));
}
