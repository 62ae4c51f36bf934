import type { Source } from './execute.ts';
import { findFulfillmentOrder, isWithService, unknownFulfillmentOrder } from './fulfillment-order-access.ts';
import { fulfillmentOrderFields } from './fulfillment-order-fields.ts';
import { hasShipped, isEverything, remainingParts, splitOff } from './fulfillment-order-parts.ts';
import type { FulfillmentOrderRecord } from './fulfillment-records.ts';
import { named, namedParts } from './fulfillment-webhooks.ts';
import { gid, idOf } from './ids.ts';
import { touch } from './order-writes.ts';
import { readParts, type PartInput } from './read-parts.ts';
import type { UserError } from './user-errors.ts';
import type { Call } from './world.ts';

function refusal(record: FulfillmentOrderRecord, whole: boolean): UserError | null {
  if (remainingParts(record).length === 0 || record.status === 'CANCELLED')
    return { field: null, message: 'Cannot change location.', code: null };
  if (isWithService(record))
    return {
      field: null,
      message: 'Cannot move submitted fulfillment order that is at a 3PL fulfillment service.',
      code: null,
    };
  if (record.progressReported)
    return {
      field: ['id'],
      message: 'Cannot move a fulfillment order that has progress reported.',
      code: 'CANNOT_MOVE_FULFILLMENT_ORDER_WITH_REPORTED_PROGRESS',
    };
  return record.status === 'ON_HOLD' && !whole
    ? { field: ['id'], message: 'Cannot move part of a fulfillment order that is on hold.', code: null }
    : null;
}

/** `fulfillmentOrderMove`: another location sends it, or the given units of it. */
export function fulfillmentOrderMove(
  args: {
    readonly id: string;
    readonly newLocationId: string;
    readonly fulfillmentOrderLineItems?: readonly PartInput[] | null;
  },
  call: Call,
): Source {
  const { world, shop } = call;
  const failed = (error: UserError): Source => ({
    movedFulfillmentOrder: null,
    originalFulfillmentOrder: null,
    remainingFulfillmentOrder: null,
    userErrors: [error],
  });
  const record = findFulfillmentOrder(call, args.id, 'write');
  if (!record) return failed(unknownFulfillmentOrder(call, args.id));
  const to = shop.locations.find((one) => one.id === idOf('Location', args.newLocationId));
  if (!to) return failed({ field: ['id'], message: 'Location not found.', code: null });
  const field = ['fulfillmentOrderLineItems'];
  const read = readParts(record, args.fulfillmentOrderLineItems, field, 'GREATER_THAN');
  if ('error' in read) return failed({ ...read.error, code: null });
  const whole = isEverything(record, read.parts) && !hasShipped(record);
  const error = refusal(record, whole);
  if (error) return failed(error);
  const from = record.locationId;
  const asked = namedParts(read.parts);
  const moved = whole ? record : splitOff(world, shop, record, read.parts, 'apart');
  moved.locationId = to.id;
  if (remainingParts(record).length === 0) record.status = 'CLOSED';
  record.updatedAt = world.parts.clock.now();
  const placed = (one: FulfillmentOrderRecord): object => ({
    ...named(one),
    assigned_location_id: gid('Location', one.locationId),
  });
  world.emit(shop, 'fulfillment_orders/moved', () => ({
    original_fulfillment_order: placed(record),
    moved_fulfillment_order: placed(moved),
    destination_location_id: gid('Location', to.id),
    fulfillment_order_line_items_requested: asked,
    source_location: { id: gid('Location', from) },
  }));
  touch(call, record.order, 'fulfillmentOrderMove');
  return {
    movedFulfillmentOrder: fulfillmentOrderFields(moved, call),
    originalFulfillmentOrder: fulfillmentOrderFields(record, call),
    remainingFulfillmentOrder: whole ? null : fulfillmentOrderFields(record, call),
    userErrors: [],
  };
}
