import type { Source } from './execute.ts';
import { fulfillmentOrderFields } from './fulfillment-order-fields.ts';
import { hasShipped } from './fulfillment-order-parts.ts';
import type { FulfillmentOrderRecord } from './fulfillment-records.ts';
import { namedWithRequest } from './fulfillment-webhooks.ts';
import { idOf } from './ids.ts';
import { touch } from './order-writes.ts';
import type { Call } from './world.ts';

interface AnswerArgs {
  readonly id: string;
  readonly message?: string | null;
}

/** An answer of the third party: in which state it can be given, what it changes, and who hears of it. */
interface Answer {
  readonly name: string;
  readonly topic: string;
  readonly fits: (record: FulfillmentOrderRecord) => boolean;
  readonly apply: (record: FulfillmentOrderRecord) => void;
}

/** The schema gives these to fulfilment services only; the staff of the sandbox stand in for them. */
function answering({ name, topic, fits, apply }: Answer) {
  return (args: AnswerArgs, call: Call): Source => {
    const number = idOf('FulfillmentOrder', args.id);
    const record = number === null ? undefined : call.shop.fulfillmentOrders.get(number);
    const failed = (message: string): Source => ({
      fulfillmentOrder: null,
      userErrors: [{ field: ['id'], message }],
    });
    if (!record) return failed('The fulfillment order could not be found.');
    if (!fits(record))
      return failed('The fulfillment order is not in a state in which this can be answered.');
    apply(record);
    record.updatedAt = call.world.parts.clock.now();
    call.world.emit(call.shop, `fulfillment_orders/${topic}`, () => ({
      fulfillment_order: namedWithRequest(record),
      message: args.message ?? null,
    }));
    touch(call, record.order, name);
    return { fulfillmentOrder: fulfillmentOrderFields(record, call), userErrors: [] };
  };
}

const isSubmitted = (record: FulfillmentOrderRecord): boolean => record.requestStatus === 'SUBMITTED';
const isToBeCancelled = (record: FulfillmentOrderRecord): boolean =>
  record.requestStatus === 'CANCELLATION_REQUESTED';

/** `fulfillmentOrderAcceptFulfillmentRequest`. */
export const fulfillmentOrderAcceptFulfillmentRequest = answering({
  name: 'fulfillmentOrderAcceptFulfillmentRequest',
  topic: 'fulfillment_request_accepted',
  fits: isSubmitted,
  apply: (record) => {
    record.requestStatus = 'ACCEPTED';
    record.status = 'IN_PROGRESS';
  },
});

/** `fulfillmentOrderRejectFulfillmentRequest`. */
export const fulfillmentOrderRejectFulfillmentRequest = answering({
  name: 'fulfillmentOrderRejectFulfillmentRequest',
  topic: 'fulfillment_request_rejected',
  fits: isSubmitted,
  apply: (record) => {
    record.requestStatus = 'REJECTED';
  },
});

/** `fulfillmentOrderAcceptCancellationRequest`: the work is the merchant's again. */
export const fulfillmentOrderAcceptCancellationRequest = answering({
  name: 'fulfillmentOrderAcceptCancellationRequest',
  topic: 'cancellation_request_accepted',
  fits: isToBeCancelled,
  apply: (record) => {
    record.requestStatus = 'CANCELLATION_ACCEPTED';
    record.status = hasShipped(record) ? 'IN_PROGRESS' : 'OPEN';
  },
});

/** `fulfillmentOrderRejectCancellationRequest`: the third party goes on. */
export const fulfillmentOrderRejectCancellationRequest = answering({
  name: 'fulfillmentOrderRejectCancellationRequest',
  topic: 'cancellation_request_rejected',
  fits: isToBeCancelled,
  apply: (record) => {
    record.requestStatus = 'CANCELLATION_REJECTED';
  },
});

/** `fulfillmentOrderClose`: the third party cannot send the rest. */
export const fulfillmentOrderClose = answering({
  name: 'fulfillmentOrderClose',
  topic: 'fulfillment_service_failed_to_complete',
  fits: (record) => record.requestStatus === 'ACCEPTED' && record.status === 'IN_PROGRESS',
  apply: (record) => {
    record.requestStatus = 'CLOSED';
    record.status = 'INCOMPLETE';
  },
});
