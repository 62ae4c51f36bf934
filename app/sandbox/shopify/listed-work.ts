import { callerOf } from './apps.ts';
import { gid } from './ids.ts';
import type { AttributeRecord } from './records.ts';
import type { ShopState } from './shop-state.ts';
import type { Grant } from './tokens.ts';

/** A fulfilment order as it is, whoever may see it. */
export interface ListedWork {
  readonly id: string;
  readonly orderId: string;
  readonly status: string;
  readonly requestStatus: string;
  readonly holds: readonly {
    readonly id: string;
    readonly handle: string;
    readonly by: Grant['caller'];
  }[];
  readonly lines: readonly {
    readonly id: string;
    readonly lineItemId: string;
    readonly properties: readonly AttributeRecord[];
    /** Units that are still to be sent. */
    readonly remaining: number;
  }[];
}

/** All fulfilment orders of a shop, the oldest first, straight from the shop. */
export function listWork(shop: ShopState): ListedWork[] {
  return [...shop.orders.values()].flatMap((order) =>
    order.fulfillmentOrders.map((one) => ({
      id: gid('FulfillmentOrder', one.id),
      orderId: gid('Order', order.id),
      status: one.status,
      requestStatus: one.requestStatus,
      holds: one.holds.map(({ id, handle, byApp }) => ({
        id: gid('FulfillmentHold', id),
        handle,
        by: callerOf(byApp),
      })),
      lines: one.lines.map(({ id, lineId, remainingQuantity }) => ({
        id: gid('FulfillmentOrderLineItem', id),
        lineItemId: gid('LineItem', lineId),
        properties: order.lines.find((line) => line.id === lineId)?.properties ?? [],
        remaining: remainingQuantity,
      })),
    })),
  );
}
