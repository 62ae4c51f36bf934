import { z } from 'zod';
import { ok, type Result } from '../domain/failure.ts';
import type { ShopifyOrderId } from '../domain/ids.ts';
import { orderItemIdAttribute } from '../domain/draft-words.ts';
import { requestTag } from '../domain/request-mark.ts';
import type { FulfillmentOrder, Handling } from '../domain/shopify-order.ts';
import type { AdminClient } from './client.ts';
import { readMore } from './read-more.ts';

const lineShape = z
  .object({
    id: z.string(),
    remainingQuantity: z.number(),
    lineItem: z.object({
      id: z.string(),
      sku: z.string().nullable(),
      customAttributes: z.array(z.object({ key: z.string(), value: z.string().nullable() })),
    }),
  })
  .transform(({ id, remainingQuantity, lineItem }) => ({
    id,
    lineItemId: lineItem.id,
    orderItemId: lineItem.customAttributes.find(({ key }) => key === orderItemIdAttribute)?.value ?? null,
    sku: lineItem.sku,
    remaining: remainingQuantity,
  }));

const page = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() });
const lines = z.object({ nodes: z.array(lineShape), pageInfo: page });

const workShape = z
  .object({
    id: z.string(),
    status: z.string(),
    requestStatus: z.string(),
    supportedActions: z.array(z.object({ action: z.string() })),
    assignedLocation: z.object({ name: z.string() }).nullable(),
    fulfillmentHolds: z.array(
      z.object({ id: z.string(), handle: z.string().nullable(), heldByRequestingApp: z.boolean() }),
    ),
    lineItems: lines,
  })
  .transform((node) => ({
    more: node.lineItems.pageInfo.hasNextPage ? node.lineItems.pageInfo.endCursor : null,
    work: {
      id: node.id,
      status: node.status,
      requestStatus: node.requestStatus,
      actions: node.supportedActions.map(({ action }) => action),
      location: node.assignedLocation?.name ?? null,
      holds: node.fulfillmentHolds.map(({ id, handle, heldByRequestingApp }) => ({
        id,
        handle: handle ?? '',
        own: heldByRequestingApp,
      })),
      lines: node.lineItems.nodes,
    } satisfies FulfillmentOrder,
  }));

const orderShape = z.object({
  id: z.string(),
  tags: z.array(z.string()),
  mark: z.object({ value: z.string() }).nullable(),
  fulfillmentOrders: z.object({ nodes: z.array(workShape), pageInfo: page }),
});

const lineFields = `pageInfo { hasNextPage endCursor }
  nodes { id remainingQuantity lineItem { id sku customAttributes { key value } } }`;
// `heldByApp` would need a scope of its own; whose hold it is says `heldByRequestingApp`.
const workFields = (linesAtOnce: number) => `pageInfo { hasNextPage endCursor }
  nodes { id status requestStatus supportedActions { action } assignedLocation { name }
    fulfillmentHolds { id handle heldByRequestingApp } lineItems(first: ${linesAtOnce}) { ${lineFields} } }`;
const orderFields = `id tags mark: metafield(key: "cancel_request") { value }
  fulfillmentOrders(first: 5) { ${workFields(10)} }`;

/** Orders in one request. */
export const handlingsPerRequest = 5;
/** Shopify asks beforehand for the points of all that could come, so many an order, and takes those of what came. */
export const handlingPoints = 160;
/** An order with more pages of work than this is not one that people handle. */
const mostPages = 20;

type Shaped = z.infer<typeof workShape>;

const moreWork = {
  query: `query MoreFulfillmentOrders($id: ID!, $after: String) {
    order(id: $id) { fulfillmentOrders(first: 10, after: $after) { ${workFields(20)} } }
  }`,
  answer: z.object({ order: orderShape.pick({ fulfillmentOrders: true }).nullable() }),
};

const moreLines = {
  query: `query MoreFulfillmentOrderLines($id: ID!, $after: String) {
    fulfillmentOrder(id: $id) { lineItems(first: 100, after: $after) { ${lineFields} } }
  }`,
  answer: z.object({ fulfillmentOrder: z.object({ lineItems: lines }).nullable() }),
};

/** The rest of a long fulfilment order's lines. */
async function restOfLines(client: AdminClient, { work, more }: Shaped): Promise<Result<FulfillmentOrder>> {
  const all = [...work.lines];
  for (let after = more, pages = 0; after !== null && pages < mostPages; pages += 1) {
    const next = await readMore(client, moreLines, { id: work.id, after });
    if (!next.ok) return next;
    const found = next.value.fulfillmentOrder?.lineItems;
    all.push(...(found?.nodes ?? []));
    after = found?.pageInfo.hasNextPage ? found.pageInfo.endCursor : null;
  }
  return ok({ ...work, lines: all });
}

async function restOfWork(
  client: AdminClient,
  { id, fulfillmentOrders }: z.infer<typeof orderShape>,
): Promise<Result<FulfillmentOrder[]>> {
  const shaped = [...fulfillmentOrders.nodes];
  let after = fulfillmentOrders.pageInfo.hasNextPage ? fulfillmentOrders.pageInfo.endCursor : null;
  for (let pages = 0; after !== null && pages < mostPages; pages += 1) {
    const next = await readMore(client, moreWork, { id, after });
    if (!next.ok) return next;
    const found = next.value.order?.fulfillmentOrders;
    shaped.push(...(found?.nodes ?? []));
    after = found?.pageInfo.hasNextPage ? found.pageInfo.endCursor : null;
  }
  const all: FulfillmentOrder[] = [];
  for (const one of shaped) {
    const whole = one.more === null ? ok(one.work) : await restOfLines(client, one);
    if (!whole.ok) return whole;
    all.push(whole.value);
  }
  return ok(all);
}

/**
 * Reads what Shopify shows of requests and of the work on up to `handlingsPerRequest` orders, for each of which the caller
 * has taken `handlingPoints`. Orders that are not there are left out. A failure of kind `retry` with a time: the limit is
 * reached, since one has more of them than usual.
 */
export async function readHandling(
  client: AdminClient,
  ids: readonly ShopifyOrderId[],
): Promise<Result<Map<string, Handling>>> {
  const operation = {
    query: `query ReadHandling($ids: [ID!]!) { nodes(ids: $ids) { ... on Order { ${orderFields} } } }`,
    answer: z.object({
      nodes: z.array(z.union([z.strictObject({}).transform(() => null), orderShape]).nullable()),
    }),
  };
  const first = await client.run({ ...operation, taken: handlingPoints * ids.length }, { ids });
  if (!first.ok) return first;
  const handlings = new Map<string, Handling>();
  for (const node of first.value.nodes) {
    if (!node) continue;
    const work = await restOfWork(client, node);
    if (!work.ok) return work;
    handlings.set(node.id, {
      mark: node.mark?.value ?? null,
      tagged: node.tags.includes(requestTag),
      fulfillmentOrders: work.value,
    });
  }
  return ok(handlings);
}
