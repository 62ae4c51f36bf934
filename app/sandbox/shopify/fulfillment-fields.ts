import { connection, type PageArgs } from './connection.ts';
import type { Source } from './execute.ts';
import { lineOf } from './fulfillment-order-line-fields.ts';
import { fulfillmentOrderFields, readable } from './fulfillment-order-fields.ts';
import type { FulfillmentLineRecord, FulfillmentRecord } from './fulfillment-records.ts';
import { gid } from './ids.ts';
import { lineFields } from './line-fields.ts';
import { moneyBag, timesBag } from './money-bag.ts';
import { orderFields } from './order-fields.ts';
import type { OrderRecord } from './records.ts';
import { locationFields } from './shop-fields.ts';
import { dateTime } from './times.ts';
import type { Call } from './world.ts';

function lineItemFields(one: FulfillmentLineRecord, order: OrderRecord, call: Call): Source {
  const line = lineOf(order, one.lineId);
  const total = moneyBag(timesBag(line.price, one.quantity));
  return {
    __typename: 'FulfillmentLineItem',
    id: gid('FulfillmentLineItem', one.id),
    quantity: one.quantity,
    lineItem: () => lineFields(line, order, call),
    originalTotalSet: total,
    discountedTotalSet: total,
  };
}

function listFields(one: FulfillmentRecord, order: OrderRecord, call: Call): Source {
  const from = new Set(one.lines.map((line) => line.fulfillmentOrderId));
  return {
    fulfillmentLineItems: (args: PageArgs) =>
      connection(
        one.lines,
        args,
        (line) => [null, line.id],
        (line) => lineItemFields(line, order, call),
      ),
    fulfillmentOrders: (args: PageArgs) =>
      connection(
        readable(
          order.fulfillmentOrders.filter((record) => from.has(record.id)),
          call,
        ),
        args,
        (record) => [null, record.id],
        (record) => fulfillmentOrderFields(record, call),
      ),
    trackingInfo: (args: { first?: number | null }) =>
      one.trackingNumbers.slice(0, args.first ?? undefined).map((number, i) => ({
        company: one.trackingCompany,
        number,
        url: one.trackingUrls[i] ?? null,
      })),
  };
}

/** A shipment as GraphQL shows it. */
export function fulfillmentFields(one: FulfillmentRecord, order: OrderRecord, call: Call): Source {
  const location = call.shop.locations.find((place) => place.id === one.locationId);
  const cancelled = one.status === 'CANCELLED';
  return {
    __typename: 'Fulfillment',
    id: gid('Fulfillment', one.id),
    legacyResourceId: String(one.id),
    name: `${order.name}.${String(one.number)}`,
    status: one.status,
    displayStatus: cancelled ? 'CANCELED' : 'FULFILLED',
    createdAt: dateTime(one.createdAt),
    updatedAt: dateTime(one.updatedAt),
    deliveredAt: null,
    inTransitAt: null,
    estimatedDeliveryAt: null,
    order: () => orderFields(order, call),
    requiresShipping: one.lines.some((line) => lineOf(order, line.lineId).requiresShipping),
    totalQuantity: one.lines.reduce((sum, line) => sum + line.quantity, 0),
    location: location ? () => locationFields(location, call.shop) : null,
    originAddress: null,
    service: null,
    ...listFields(one, order, call),
  };
}
