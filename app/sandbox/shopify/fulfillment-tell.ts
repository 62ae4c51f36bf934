import type { FulfillmentRecord } from './fulfillment-records.ts';
import { unitsToSend } from './line-units.ts';
import { restFulfillment } from './rest-fulfillment.ts';
import { restOrder } from './rest-order.ts';
import type { OrderRecord } from './records.ts';
import type { Call } from './world.ts';

/** Tells of a shipment. */
export function tellFulfillment(
  { world, shop }: Call,
  order: OrderRecord,
  fulfillment: FulfillmentRecord,
  topic: 'fulfillments/create' | 'fulfillments/update',
): void {
  world.emit(shop, topic, () => restFulfillment(fulfillment, order));
}

/** Tells how far the order is after a shipment. */
export function tellShipped({ world, shop }: Call, order: OrderRecord): void {
  const whole = order.lines.every((line) => line.fulfilledQuantity >= unitsToSend(line));
  world.emit(shop, whole ? 'orders/fulfilled' : 'orders/partially_fulfilled', () => restOrder(order, shop));
}
