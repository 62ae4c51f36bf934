import { expect, it } from 'vitest';
import { amazonLine, amazonOrder } from '../amazon-orders.ts';
import { runningWorld } from '../running-world.ts';

const world = runningWorld({ workers: 1 });
const id = '903-1000000-0000001';
const other = '903-9999999-0000009';

interface Foreign {
  readonly id: string;
  readonly name: string;
}

/** What another app brings in: one order, with the fields of `OrderCreateOrderInput` given. */
async function broughtIn(fields: Record<string, unknown> = {}): Promise<Foreign> {
  const lineItems = [
    {
      title: 'Mug',
      sku: 'SKU-1',
      quantity: 1,
      requiresShipping: true,
      priceSet: { shopMoney: { amount: '25.00', currencyCode: 'USD' } },
    },
  ];
  const { orderCreate } = (await world.shopify(
    `mutation($order: OrderCreateOrderInput!) { orderCreate(order: $order) { order { id name } userErrors { message } } }`,
    { order: { currency: 'USD', sourceName: 'connector', lineItems, ...fields } },
  )) as { orderCreate: { order: Foreign | null; userErrors: { message: string }[] } };
  expect(orderCreate.userErrors).toEqual([]);
  if (!orderCreate.order) throw new Error('Not created.');
  return orderCreate.order;
}

const all = async () => (await world.orders()).length;
const kinds = async (order = id) => (await world.problems(order)).map(({ kind }) => kind);
const link = async (order = id) =>
  (
    await world.database.owner<{ shopify_order_id: string | null; adopted: boolean }>(
      'select shopify_order_id, adopted from amazon_order where amazon_order_id = $1',
      [order],
    )
  )[0];

it.each([
  ['source identifier', { sourceIdentifier: id }],
  ['name', { name: id }],
  ['name, with letters before it', { name: `AMZ-${id}` }],
  ['tag', { tags: ['express', id] }],
  ['tag with more in it', { tags: [`amazon:${id}`] }],
  ['note', { note: `Gift wrap, says Ann Example.\nAmazon Order ID: ${id}` }],
  ['note as a pair', { note: `amazon_order_id=${id}` }],
  ['attribute', { customAttributes: [{ key: 'Amazon Order', value: id }] }],
])('IMP-9: an order that carries the number in its %s is adopted, not doubled', async (_, fields) => {
  const foreign = await broughtIn(fields);
  await world.place(amazonOrder(id));
  await world.settle();
  expect(await all()).toBe(1);
  expect(await link()).toEqual({ shopify_order_id: foreign.id, adopted: true });
  expect(await kinds()).toEqual(['adopted_confirm']);
  expect(await world.row(id)).toMatchObject({ state: 'adopted' });
});

it('IMP-9: nothing of ours is written on an adopted order', async () => {
  const { id: gid } = await broughtIn({ note: id, tags: ['express'] });
  await world.place(amazonOrder(id));
  await world.settle();
  const shown = await world.shopify(
    `query($id: ID!) { order(id: $id) { tags note customAttributes { key } shippingAddress { city } metafields(first: 5) { nodes { key } } } }`,
    { id: gid },
  );
  expect(shown['order']).toEqual({
    tags: ['express'],
    note: id,
    customAttributes: [],
    shippingAddress: null,
    metafields: { nodes: [] },
  });
  const log = await world.log('shopify');
  expect(log.map(({ operation }) => operation)).not.toContain('orderUpdate');
});

it.each([
  ['a longer number', { note: `Ref ${id}1, 1${id}, ${id}-77` }],
  ['a second number, while the source identifier is another', { note: id, sourceIdentifier: other }],
])('IMP-9: %s is another order: ours is created', async (_, fields) => {
  await broughtIn(fields);
  await world.place(amazonOrder(id));
  await world.settle();
  expect(await all()).toBe(2);
  expect(await link()).toMatchObject({ adopted: false });
  expect(await kinds()).not.toContain('adopted_confirm');
});

it('IMP-9: our own order that names this one as replaced is not it', async () => {
  await world.place(
    amazonOrder(other, { associatedOrders: [{ orderId: id, associationType: 'REPLACEMENT_ORIGINAL_ID' }] }),
  );
  await world.settle();
  await world.place(amazonOrder(id));
  await world.settle();
  expect(await all()).toBe(2);
  expect(await link()).toMatchObject({ adopted: false });
});

it('IMP-9: an order that names several numbers is shown to a person, and nothing is created until it is clear', async () => {
  const foreign = await broughtIn({ note: `${id}, sent again for ${other}` });
  await world.place(amazonOrder(id), amazonOrder(other));
  await world.settle();
  expect(await all()).toBe(1);
  for (const one of [id, other]) {
    expect(await world.problems(one)).toMatchObject([
      { kind: 'adoption_unclear', params: { id: one, name: foreign.name } },
    ]);
    expect(await world.row(one)).toMatchObject({ state: 'adoption_unclear' });
  }
  await world.shopify(`mutation($id: ID!) { tagsAdd(id: $id, tags: ["${id}"]) { userErrors { message } } }`, {
    id: foreign.id,
  });
  await world.place(
    amazonOrder(id, { lastUpdatedTime: '2026-11-21T10:00:00Z' }),
    amazonOrder(other, { lastUpdatedTime: '2026-11-21T10:00:00Z' }),
  );
  await world.settle();
  expect(await all()).toBe(2);
  expect(await link(id)).toEqual({ shopify_order_id: foreign.id, adopted: true });
  expect(await link(other)).toMatchObject({ adopted: false });
});

it('IMP-9: two orders that carry the number are told, and a mere mention beside one is not a second', async () => {
  const [first, second] = [await broughtIn({ tags: [id] }), await broughtIn({ name: `#${id}` })];
  await broughtIn({ note: `Sent again for ${other}` });
  const real = await broughtIn({ tags: [other] });
  await world.place(amazonOrder(id), amazonOrder(other));
  await world.settle();
  expect(await world.problems(id)).toMatchObject([{ kind: 'duplicate_suspected' }]);
  expect([first.name, second.name]).toContain((await world.problems(id))[0]?.params['a']);
  expect(await link(other)).toEqual({ shopify_order_id: real.id, adopted: true });
  expect(await all()).toBe(4);
});

it('IMP-9: where search looks less far, source identifier, name and tag are still found', async () => {
  await world.control('POST', '/behaviour', { name: 'shopify.free-text-search', value: 'narrow' });
  const orders = ['1', '2', '3', '4'].map((n) => `903-2000000-000000${n}`);
  const [source, name, tag, note] = orders;
  await broughtIn({ sourceIdentifier: source });
  await broughtIn({ name });
  await broughtIn({ tags: [tag] });
  await broughtIn({ note });
  await world.place(...orders.map((one) => amazonOrder(one)));
  await world.settle();
  const adopted = await Promise.all(orders.map(async (one) => (await link(one))?.adopted));
  // Of the note nobody can know then.
  expect(adopted).toEqual([true, true, true, false]);
});

it('IMP-9 IMP-5: among many orders that name them every one is found', async () => {
  const orders = Array.from({ length: 30 }, (_, i) => `903-3000000-${String(i).padStart(7, '0')}`);
  for (const [i, one] of orders.entries()) {
    await broughtIn({ tags: [one] });
    // Noise: the same numbers in longer ones.
    for (const n of [1, 2, 3]) await broughtIn({ note: `${String(n)}-${one}-${String(i)}` });
  }
  await world.place(...orders.map((one) => amazonOrder(one)));
  await world.settle();
  expect(await all()).toBe(120);
  expect(new Set(await Promise.all(orders.map(async (one) => (await link(one))?.adopted)))).toEqual(
    new Set([true]),
  );
});

it('IMP-8 IMP-9: what another app brought in long ago is adopted by a backfill', async () => {
  await world.database.owner("update seller set import_from = '2026-11-20T00:00:00Z'");
  const foreign = await broughtIn({ note: id });
  await world.place(amazonOrder(id));
  await world.settle();
  expect(await link()).toEqual({ shopify_order_id: foreign.id, adopted: true });
  await world.database.owner("update seller set import_from = '2000-01-01T00:00:00Z'");
});

it('IMP-9 REQ-3: an adopted order is marked, and held on the lines that the buyer means', async () => {
  const line = (sku: string) => ({
    title: sku,
    sku,
    quantity: 1,
    requiresShipping: true,
    priceSet: { shopMoney: { amount: '10.00', currencyCode: 'USD' } },
  });
  const { id: gid } = await broughtIn({ tags: [id], lineItems: [line('SKU-1'), line('SKU-2')] });
  await world.place(
    amazonOrder(id, {
      orderItems: [
        amazonLine('10000000000001', { sku: 'SKU-1', item: '10.00' }),
        amazonLine('10000000000002', { sku: 'SKU-2', item: '10.00' }),
      ],
    }),
  );
  await world.settle();
  await world.control('POST', `/amazon/orders/${id}/request-cancel`, {
    orderItemIds: ['10000000000002'],
    reason: 'Too late',
  });
  await world.settle();
  const { order } = (await world.shopify(
    `query($id: ID!) { order(id: $id) { tags fulfillmentOrders(first: 10) { nodes { fulfillmentHolds { handle }
      lineItems(first: 10) { nodes { sku } } } } } }`,
    { id: gid },
  )) as {
    order: {
      tags: string[];
      fulfillmentOrders: {
        nodes: { fulfillmentHolds: { handle: string }[]; lineItems: { nodes: { sku: string }[] } }[];
      };
    };
  };
  expect(order.tags).toContain('amazon-cancel-requested');
  const held = order.fulfillmentOrders.nodes.filter(({ fulfillmentHolds }) => fulfillmentHolds.length > 0);
  expect(held.flatMap(({ lineItems }) => lineItems.nodes.map(({ sku }) => sku))).toEqual(['SKU-2']);
  expect(await kinds()).toContain('adopted_confirm');
});

it('SEC-5 IMP-9: of the orders that were compared nothing is kept but the link', async () => {
  await broughtIn({
    note: `For Bea Stranger, ${id}`,
    customAttributes: [{ key: 'door', value: 'Code 4711' }],
  });
  await broughtIn({ note: `Bea Stranger again: ${id} and ${other}` });
  await world.place(amazonOrder(id));
  await world.settle();
  const tables = await world.database.owner<{ name: string }>(
    "select table_schema || '.' || table_name as name from information_schema.tables where table_schema in ('public', 'graphile_worker') and table_type = 'BASE TABLE'",
  );
  for (const { name } of tables)
    for (const { row } of await world.database.owner<{ row: string }>(`select t::text as row from ${name} t`))
      expect(row).not.toMatch(/Stranger|4711/);
});
