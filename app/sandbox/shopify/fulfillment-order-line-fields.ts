import type { Source } from './execute.ts';
import type { FulfillmentOrderLineRecord, FulfillmentOrderRecord } from './fulfillment-records.ts';
import { gid } from './ids.ts';
import { lineFields } from './line-fields.ts';
import { moneyBag } from './money-bag.ts';
import type { LineRecord, OrderRecord } from './records.ts';
import { variantFields } from './variant-fields.ts';
import type { Call } from './world.ts';

/** The order line with this number. Throws where the sandbox lost it. */
export function lineOf(order: OrderRecord, lineId: bigint): LineRecord {
  const found = order.lines.find((line) => line.id === lineId);
  if (!found) throw new Error(`Line ${String(lineId)} of order ${order.name} vanished`);
  return found;
}

/** A line of a fulfilment order as GraphQL shows it. */
export function fulfillmentOrderLineFields(
  one: FulfillmentOrderLineRecord,
  record: FulfillmentOrderRecord,
  call: Call,
): Source {
  const { order } = record;
  const line = lineOf(order, one.lineId);
  const variant = line.variantId === null ? undefined : call.shop.variants.get(line.variantId);
  return {
    __typename: 'FulfillmentOrderLineItem',
    id: gid('FulfillmentOrderLineItem', one.id),
    totalQuantity: one.totalQuantity,
    remainingQuantity: one.remainingQuantity,
    lineItem: () => lineFields(line, order, call),
    sku: line.sku,
    productTitle: line.title,
    variantTitle: line.variantTitle,
    vendor: line.vendor,
    requiresShipping: line.requiresShipping,
    inventoryItemId: variant ? gid('InventoryItem', variant.inventoryItemId) : null,
    variant: variant ? () => variantFields(variant) : null,
    originalUnitPriceSet: moneyBag(line.price),
    image: null,
    shippingLine: null,
    warnings: [],
    weight: null,
  };
}
