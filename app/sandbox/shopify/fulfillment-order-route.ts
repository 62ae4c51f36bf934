import { addFulfillmentOrder } from './fulfillment-order-parts.ts';
import { unitsToSend } from './line-units.ts';
import type { OrderRecord } from './records.ts';
import type { ShopState } from './shop-state.ts';
import type { ShopifyWorld } from './world.ts';

const delayMs = 5000;

function locationOf(shop: ShopState, order: OrderRecord, variantId: bigint | null): bigint | undefined {
  const sent = order.fulfillments[0]?.locationId;
  if (sent != null) return sent;
  const variant = variantId === null ? undefined : shop.variants.get(variantId);
  // What was sent with the order was sent from one place.
  return order.fulfillments.length > 0
    ? shop.locations[0]?.id
    : (variant?.locationId ?? shop.locations[0]?.id);
}

function route(world: ShopifyWorld, shop: ShopState, order: OrderRecord): void {
  const units = new Map<bigint, { lineId: bigint; quantity: number }[]>();
  for (const line of order.lines) {
    const at = locationOf(shop, order, line.variantId);
    if (at === undefined || unitsToSend(line) === 0) continue;
    units.set(at, [...(units.get(at) ?? []), { lineId: line.id, quantity: unitsToSend(line) }]);
  }
  const sent = order.fulfillments[0];
  const scheduled = world.parts.behaviour.get('shopify.new-fulfillment-orders') === 'scheduled';
  for (const [locationId, lines] of units) {
    const made = addFulfillmentOrder(world, shop, order, {
      locationId,
      units: lines,
      status: sent ? 'CLOSED' : scheduled ? 'SCHEDULED' : 'OPEN',
      fulfillAt: scheduled && !sent ? order.createdAt + 86_400_000 : order.createdAt,
    });
    if (sent)
      sent.lines = made.lines.map(({ lineId, totalQuantity }) => ({
        id: world.newId('FulfillmentLineItem'),
        lineId,
        quantity: totalQuantity,
        fulfillmentOrderId: made.id,
      }));
    else announce(world, shop, made.id, made.status);
  }
}

function announce(world: ShopifyWorld, shop: ShopState, id: bigint, status: string): void {
  world.emit(shop, 'fulfillment_orders/order_routing_complete', () => ({
    fulfillment_order: { id: `gid://shopify/FulfillmentOrder/${String(id)}`, status: status.toLowerCase() },
  }));
}

/** Gives a new order its fulfilment orders, one for each location: at once or, as in the real service, a moment later. */
export function routeOrder(world: ShopifyWorld, shop: ShopState, order: OrderRecord): void {
  const { behaviour, clock } = world.parts;
  const late = behaviour.get('shopify.fulfillment-orders-appear') === 'after-5-seconds';
  if (!late || order.fulfillments.length > 0) {
    route(world, shop, order);
    return;
  }
  world.agenda.add(clock.now() + delayMs, `fulfilment orders of ${order.name}`, () => {
    if (shop.orders.get(order.id) === order && order.cancelledAt === null) route(world, shop, order);
  });
}
