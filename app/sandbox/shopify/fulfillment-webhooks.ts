import type { FulfillmentOrderRecord, HoldRecord } from './fulfillment-records.ts';
import type { Part } from './fulfillment-order-parts.ts';
import { gid } from './ids.ts';
import type { Call } from './world.ts';

type Payload = Readonly<Record<string, unknown>>;

/** A fulfilment order as most of its webhooks name it. */
export function named({ id, status }: FulfillmentOrderRecord): Payload {
  return { id: gid('FulfillmentOrder', id), status: status.toLowerCase() };
}

/** The same, with what was asked of the fulfilment service. */
export function namedWithRequest(record: FulfillmentOrderRecord): Payload {
  return { ...named(record), request_status: record.requestStatus.toLowerCase() };
}

/** Units of lines in a webhook. */
export function namedParts(parts: readonly Part[]): Payload[] {
  return parts.map(({ line, quantity }) => ({ id: gid('FulfillmentOrderLineItem', line.id), quantity }));
}

function hold(one: HoldRecord): Payload {
  return {
    id: gid('FulfillmentHold', one.id),
    reason: one.reason.toLowerCase(),
    reason_notes: one.reasonNotes,
    // A webhook is no request of an app.
    held_by_requesting_app: false,
    handle: one.handle,
    held_by_app: one.byApp === null ? null : { id: gid('App', one.byApp) },
  };
}

/** Tells of a hold; the first one also changes the status. */
export function tellHeld(
  { world, shop }: Call,
  record: FulfillmentOrderRecord,
  placed: HoldRecord,
  rest: FulfillmentOrderRecord | null,
  parts: readonly Part[],
): void {
  world.emit(shop, 'fulfillment_holds/added', () => ({
    fulfillment_order: { id: gid('FulfillmentOrder', record.id) },
    fulfillment_hold: hold(placed),
  }));
  if (record.holds.length > 1) return;
  world.emit(shop, 'fulfillment_orders/placed_on_hold', () => ({
    fulfillment_order: { ...named(record), fulfillment_holds: record.holds.map(hold) },
    remaining_fulfillment_order: rest ? named(rest) : null,
    held_fulfillment_order_line_items: namedParts(parts),
    created_fulfillment_hold: hold(placed),
  }));
}

/** Tells of released holds; the last one also changes the status. */
export function tellReleased(
  { world, shop }: Call,
  record: FulfillmentOrderRecord,
  released: readonly HoldRecord[],
): void {
  for (const one of released)
    world.emit(shop, 'fulfillment_holds/released', () => ({
      fulfillment_order: { id: gid('FulfillmentOrder', record.id) },
      fulfillment_hold: hold(one),
    }));
  if (record.holds.length === 0)
    world.emit(shop, 'fulfillment_orders/hold_released', () => ({ fulfillment_order: named(record) }));
}

/** Tells of fulfilment orders that became one. Ids of the merged ones are plain numbers in the real service too. */
export function tellMerged(
  { world, shop }: Call,
  merged: readonly { readonly record: FulfillmentOrderRecord; readonly parts: readonly Part[] }[],
  into: FulfillmentOrderRecord,
): void {
  // What was in them is told as it was before.
  const intents = merged.map(({ record, parts }) => ({
    fulfillment_order_id: record.id,
    fulfillment_order_line_items: parts.map(({ line, quantity }) => ({ id: line.id, quantity })),
  }));
  world.emit(shop, 'fulfillment_orders/merged', () => ({
    merge_intents: intents,
    fulfillment_order_merges: { fulfillment_order: named(into) },
  }));
}
