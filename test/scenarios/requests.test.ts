import { expect, it } from 'vitest';
import { amazonLine, amazonOrder } from '../amazon-orders.ts';
import { runningWorld } from '../running-world.ts';

const world = runningWorld({ workers: 1 });
const id = '902-1000000-0000001';

const handlingQuery = `query($id: ID!) { order(id: $id) { tags
  mark: metafield(namespace: "$app", key: "cancel_request") { jsonValue }
  fulfillmentOrders(first: 10) { nodes { id status fulfillmentHolds { id handle reason }
    lineItems(first: 10) { nodes { remainingQuantity lineItem { sku } } } } } } }`;

interface Shown {
  readonly tags: string[];
  readonly mark: { jsonValue: Record<string, unknown> } | null;
  readonly fulfillmentOrders: {
    nodes: {
      id: string;
      status: string;
      fulfillmentHolds: { id: string; handle: string; reason: string }[];
      lineItems: { nodes: { remainingQuantity: number; lineItem: { sku: string } }[] };
    }[];
  };
}

async function shown(order = id): Promise<Shown> {
  const found = await world.order(order);
  if (!found) throw new Error('The order is not in Shopify.');
  const { order: one } = (await world.shopify(handlingQuery, { id: found.id })) as { order: Shown };
  return one;
}

const held = (one: Shown) =>
  one.fulfillmentOrders.nodes
    .filter(({ fulfillmentHolds }) => fulfillmentHolds.some(({ handle }) => handle === 'concord-request'))
    .flatMap(({ lineItems }) => lineItems.nodes.map(({ lineItem }) => lineItem.sku))
    .sort();

async function twoLines() {
  await world.control('POST', '/shopify/variants', [
    { sku: 'SKU-1', title: 'Blue mug', price: '10.00' },
    { sku: 'SKU-2', title: 'Red mug', price: '15.00' },
  ]);
  await world.place(
    amazonOrder(id, {
      orderItems: [
        amazonLine('10000000000001', { sku: 'SKU-1', item: '10.00' }),
        amazonLine('10000000000002', { sku: 'SKU-2', item: '15.00' }),
      ],
    }),
  );
  await world.settle();
}

it('REQ-2 REQ-3: a request for one of two lines is tagged, told and held on that line only', async () => {
  await twoLines();
  await world.control('POST', `/amazon/orders/${id}/request-cancel`, {
    orderItemIds: ['10000000000002'],
    reason: 'Ordered by mistake 😀 <b>',
  });
  await world.settle();
  const one = await shown();
  expect(one.tags).toContain('amazon-cancel-requested');
  expect(one.mark?.jsonValue).toMatchObject({
    lines: [{ sku: 'SKU-2', amazonOrderItemId: '10000000000002', quantity: 1 }],
    reason: 'Ordered by mistake 😀 <b>',
    state: 'open',
  });
  expect(held(one)).toEqual(['SKU-2']);
  expect(await world.row(id)).toMatchObject({ state: 'asked_some_lines' });
});

it('REQ-7: what the buyer takes back is cleared after a second look, and a new request is a new record', async () => {
  await twoLines();
  await world.control('POST', `/amazon/orders/${id}/request-cancel`, {});
  await world.settle();
  expect(held(await shown())).toEqual(['SKU-1', 'SKU-2']);
  await world.control('POST', `/amazon/orders/${id}/withdraw-request`, {});
  await world.settle();
  const one = await shown();
  expect(one.tags).not.toContain('amazon-cancel-requested');
  expect(one.mark?.jsonValue).toMatchObject({ state: 'withdrawn' });
  expect(held(one)).toEqual([]);
  await world.control('POST', `/amazon/orders/${id}/request-cancel`, {});
  await world.settle();
  expect(held(await shown())).toEqual(['SKU-1', 'SKU-2']);
});

it('REQ-4: a hold that a person releases is not put back for the same request', async () => {
  await twoLines();
  await world.control('POST', `/amazon/orders/${id}/request-cancel`, {});
  await world.settle();
  const before = await shown();
  await world.shopify(
    `mutation($id: ID!) { fulfillmentOrderReleaseHold(id: $id) { userErrors { message } } }`,
    { id: before.fulfillmentOrders.nodes[0]?.id },
  );
  await world.settle();
  await world.control('POST', '/clock', { advance: 'PT10M' });
  await world.settle();
  expect(held(await shown())).toEqual([]);
});

it('REQ-5: after 30 days only the category of the buyer’s words stays, in the database and in Shopify', async () => {
  await twoLines();
  await world.control('POST', `/amazon/orders/${id}/request-cancel`, { reason: 'Ordered by mistake, sorry' });
  await world.settle();
  expect((await shown()).mark?.jsonValue).toMatchObject({ reason: 'Ordered by mistake, sorry' });
  await world.control('POST', '/clock', { advance: 'PT744H' });
  const words = async () => (await shown()).mark?.jsonValue['reason'];
  for (let tries = 0; tries < 40 && (await words()) !== 'mistake'; tries += 1) await world.settle();
  expect(await words()).toBe('mistake');
  const [row] = await world.database.owner<{ reasons: string | null; reason_category: string }>(
    'select reasons, reason_category from request',
  );
  expect(row).toEqual({ reasons: null, reason_category: 'mistake' });
});
