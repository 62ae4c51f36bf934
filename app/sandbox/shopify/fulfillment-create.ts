import type { Source } from './execute.ts';
import { fulfillmentFields } from './fulfillment-fields.ts';
import { findFulfillmentOrder } from './fulfillment-order-access.ts';
import { freeStatus, remainingParts, type Part } from './fulfillment-order-parts.ts';
import { lineOf } from './fulfillment-order-line-fields.ts';
import type { FulfillmentOrderRecord, FulfillmentRecord } from './fulfillment-records.ts';
import { tellFulfillment, tellShipped } from './fulfillment-tell.ts';
import { touch } from './order-writes.ts';
import type { OrderRecord } from './records.ts';
import { readParts, type PartInput } from './read-parts.ts';
import { readTracking, type TrackingInput } from './tracking.ts';
import type { UserError } from './user-errors.ts';
import type { Call } from './world.ts';

interface Input {
  readonly lineItemsByFulfillmentOrder: readonly {
    readonly fulfillmentOrderId: string;
    readonly fulfillmentOrderLineItems?: readonly PartInput[] | null;
  }[];
  readonly trackingInfo?: TrackingInput | null;
  readonly notifyCustomer?: boolean | null;
}

type Ready = { readonly record: FulfillmentOrderRecord; readonly parts: readonly Part[] };

const refused = (message: string): { readonly error: UserError } => ({
  error: { field: ['fulfillment'], message },
});

function check(entry: Input['lineItemsByFulfillmentOrder'][number], call: Call) {
  const record = findFulfillmentOrder(call, entry.fulfillmentOrderId, 'write');
  if (!record) return refused('Fulfillment order does not exist.');
  const about = `Fulfillment order ${String(record.id)} has an unfulfillable`;
  if (record.status !== 'OPEN' && record.status !== 'IN_PROGRESS')
    return refused(`${about} status= ${record.status.toLowerCase()}.`);
  if (record.requestStatus === 'SUBMITTED') return refused(`${about} request_status= submitted.`);
  const read = readParts(record, entry.fulfillmentOrderLineItems, [], 'GREATER_THAN');
  return 'error' in read || read.parts.length === 0
    ? refused('Invalid fulfillment order line item quantity requested.')
    : { record, parts: read.parts };
}

function apply(call: Call, order: OrderRecord, ready: readonly Ready[], input: Input): FulfillmentRecord {
  const now = call.world.parts.clock.now();
  const made: FulfillmentRecord = {
    id: call.world.newId('Fulfillment'),
    number: order.fulfillments.length + 1,
    locationId: ready[0]?.record.locationId ?? null,
    status: 'SUCCESS',
    ...readTracking(input.trackingInfo),
    lines: ready.flatMap(({ record, parts }) =>
      parts.map(({ line, quantity }) => ({
        id: call.world.newId('FulfillmentLineItem'),
        lineId: line.lineId,
        quantity,
        fulfillmentOrderId: record.id,
      })),
    ),
    createdAt: now,
    updatedAt: now,
  };
  for (const { record, parts } of ready) {
    for (const { line, quantity } of parts) {
      line.remainingQuantity -= quantity;
      lineOf(order, line.lineId).fulfilledQuantity += quantity;
    }
    record.status = remainingParts(record).length === 0 ? 'CLOSED' : freeStatus(record, now);
    record.updatedAt = now;
  }
  order.fulfillments = [...order.fulfillments, made];
  return made;
}

/** `fulfillmentCreate`: sends units of fulfilment orders of one order and one place. What is on hold is refused. */
export function fulfillmentCreate(
  { fulfillment: input }: { readonly fulfillment: Input },
  call: Call,
): Source {
  const failed = (error: UserError): Source => ({ fulfillment: null, userErrors: [error] });
  const checked = input.lineItemsByFulfillmentOrder.map((entry) => check(entry, call));
  const wrong = checked.find((one) => 'error' in one);
  if (wrong) return failed(wrong.error);
  const ready = checked.flatMap((one) => ('error' in one ? [] : [one]));
  const [first] = ready;
  if (!first) return failed(refused('Fulfillment orders must be given.').error);
  if (new Set(ready.map(({ record }) => record)).size < ready.length)
    return failed(refused('Each fulfillment order may be given once.').error);
  const { order, locationId } = first.record;
  if (ready.some(({ record }) => record.order !== order))
    return failed(refused('All fulfillment orders must belong to the same order.').error);
  if (ready.some(({ record }) => record.locationId !== locationId))
    return failed(refused('All fulfillment orders must be assigned to the same location.').error);
  const made = apply(call, order, ready, input);
  if (input.notifyCustomer === true && order.email !== null)
    call.shop.mails.push({ order: order.name, kind: 'fulfillment', to: order.email });
  tellFulfillment(call, order, made, 'fulfillments/create');
  touch(call, order, 'fulfillmentCreate');
  tellShipped(call, order);
  return { fulfillment: fulfillmentFields(made, order, call), userErrors: [] };
}
