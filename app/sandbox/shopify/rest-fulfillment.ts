import { lineOf } from './fulfillment-order-line-fields.ts';
import type { FulfillmentRecord } from './fulfillment-records.ts';
import { gid } from './ids.ts';
import type { OrderRecord } from './records.ts';
import { iso, restAddress, restLine } from './rest-parts.ts';

/** A shipment in the shape its webhooks have (the REST resource). Ids are BigInt: write them as digits. */
export function restFulfillment(one: FulfillmentRecord, order: OrderRecord): Record<string, unknown> {
  return {
    id: one.id,
    admin_graphql_api_id: gid('Fulfillment', one.id),
    order_id: order.id,
    status: one.status.toLowerCase(),
    created_at: iso(one.createdAt),
    updated_at: iso(one.updatedAt),
    service: 'manual',
    shipment_status: null,
    location_id: one.locationId,
    origin_address: null,
    email: order.email,
    destination: restAddress(order.shippingAddress),
    name: `${order.name}.${String(one.number)}`,
    tracking_company: one.trackingCompany,
    tracking_number: one.trackingNumbers[0] ?? null,
    tracking_numbers: one.trackingNumbers,
    tracking_url: one.trackingUrls[0] ?? null,
    tracking_urls: one.trackingUrls,
    receipt: {},
    line_items: one.lines.map(({ lineId, quantity }) => ({
      ...restLine(lineOf(order, lineId), order),
      quantity,
    })),
  };
}
