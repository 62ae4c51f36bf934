import { atThirdParty } from './fulfillment-order-access.ts';
import type { FulfillmentOrderRecord } from './fulfillment-records.ts';
import type { Call } from './world.ts';

/** How many holds one app, or a person, may have on one fulfilment order. */
export const mostHolds = 10;

/** Open ones of the same order and place, that differ in nothing. */
export function mergeable(record: FulfillmentOrderRecord): FulfillmentOrderRecord[] {
  const plain = (one: FulfillmentOrderRecord): boolean =>
    one.status === 'OPEN' && one.requestStatus !== 'SUBMITTED' && one.holds.length === 0;
  if (!plain(record)) return [];
  return record.order.fulfillmentOrders.filter(
    (one) =>
      one !== record &&
      plain(one) &&
      one.locationId === record.locationId &&
      one.requestStatus === record.requestStatus &&
      one.fulfillAt === record.fulfillAt,
  );
}

function whileOpen(call: Call, record: FulfillmentOrderRecord): string[] {
  if (record.requestStatus === 'SUBMITTED') return ['CANCEL_FULFILLMENT_ORDER'];
  const units = record.lines.reduce((sum, line) => sum + line.remainingQuantity, 0);
  return [
    ...(atThirdParty(call.shop, record) ? ['REQUEST_FULFILLMENT'] : ['REPORT_PROGRESS']),
    'CREATE_FULFILLMENT',
    'MOVE',
    'HOLD',
    ...(units > 1 ? ['SPLIT'] : []),
    ...(mergeable(record).length > 0 ? ['MERGE'] : []),
  ];
}

function inProgress(call: Call, record: FulfillmentOrderRecord): string[] {
  if (record.requestStatus === 'ACCEPTED' || record.requestStatus === 'CANCELLATION_REJECTED')
    return ['CREATE_FULFILLMENT', 'REQUEST_CANCELLATION'];
  if (record.requestStatus === 'CANCELLATION_REQUESTED')
    return ['CREATE_FULFILLMENT', 'CANCEL_FULFILLMENT_ORDER'];
  const holds = call.world.parts.behaviour.get('shopify.hold-partly-fulfilled') === 'allowed';
  return [
    'CREATE_FULFILLMENT',
    ...(record.progressReported ? ['REPORT_PROGRESS', 'MARK_AS_OPEN'] : ['MOVE']),
    ...(holds ? ['HOLD'] : []),
  ];
}

/** `FulfillmentOrderAction`s that make sense now. */
export function supportedActions(call: Call, record: FulfillmentOrderRecord, byApp: bigint | null): string[] {
  if (record.status === 'OPEN') return whileOpen(call, record);
  if (record.status === 'IN_PROGRESS') return inProgress(call, record);
  if (record.status === 'SCHEDULED') return ['MARK_AS_OPEN', 'HOLD', 'MOVE'];
  if (record.status === 'INCOMPLETE') return ['MOVE'];
  if (record.status !== 'ON_HOLD') return [];
  const full = record.holds.filter((one) => one.byApp === byApp).length >= mostHolds;
  return ['RELEASE_HOLD', ...(full ? [] : ['HOLD']), 'MOVE'];
}
