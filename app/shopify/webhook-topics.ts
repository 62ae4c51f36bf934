interface Topic {
  readonly names: 'Order' | 'FulfillmentOrder';
  /** Where the payload names it, inner fields after a dot, lists gone through. */
  readonly at: readonly string[];
  /** Where the payload has the order's own time of change. */
  readonly changedAt?: string;
  /** Needed for nothing but that two events are two payloads. */
  readonly also?: readonly string[];
}

const order: Topic = { names: 'Order', at: ['admin_graphql_api_id'], changedAt: 'updated_at', also: ['id'] };
const fulfilment: Topic = { names: 'Order', at: ['order_id'], also: ['id', 'updated_at'] };
const one: Topic = {
  names: 'FulfillmentOrder',
  at: ['fulfillment_order.id'],
  also: ['fulfillment_order.status'],
};
const hold: Topic = {
  names: 'FulfillmentOrder',
  at: ['fulfillment_order.id'],
  also: ['fulfillment_hold.id'],
};
const oneOf = (...fields: string[]): Topic => ({
  names: 'FulfillmentOrder',
  at: fields.map((field) => `${field}.id`),
});

/**
 * The webhooks that knock at orders, and the fields that say which: shopify.app.toml asks for these fields and no others,
 * so that nothing of a buyer comes along. Left out on purpose: `orders/create` (it is our own write, or none of ours) and
 * `fulfillment_orders/order_routing_complete` (it names a fulfilment order that nobody has read yet).
 */
export const orderTopics: Readonly<Record<string, Topic>> = {
  'orders/updated': order,
  'orders/cancelled': order,
  'orders/fulfilled': order,
  'orders/partially_fulfilled': order,
  'orders/edited': { names: 'Order', at: ['order_edit.order_id'], also: ['order_edit.id'] },
  // Nothing but the id is left of a deleted order.
  'orders/delete': { names: 'Order', at: ['id'] },
  'fulfillments/create': fulfilment,
  'fulfillments/update': fulfilment,
  'refunds/create': { names: 'Order', at: ['order_id'], also: ['id'] },
  'fulfillment_holds/added': hold,
  'fulfillment_holds/released': hold,
  'fulfillment_orders/placed_on_hold': oneOf('fulfillment_order', 'remaining_fulfillment_order'),
  'fulfillment_orders/hold_released': one,
  'fulfillment_orders/split': oneOf(
    'fulfillment_order',
    'remaining_fulfillment_order',
    'replacement_fulfillment_order',
  ),
  'fulfillment_orders/merged': {
    names: 'FulfillmentOrder',
    at: ['merge_intents.fulfillment_order_id', 'fulfillment_order_merges.fulfillment_order.id'],
  },
  'fulfillment_orders/moved': oneOf('original_fulfillment_order', 'moved_fulfillment_order'),
  'fulfillment_orders/cancelled': oneOf('fulfillment_order', 'replacement_fulfillment_order'),
  'fulfillment_orders/fulfillment_request_submitted': oneOf(
    'original_fulfillment_order',
    'submitted_fulfillment_order',
  ),
  'fulfillment_orders/fulfillment_request_accepted': one,
  'fulfillment_orders/fulfillment_request_rejected': one,
  'fulfillment_orders/cancellation_request_submitted': one,
  'fulfillment_orders/cancellation_request_accepted': one,
  'fulfillment_orders/cancellation_request_rejected': one,
  'fulfillment_orders/fulfillment_service_failed_to_complete': one,
  'fulfillment_orders/scheduled_fulfillment_order_ready': one,
  'fulfillment_orders/rescheduled': one,
  'fulfillment_orders/progress_reported': one,
  'fulfillment_orders/manually_reported_progress_stopped': one,
};

/** What a webhook says of orders. */
export interface OrderNews {
  /** Global ids, each once; empty where the payload names none. */
  readonly orders: readonly string[];
  readonly fulfillmentOrders: readonly string[];
  /** Shopify's own time of the order's change, ms UTC in whole seconds; null where the payload has none. */
  readonly changedAt: number | null;
}

function valuesAt(value: unknown, path: readonly string[]): unknown[] {
  if (Array.isArray(value)) return value.flatMap((each) => valuesAt(each, path));
  const [field, ...rest] = path;
  if (field === undefined) return [value];
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, field)) return [];
  return valuesAt((value as Readonly<Record<string, unknown>>)[field], rest);
}

function gidOf(type: string, value: unknown): string[] {
  if (typeof value !== 'string') return [];
  if (/^\d+$/.test(value)) return [`gid://shopify/${type}/${value}`];
  return new RegExp(`^gid://shopify/${type}/\\d+$`).test(value) ? [value] : [];
}

/** Reads out of a payload (its numbers as digits) which orders it is about; null for a topic that knocks at none. */
export function readOrderNews(topic: string, payload: unknown): OrderNews | null {
  const known = Object.hasOwn(orderTopics, topic) ? orderTopics[topic] : undefined;
  if (!known) return null;
  const ids = new Set(
    known.at.flatMap((at) => valuesAt(payload, at.split('.')).flatMap((id) => gidOf(known.names, id))),
  );
  const [changed] = known.changedAt === undefined ? [] : valuesAt(payload, [known.changedAt]);
  const changedAt = typeof changed === 'string' ? Date.parse(changed) : NaN;
  return {
    orders: known.names === 'Order' ? [...ids] : [],
    fulfillmentOrders: known.names === 'FulfillmentOrder' ? [...ids] : [],
    changedAt: Number.isNaN(changedAt) ? null : changedAt,
  };
}
