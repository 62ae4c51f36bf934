import type { Source } from './execute.ts';
import { fulfillmentFields } from './fulfillment-fields.ts';
import { addFulfillmentOrder, hasShipped } from './fulfillment-order-parts.ts';
import { lineOf } from './fulfillment-order-line-fields.ts';
import type { FulfillmentOrderRecord, FulfillmentRecord } from './fulfillment-records.ts';
import { tellFulfillment } from './fulfillment-tell.ts';
import { idOf } from './ids.ts';
import { visibleOrder } from './order-visible.ts';
import { touch } from './order-writes.ts';
import type { OrderRecord } from './records.ts';
import { readTracking, type TrackingInput } from './tracking.ts';
import type { Call } from './world.ts';

function find(call: Call, gid: string): { order: OrderRecord; fulfillment: FulfillmentRecord } | null {
  const id = idOf('Fulfillment', gid);
  for (const order of call.shop.orders.values()) {
    const fulfillment = order.fulfillments.find((one) => one.id === id);
    if (fulfillment) return visibleOrder(call, order.id) ? { order, fulfillment } : null;
  }
  return null;
}

const missing = (field: string): Source => ({
  fulfillment: null,
  userErrors: [{ field: [field], message: 'Fulfillment does not exist.' }],
});

/** Units that come back go into the fulfilment order they were sent under, or into a new one where that is closed. */
function takeBack(call: Call, order: OrderRecord, from: bigint, fulfillment: FulfillmentRecord): void {
  const units = fulfillment.lines.filter((line) => line.fulfillmentOrderId === from);
  const record: FulfillmentOrderRecord | undefined = order.fulfillmentOrders.find((one) => one.id === from);
  const { world, shop } = call;
  if (!record || record.status === 'CLOSED') {
    const locationId = record?.locationId ?? shop.locations[0]?.id;
    if (locationId === undefined) throw new Error('A shop without a location');
    const fulfillAt = record?.fulfillAt ?? null;
    addFulfillmentOrder(world, shop, order, { locationId, units, status: 'OPEN', fulfillAt });
    return;
  }
  for (const { lineId, quantity } of units) {
    const line = record.lines.find((one) => one.lineId === lineId);
    if (line) line.remainingQuantity += quantity;
  }
  const begun = hasShipped(record) || record.progressReported || record.requestStatus === 'ACCEPTED';
  if (record.status === 'IN_PROGRESS' && !begun) record.status = 'OPEN';
  record.updatedAt = world.parts.clock.now();
}

/** `fulfillmentCancel`: its units are to be sent again. */
export function fulfillmentCancel({ id }: { readonly id: string }, call: Call): Source {
  const found = find(call, id);
  if (!found) return missing('id');
  const { order, fulfillment } = found;
  if (fulfillment.status === 'CANCELLED')
    return {
      fulfillment: null,
      userErrors: [{ field: ['id'], message: 'Fulfillment is already cancelled.' }],
    };
  fulfillment.status = 'CANCELLED';
  fulfillment.updatedAt = call.world.parts.clock.now();
  for (const { lineId, quantity } of fulfillment.lines) lineOf(order, lineId).fulfilledQuantity -= quantity;
  for (const from of new Set(fulfillment.lines.map((line) => line.fulfillmentOrderId)))
    takeBack(call, order, from, fulfillment);
  tellFulfillment(call, order, fulfillment, 'fulfillments/update');
  touch(call, order, 'fulfillmentCancel');
  return { fulfillment: fulfillmentFields(fulfillment, order, call), userErrors: [] };
}

/** `fulfillmentTrackingInfoUpdate`: the new tracking takes the place of the old. */
export function fulfillmentTrackingInfoUpdate(
  args: {
    readonly fulfillmentId: string;
    readonly trackingInfoInput: TrackingInput;
    readonly notifyCustomer?: boolean | null;
  },
  call: Call,
): Source {
  const found = find(call, args.fulfillmentId);
  if (!found) return missing('fulfillmentId');
  const { order, fulfillment } = found;
  Object.assign(fulfillment, readTracking(args.trackingInfoInput));
  fulfillment.updatedAt = call.world.parts.clock.now();
  if (args.notifyCustomer === true && order.email !== null)
    call.shop.mails.push({ order: order.name, kind: 'fulfillment', to: order.email });
  tellFulfillment(call, order, fulfillment, 'fulfillments/update');
  touch(call, order, 'fulfillmentTrackingInfoUpdate');
  return { fulfillment: fulfillmentFields(fulfillment, order, call), userErrors: [] };
}
