import { appFields, callingApp } from './apps.ts';
import { connection, type Connection, type PageArgs } from './connection.ts';
import type { Source } from './execute.ts';
import { fulfillmentFields } from './fulfillment-fields.ts';
import { mayUse } from './fulfillment-order-access.ts';
import { fulfillmentOrderLineFields } from './fulfillment-order-line-fields.ts';
import type { FulfillmentOrderRecord, HoldRecord, MerchantRequestRecord } from './fulfillment-records.ts';
import { gid } from './ids.ts';
import { orderFields } from './order-fields.ts';
import { locationFields } from './shop-fields.ts';
import { mergeable, supportedActions } from './supported-actions.ts';
import { dateTime, dateTimeOrNull } from './times.ts';
import type { Call } from './world.ts';

function displayReason(reason: string): string {
  const words = reason.toLowerCase().replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A hold as GraphQL shows it to the caller. */
export function holdFields(hold: HoldRecord, call: Call): Source {
  const { byApp } = hold;
  return {
    __typename: 'FulfillmentHold',
    id: gid('FulfillmentHold', hold.id),
    reason: hold.reason,
    reasonNotes: hold.reasonNotes,
    displayReason: displayReason(hold.reason),
    handle: hold.handle,
    heldByApp: byApp === null ? null : () => appFields(byApp, call),
    heldByRequestingApp: byApp !== null && byApp === callingApp(call.grant),
  };
}

function requestFields(one: MerchantRequestRecord, record: FulfillmentOrderRecord, call: Call): Source {
  return {
    __typename: 'FulfillmentOrderMerchantRequest',
    id: gid('FulfillmentOrderMerchantRequest', one.id),
    kind: one.kind,
    message: one.message,
    requestOptions: one.kind === 'FULFILLMENT_REQUEST' ? { notify_customer: one.notifyCustomer } : {},
    responseData: null,
    sentAt: dateTime(one.sentAt),
    fulfillmentOrder: () => fulfillmentOrderFields(record, call),
  };
}

function placeFields(record: FulfillmentOrderRecord, call: Call): Source {
  const location = call.shop.locations.find((one) => one.id === record.locationId);
  const to = record.order.shippingAddress;
  return {
    assignedLocation: {
      __typename: 'FulfillmentOrderAssignedLocation',
      name: location?.name ?? '',
      countryCode: location?.countryCode ?? 'US',
      address1: null,
      address2: null,
      city: null,
      province: null,
      zip: null,
      phone: null,
      location: location ? () => locationFields(location, call.shop) : null,
    },
    destination: to
      ? {
          __typename: 'FulfillmentOrderDestination',
          id: gid('FulfillmentOrderDestination', record.id),
          firstName: to.firstName,
          lastName: to.lastName,
          company: to.company,
          address1: to.address1,
          address2: to.address2,
          city: to.city,
          province: to.province,
          zip: to.zip,
          countryCode: to.countryCode,
          phone: to.phone,
          email: record.order.email,
          location: null,
        }
      : null,
  };
}

function listFields(record: FulfillmentOrderRecord, call: Call): Source {
  const page = <T extends { readonly id: bigint }>(
    items: readonly T[],
    args: PageArgs,
    toNode: (item: T) => object,
  ): Connection => connection(items, args, (one) => [null, one.id], toNode);
  const { order } = record;
  return {
    lineItems: (args: PageArgs) =>
      page(record.lines, args, (line) => fulfillmentOrderLineFields(line, record, call)),
    merchantRequests: (args: PageArgs & { kind?: string | null }) =>
      page(
        record.requests.filter((one) => args.kind == null || one.kind === args.kind),
        args,
        (one) => requestFields(one, record, call),
      ),
    fulfillments: (args: PageArgs) =>
      page(
        order.fulfillments.filter((one) => one.lines.some((line) => line.fulfillmentOrderId === record.id)),
        args,
        (one) => fulfillmentFields(one, order, call),
      ),
    fulfillmentOrdersForMerge: (args: PageArgs) =>
      page(mergeable(record), args, (one) => fulfillmentOrderFields(one, call)),
  };
}

/** A fulfilment order as GraphQL shows it to the caller. */
export function fulfillmentOrderFields(record: FulfillmentOrderRecord, call: Call): Source {
  const { order } = record;
  return {
    __typename: 'FulfillmentOrder',
    id: gid('FulfillmentOrder', record.id),
    status: record.status,
    requestStatus: record.requestStatus,
    supportedActions: () =>
      supportedActions(call, record, callingApp(call.grant)).map((action) => ({ action, externalUrl: null })),
    createdAt: dateTime(record.createdAt),
    updatedAt: dateTime(record.updatedAt),
    fulfillAt: dateTimeOrNull(record.fulfillAt),
    fulfillBy: null,
    order: () => orderFields(order, call),
    orderId: gid('Order', order.id),
    orderName: order.name,
    orderProcessedAt: dateTime(order.processedAt),
    deliveryMethod: null,
    internationalDuties: null,
    channelId: null,
    fulfillmentHolds: () => record.holds.map((one) => holdFields(one, call)),
    ...placeFields(record, call),
    ...listFields(record, call),
  };
}

/** The fulfilment orders of a list that the caller's scopes reach. */
export function readable(
  records: readonly FulfillmentOrderRecord[],
  call: Call,
): readonly FulfillmentOrderRecord[] {
  return records.filter((one) => mayUse(call, one, 'read'));
}
