import type { Source } from './execute.ts';
import { atThirdParty, findFulfillmentOrder, unknownFulfillmentOrder } from './fulfillment-order-access.ts';
import { fulfillmentOrderFields } from './fulfillment-order-fields.ts';
import { isEverything, splitOff } from './fulfillment-order-parts.ts';
import type { FulfillmentOrderRecord, MerchantRequestRecord } from './fulfillment-records.ts';
import { namedWithRequest } from './fulfillment-webhooks.ts';
import { gid } from './ids.ts';
import { touch } from './order-writes.ts';
import { readParts, type PartInput } from './read-parts.ts';
import type { UserError } from './user-errors.ts';
import type { Call } from './world.ts';

interface RequestArgs {
  readonly id: string;
  readonly message?: string | null;
}

interface SubmitArgs extends RequestArgs {
  readonly fulfillmentOrderLineItems?: readonly PartInput[] | null;
  readonly notifyCustomer?: boolean | null;
}

function addRequest(
  call: Call,
  record: FulfillmentOrderRecord,
  kind: MerchantRequestRecord['kind'],
  args: SubmitArgs,
): { readonly id: string; readonly message: string | null } {
  const { world } = call;
  const id = world.newId('FulfillmentOrderMerchantRequest');
  const sentAt = world.parts.clock.now();
  const message = args.message ?? null;
  record.requests.push({ id, kind, message, notifyCustomer: args.notifyCustomer ?? false, sentAt });
  record.updatedAt = sentAt;
  return { id: gid('FulfillmentOrderMerchantRequest', id), message };
}

function notRequestable(call: Call, record: FulfillmentOrderRecord): UserError | null {
  const refused = (message: string): UserError => ({ field: ['id'], message });
  if (!atThirdParty(call.shop, record))
    return refused('The fulfillment order is not assigned to a fulfillment service.');
  return record.status === 'OPEN' && record.requestStatus !== 'SUBMITTED'
    ? null
    : refused('The fulfillment order is not in a state in which fulfillment can be requested.');
}

/** `fulfillmentOrderSubmitFulfillmentRequest`: asks the third party to send it; the rest is split off. */
export function fulfillmentOrderSubmitFulfillmentRequest(args: SubmitArgs, call: Call): Source {
  const failed = (error: UserError): Source => ({
    originalFulfillmentOrder: null,
    submittedFulfillmentOrder: null,
    unsubmittedFulfillmentOrder: null,
    userErrors: [error],
  });
  const record = findFulfillmentOrder(call, args.id, 'write');
  if (!record) return failed(unknownFulfillmentOrder(call, args.id));
  const error = notRequestable(call, record);
  if (error) return failed(error);
  const read = readParts(
    record,
    args.fulfillmentOrderLineItems,
    ['fulfillmentOrderLineItems'],
    'GREATER_THAN',
  );
  if ('error' in read) return failed(read.error);
  const rest = record.lines.flatMap((line) => {
    const taken = read.parts.find((part) => part.line === line)?.quantity ?? 0;
    return line.remainingQuantity > taken ? [{ line, quantity: line.remainingQuantity - taken }] : [];
  });
  const left = isEverything(record, read.parts)
    ? null
    : splitOff(call.world, call.shop, record, rest, 'apart');
  record.requestStatus = 'SUBMITTED';
  const request = addRequest(call, record, 'FULFILLMENT_REQUEST', args);
  call.world.emit(call.shop, 'fulfillment_orders/fulfillment_request_submitted', () => ({
    original_fulfillment_order: namedWithRequest(record),
    submitted_fulfillment_order: namedWithRequest(record),
    fulfillment_order_merchant_request: request,
  }));
  touch(call, record.order, 'fulfillmentOrderSubmitFulfillmentRequest');
  const node = (): Source => fulfillmentOrderFields(record, call);
  return {
    originalFulfillmentOrder: node,
    submittedFulfillmentOrder: node,
    unsubmittedFulfillmentOrder: left ? fulfillmentOrderFields(left, call) : null,
    userErrors: [],
  };
}

/** `fulfillmentOrderSubmitCancellationRequest`: asks the third party that accepted the work to stop it. */
export function fulfillmentOrderSubmitCancellationRequest(args: RequestArgs, call: Call): Source {
  const failed = (error: UserError): Source => ({ fulfillmentOrder: null, userErrors: [error] });
  const record = findFulfillmentOrder(call, args.id, 'write');
  if (!record) return failed(unknownFulfillmentOrder(call, args.id));
  const accepted = record.requestStatus === 'ACCEPTED' || record.requestStatus === 'CANCELLATION_REJECTED';
  if (record.status !== 'IN_PROGRESS' || !accepted)
    return failed({
      field: ['id'],
      message: 'The fulfillment order is not in a state in which cancellation can be requested.',
    });
  record.requestStatus = 'CANCELLATION_REQUESTED';
  const request = addRequest(call, record, 'CANCELLATION_REQUEST', args);
  call.world.emit(call.shop, 'fulfillment_orders/cancellation_request_submitted', () => ({
    fulfillment_order: namedWithRequest(record),
    fulfillment_order_merchant_request: request,
  }));
  touch(call, record.order, 'fulfillmentOrderSubmitCancellationRequest');
  return { fulfillmentOrder: fulfillmentOrderFields(record, call), userErrors: [] };
}
