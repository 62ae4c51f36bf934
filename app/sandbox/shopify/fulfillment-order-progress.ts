import type { Source } from './execute.ts';
import { atThirdParty, findFulfillmentOrder, unknownFulfillmentOrder } from './fulfillment-order-access.ts';
import { fulfillmentOrderFields } from './fulfillment-order-fields.ts';
import { addFulfillmentOrder, freeStatus, remainingParts } from './fulfillment-order-parts.ts';
import type { FulfillmentOrderRecord } from './fulfillment-records.ts';
import { named } from './fulfillment-webhooks.ts';
import { touch } from './order-writes.ts';
import type { UserError } from './user-errors.ts';
import type { Call } from './world.ts';

interface Done {
  readonly topic: string;
  readonly payload: () => object;
  readonly more?: Source;
}

/** A mutation of one fulfilment order: `change` does it and says whom to tell, or why not. */
function changing(
  name: string,
  change: (record: FulfillmentOrderRecord, call: Call, args: Source) => Done | UserError,
) {
  return (args: Source & { readonly id: string }, call: Call): Source => {
    const failed = (error: UserError): Source => ({
      fulfillmentOrder: null,
      replacementFulfillmentOrder: null,
      userErrors: [error],
    });
    const record = findFulfillmentOrder(call, args.id, 'write');
    if (!record) return failed(unknownFulfillmentOrder(call, args.id));
    const done = change(record, call, args);
    if ('message' in done) return failed(done);
    record.updatedAt = call.world.parts.clock.now();
    call.world.emit(call.shop, `fulfillment_orders/${done.topic}`, done.payload);
    touch(call, record.order, name);
    return { fulfillmentOrder: fulfillmentOrderFields(record, call), ...done.more, userErrors: [] };
  };
}

const refused = (message: string, code: string | null = null): UserError => ({
  field: ['id'],
  message,
  code,
});

/** `fulfillmentOrderOpen`: what was scheduled, or said to be under way, is open again. */
export const fulfillmentOrderOpen = changing('fulfillmentOrderOpen', (record, call) => {
  const begun = record.status === 'IN_PROGRESS' && record.progressReported;
  if (record.status !== 'SCHEDULED' && !begun) return refused('Fulfillment order cannot be opened.');
  record.progressReported = false;
  record.status = begun ? freeStatus(record, call.world.parts.clock.now()) : 'OPEN';
  const topic = begun ? 'manually_reported_progress_stopped' : 'scheduled_fulfillment_order_ready';
  return { topic, payload: () => ({ fulfillment_order: named(record) }) };
});

/** `fulfillmentOrderReportProgress`: somebody has begun with it. */
export const fulfillmentOrderReportProgress = changing(
  'fulfillmentOrderReportProgress',
  (record, call, args) => {
    const able = record.status === 'OPEN' || record.status === 'IN_PROGRESS';
    if (!able || atThirdParty(call.shop, record))
      return refused('The fulfillment order status is invalid.', 'FULFILLMENT_ORDER_STATUS_INVALID');
    const before = record.status.toLowerCase();
    record.progressReported = true;
    record.status = 'IN_PROGRESS';
    const report = args['progressReport'] as { readonly reasonNotes?: string | null } | null | undefined;
    return {
      topic: 'progress_reported',
      payload: () => ({
        fulfillment_order: named(record),
        progress_report: { reason_notes: report?.reasonNotes ?? null },
        initial_status: before,
      }),
    };
  },
);

/** `fulfillmentOrderCancel`: takes it back from a third party; another one stands for the work that is left. */
export const fulfillmentOrderCancel = changing('fulfillmentOrderCancel', (record, call) => {
  if (record.progressReported)
    return refused(
      'Cannot cancel fulfillment order that has had progress reported. Mark as unfulfilled first.',
      'FULFILLMENT_ORDER_HAS_MANUALLY_REPORTED_PROGRESS',
    );
  if (record.requestStatus !== 'SUBMITTED' && record.requestStatus !== 'CANCELLATION_REQUESTED')
    return refused("Fulfillment order is not in cancelable request state and can't be canceled.");
  const { locationId, fulfillAt, order } = record;
  const units = remainingParts(record).map(({ line, quantity }) => ({ lineId: line.lineId, quantity }));
  const made = addFulfillmentOrder(call.world, call.shop, order, {
    locationId,
    fulfillAt,
    units,
    status: 'OPEN',
  });
  for (const line of record.lines) {
    line.totalQuantity -= line.remainingQuantity;
    line.remainingQuantity = 0;
  }
  record.status = 'CANCELLED';
  record.hidden = true;
  return {
    topic: 'cancelled',
    payload: () => ({ fulfillment_order: named(record), replacement_fulfillment_order: named(made) }),
    more: { replacementFulfillmentOrder: fulfillmentOrderFields(made, call) },
  };
});
