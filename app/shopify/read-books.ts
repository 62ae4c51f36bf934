import { z } from 'zod';
import { shopifyCancelReasons } from '../domain/cancel-reason.ts';
import { ok, type Result } from '../domain/failure.ts';
import type { ShopifyOrderId } from '../domain/ids.ts';
import { sum } from '../domain/money.ts';
import type { BookedFulfillment, BookedRefund, OrderBooks } from '../domain/order-books.ts';
import { bookedFulfillment, fulfillmentFields, fulfillmentNode } from './book-fulfillments.ts';
import { orderLines, shippingLines } from './book-lines.ts';
import { bookedRefund, refundFields, refundNode } from './book-refunds.ts';
import { saleOf, transaction, transactionFields } from './book-sale.ts';
import type { AdminClient } from './client.ts';
import { readMore } from './read-more.ts';
import { restOfNodes, type Cut } from './rest-of-nodes.ts';
import { keyInNote } from './staff-note.ts';
import { pageFields, pageOf, wholeList } from './whole-list.ts';

/** What most orders have less of. */
const transactionsAtOnce = 8;
const refundsAtOnce = 3;
const fulfillmentsAtOnce = 3;

const orderFields = `id cancelReason cancellation { staffNote } taxesIncluded presentmentCurrencyCode
  ${pageFields(orderLines, 15)} ${pageFields(shippingLines, 4)}
  transactions(first: ${transactionsAtOnce}) { ${transactionFields} }
  refunds(first: ${refundsAtOnce}) { ${refundFields(6)} }
  fulfillments(first: ${fulfillmentsAtOnce}) { ${fulfillmentFields(6)} }
  fulfillmentOrders(first: 1) { nodes { assignedLocation { location { id } } } }`;

const withId = z.object({ id: z.string() });

const orderShape = z.object({
  id: z.string(),
  cancelReason: z.enum(shopifyCancelReasons).nullable(),
  cancellation: z.object({ staffNote: z.string().nullable().transform(keyInNote) }).nullable(),
  taxesIncluded: z.boolean(),
  presentmentCurrencyCode: z.string(),
  lineItems: pageOf(orderLines),
  shippingLines: pageOf(shippingLines),
  transactions: z.array(transaction),
  refunds: z.array(refundNode),
  fulfillments: z.array(fulfillmentNode),
  fulfillmentOrders: z.object({
    nodes: z.array(z.object({ assignedLocation: z.object({ location: withId.nullable() }).nullable() })),
  }),
});
type Shaped = z.infer<typeof orderShape>;

/** Orders in one request. */
export const booksPerRequest = 5;
/** Shopify asks beforehand for the points of all that could come, so many an order, and takes those of what came. */
export const booksPoints = 150;

const refunds: Cut<z.infer<typeof refundNode>> = {
  type: 'Refund',
  name: 'refunds',
  fields: refundFields(20),
  node: refundNode,
  atOnce: 10,
};

const fulfillments: Cut<z.infer<typeof fulfillmentNode>> = {
  type: 'Fulfillment',
  name: 'fulfillments',
  fields: fulfillmentFields(20),
  node: fulfillmentNode,
  atOnce: 10,
};

const allTransactions = {
  query: `query AllTransactions($id: ID!) { order(id: $id) { transactions(first: 250) { ${transactionFields} } } }`,
  answer: z.object({ order: orderShape.pick({ transactions: true }).nullable() }),
};

async function readSale(
  client: AdminClient,
  { id, transactions }: Shaped,
): Promise<Result<OrderBooks['sale']>> {
  if (transactions.length < transactionsAtOnce) return ok(saleOf(transactions));
  const all = await readMore(client, allTransactions, { id });
  return all.ok ? ok(saleOf(all.value.order?.transactions ?? transactions)) : all;
}

async function readRefunds(
  client: AdminClient,
  order: Shaped,
  of: Pick<OrderBooks, 'currency' | 'sale'>,
): Promise<Result<readonly BookedRefund[]>> {
  const nodes = await restOfNodes(client, refunds, order.id, order.refunds, refundsAtOnce);
  if (!nodes.ok) return nodes;
  const booked: BookedRefund[] = [];
  for (const node of nodes.value) {
    const one = await bookedRefund(client, node, of);
    if (!one.ok) return one;
    booked.push(one.value);
  }
  return ok(booked);
}

async function readFulfillments(
  client: AdminClient,
  order: Shaped,
): Promise<Result<readonly BookedFulfillment[]>> {
  const nodes = await restOfNodes(client, fulfillments, order.id, order.fulfillments, fulfillmentsAtOnce);
  if (!nodes.ok) return nodes;
  const booked: BookedFulfillment[] = [];
  for (const node of nodes.value) {
    const one = await bookedFulfillment(client, node);
    if (!one.ok) return one;
    booked.push(one.value);
  }
  return ok(booked);
}

/** Where the goods were to be sent from, else where some were sent from. */
function placeOf(order: Shaped): string | null {
  const assigned = order.fulfillmentOrders.nodes[0]?.assignedLocation?.location;
  return assigned?.id ?? order.fulfillments.find(({ location }) => location)?.location?.id ?? null;
}

async function booksOf(client: AdminClient, order: Shaped): Promise<Result<OrderBooks>> {
  const currency = order.presentmentCurrencyCode;
  const lines = await wholeList(client, orderLines, order.id, order.lineItems);
  if (!lines.ok) return lines;
  const shipping = await wholeList(client, shippingLines, order.id, order.shippingLines);
  if (!shipping.ok) return shipping;
  const sale = await readSale(client, order);
  if (!sale.ok) return sale;
  const back = await readRefunds(client, order, { currency, sale: sale.value });
  if (!back.ok) return back;
  const sent = await readFulfillments(client, order);
  if (!sent.ok) return sent;
  return ok({
    cancelReason: order.cancelReason,
    cancelKey: order.cancellation?.staffNote ?? null,
    taxesIncluded: order.taxesIncluded,
    currency,
    sale: sale.value,
    lines: lines.value,
    shipping: {
      price: sum(
        currency,
        shipping.value.map(({ price }) => price),
      ),
      tax: sum(
        currency,
        shipping.value.map(({ tax }) => tax),
      ),
    },
    refunds: back.value,
    fulfillments: sent.value,
    locationId: placeOf(order),
  });
}

const operation = {
  query: `query ReadBooks($ids: [ID!]!) { nodes(ids: $ids) { ... on Order { ${orderFields} } } }`,
  answer: z.object({
    nodes: z.array(z.union([z.strictObject({}).transform(() => null), orderShape]).nullable()),
  }),
};

/**
 * Reads what Shopify has on its books of up to `booksPerRequest` orders, for each of which the caller has taken
 * `booksPoints`. Money in minor units of each order's own currency. Orders that are not there are left out. A failure of
 * kind `retry` with a time: the limit is reached, since one has more of something than usual.
 */
export async function readBooks(
  client: AdminClient,
  ids: readonly ShopifyOrderId[],
): Promise<Result<Map<string, OrderBooks>>> {
  const first = await client.run({ ...operation, taken: booksPoints * ids.length }, { ids });
  if (!first.ok) return first;
  const books = new Map<string, OrderBooks>();
  for (const node of first.value.nodes) {
    if (!node) continue;
    const one = await booksOf(client, node);
    if (!one.ok) return one;
    books.set(node.id, one.value);
  }
  return ok(books);
}
