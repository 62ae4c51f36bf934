import { z } from 'zod';
import { bag, createMutation, entries, orderInput, type Shape, type ShopifyTest } from './shopify-world.ts';

const fields = /* GraphQL */ `
  id status requestStatus
  supportedActions { action }
  assignedLocation { name location { id isFulfillmentService } }
  lineItems(first: 10) { nodes { id totalQuantity remainingQuantity sku lineItem { id sku } } }
  fulfillmentHolds { id reason reasonNotes handle displayReason heldByRequestingApp }
  order { id displayFulfillmentStatus }
`;

const errors = 'userErrors { field message code }';

/** What the tests do with fulfilment orders, as GraphQL. */
export const fulfilment = {
  list: `query L($id: ID!) { order(id: $id) { displayFulfillmentStatus
    fulfillmentOrders(first: 20) { nodes { ${fields} } }
    fulfillments(first: 10) { id name status trackingInfo { company number url } fulfillmentLineItems(first: 5) { nodes { quantity lineItem { sku } } } }
    lineItems(first: 10) { nodes { sku unfulfilledQuantity } } } }`,
  hold: `mutation H($id: ID!, $hold: FulfillmentOrderHoldInput!) { fulfillmentOrderHold(id: $id, fulfillmentHold: $hold) {
    fulfillmentHold { id handle heldByRequestingApp } fulfillmentOrder { ${fields} } remainingFulfillmentOrder { ${fields} } ${errors} } }`,
  holders: `query W($id: ID!) { order(id: $id) { fulfillmentOrders(first: 20) { nodes { fulfillmentHolds { heldByApp { id } } } } } }`,
  release: `mutation R($id: ID!, $holdIds: [ID!]) { fulfillmentOrderReleaseHold(id: $id, holdIds: $holdIds) {
    fulfillmentOrder { ${fields} } ${errors} } }`,
  create: `mutation C($f: FulfillmentInput!) { fulfillmentCreate(fulfillment: $f) {
    fulfillment { id status name totalQuantity trackingInfo { company number url } } userErrors { field message } } }`,
};

/** One line of an order as a test wants it. */
export interface WantedLine {
  readonly sku: string;
  readonly quantity: number;
  readonly variantId?: string;
}

/** Creates an order with these lines; its global id. */
export async function placeOrder(
  world: ShopifyTest,
  lines: readonly WantedLine[],
  more: Record<string, unknown> = {},
): Promise<string> {
  const lineItems = lines.map(({ sku, quantity, variantId }) => ({
    title: `Thing ${sku}`,
    sku,
    quantity,
    priceSet: bag('5.00'),
    ...(variantId === undefined ? {} : { variantId }),
  }));
  const order = orderInput(`F-${world.log.length}`, { lineItems, transactions: [], ...more });
  const { data, errors: failures } = await world.gql(createMutation, { order });
  if (failures.length > 0) throw new Error(failures[0]?.message);
  return z.string().parse(data['orderCreate']?.['order']?.['id']);
}

/** Fulfilment orders of an order, the oldest first, as the caller sees them. */
export async function ordersOf(world: ShopifyTest, id: string, token = 'staff'): Promise<readonly Shape[]> {
  const { data } = await world.gql(fulfilment.list, { id }, token);
  return entries(data['order']?.['fulfillmentOrders']?.['nodes']);
}

/** `[status, [[sku, remaining], …]]` of each: enough to compare. */
export function summary(records: readonly Shape[]): unknown[] {
  return records.map((one) => [
    one['status'],
    entries(one['lineItems']?.['nodes']).map((line) => [line['sku'], line['remainingQuantity']]),
  ]);
}

/** The line of a fulfilment order with this SKU, as an input. */
export function unitsOf(record: Shape | undefined, sku: string, quantity: number) {
  const lines = z
    .array(z.object({ id: z.string(), sku: z.string() }))
    .parse(record?.['lineItems']?.['nodes'] ?? []);
  return { id: lines.find((one) => one.sku === sku)?.id ?? '', quantity };
}
