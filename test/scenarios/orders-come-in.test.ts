import { expect, it } from 'vitest';
import { amazonLine, amazonOrder } from '../amazon-orders.ts';
import { runningWorld } from '../running-world.ts';

const world = runningWorld();
const id = (n: number) => `111-0000000-${String(n).padStart(7, '0')}`;
const money = (amount: string, currencyCode: string) => ({ amount, currencyCode });
const status = (fulfillmentStatus: string, fulfilledBy = 'MERCHANT') => ({
  fulfillment: { fulfillmentStatus, fulfilledBy, fulfillmentServiceLevel: 'STANDARD' },
});

it('IMP-1 IMP-4 IMP-11: an order stands in Shopify once, marked, linked and with nobody to write to', async () => {
  await world.control('POST', '/shopify/variants', [
    { sku: 'SKU-1', title: 'Blue mug', price: '25.00', inventory: 10 },
  ]);
  await world.place(amazonOrder(id(1)));
  await world.settle();
  const order = await world.order(id(1));
  expect(order).toMatchObject({
    sourceIdentifier: id(1),
    sourceName: 'amazon',
    tags: ['Amazon'],
    ownMark: { value: id(1) },
    email: null,
    phone: null,
    customer: null,
  });
  expect(order).toMatchObject({ displayFinancialStatus: 'PAID', displayFulfillmentStatus: 'UNFULFILLED' });
  expect(order?.transactions).toMatchObject([
    { gateway: 'amazon', kind: 'SALE', status: 'SUCCESS', processedAt: '2026-11-19T10:11:12Z' },
  ]);
  expect(order?.shippingAddress).toMatchObject({
    firstName: 'Ann van',
    lastName: 'Example',
    address1: '1 Main Street',
    address2: 'Floor 2',
    zip: '98101',
    phone: '+1 206 555 0100',
  });
  const attributes = Object.fromEntries(
    (order?.customAttributes ?? []).map(({ key, value }) => [key, value]),
  );
  expect(attributes).toMatchObject({
    Marketplace: 'Amazon.com',
    'Ship by': '2026-11-29T07:59:59Z',
    'Delivery instructions': 'Leave at the door',
  });
  expect(await world.row(id(1))).toMatchObject({
    state: 'in_step',
    shopify_name: order?.name,
    stock_taken: true,
  });
  expect(await world.problems(id(1))).toEqual([]);
});

it('IMP-1 IMP-7: an unknown SKU becomes a shippable line of its own and is listed; several variants are not guessed', async () => {
  await world.control('POST', '/shopify/variants', [
    { sku: 'TWICE', title: 'One', price: '1.00' },
    { sku: 'TWICE', title: 'Two', price: '1.00' },
    { sku: 'sku-1', title: 'Another case', price: '1.00' },
  ]);
  await world.place(
    amazonOrder(id(2), {
      proceeds: { grandTotal: money('30.00', 'USD') },
      orderItems: [
        amazonLine('1', { sku: 'SKU-1', item: '10.00' }),
        amazonLine('2', { sku: 'TWICE', item: '10.00' }),
        amazonLine('3', { sku: null, item: '10.00' }),
      ],
    }),
  );
  await world.settle();
  const lines = (await world.order(id(2)))?.lineItems.nodes ?? [];
  expect(lines.map(({ variant, requiresShipping }) => ({ variant, requiresShipping }))).toEqual(
    Array(3).fill({ variant: null, requiresShipping: true }),
  );
  expect((await world.problems(id(2))).map(({ kind, subject }) => [kind, subject])).toEqual([
    ['sku_ambiguous', 'TWICE'],
    ['sku_unlinked', 'B000000001'],
    ['sku_unlinked', 'SKU-1'],
  ]);
});

it('IMP-2 IMP-6: pending orders wait, cancelled ones and those Amazon fulfils are recorded and not created', async () => {
  await world.place(
    amazonOrder(id(3), { ...status('PENDING'), proceeds: undefined, recipient: undefined }),
    amazonOrder(id(4), status('CANCELLED')),
    amazonOrder(id(5), status('SHIPPED', 'AMAZON')),
  );
  await world.settle();
  expect(await world.orders()).toEqual([]);
  expect([await world.row(id(3)), await world.row(id(4)), await world.row(id(5))]).toMatchObject([
    { state: 'pending_amazon' },
    { state: 'never_created' },
    { state: 'fba_view' },
  ]);
  await world.place(amazonOrder(id(3)));
  await world.settle();
  expect(await world.order(id(3))).toBeDefined();
});

it('IMP-3: discount, gift wrap, tax of the marketplace and an indivisible remainder add up to the cent', async () => {
  const line = amazonLine('1', {
    quantity: 3,
    item: '20.00',
    discount: '1.00',
    shipping: '4.99',
    giftWrap: '2.50',
    tax: '1.66',
    byMarketplace: true,
  });
  await world.place(
    amazonOrder(id(6), { proceeds: { grandTotal: money('28.15', 'USD') }, orderItems: [line] }),
  );
  await world.settle();
  const order = await world.order(id(6));
  expect(order?.totalPriceSet.presentmentMoney).toMatchObject({ currencyCode: 'USD' });
  expect(Number(order?.totalPriceSet.presentmentMoney.amount)).toBe(28.15);
  expect(
    order?.lineItems.nodes.map((l) => [l.quantity, Number(l.originalUnitPriceSet.presentmentMoney.amount)]),
  ).toEqual([
    [2, 6.33],
    [1, 6.34],
  ]);
  expect(order?.lineItems.nodes.flatMap((l) => l.taxLines).every((tax) => tax.channelLiable)).toBe(true);
  expect(
    order?.shippingLines.nodes.map((l) => [l.code, Number(l.originalPriceSet.presentmentMoney.amount)]),
  ).toEqual([
    ['shipping', 4.99],
    ['gift_wrap', 2.5],
  ]);
  expect((await world.problems(id(6))).filter((p) => p.kind === 'totals_differ')).toEqual([]);
});

it('IMP-3: yen have no decimals, and a total that cannot be explained is flagged with the difference', async () => {
  const japan = {
    salesChannel: { channelName: 'AMAZON', marketplaceId: 'A1VC38T7YXB528', marketplaceName: 'Amazon.co.jp' },
  };
  await world.place(
    amazonOrder(id(7), {
      ...japan,
      proceeds: { grandTotal: money('3490', 'JPY') },
      orderItems: [amazonLine('1', { item: '3490', currency: 'JPY' })],
    }),
    amazonOrder(id(8), { proceeds: { grandTotal: money('25.01', 'USD') } }),
  );
  await world.settle();
  const yen = await world.order(id(7));
  expect([
    Number(yen?.totalPriceSet.presentmentMoney.amount),
    yen?.totalPriceSet.presentmentMoney.currencyCode,
  ]).toEqual([3490, 'JPY']);
  expect((await world.problems(id(7))).map((p) => p.kind)).toContain('currency_unknown');
  expect(await world.order(id(8))).toBeDefined();
  const differs = (await world.problems(id(8))).find((p) => p.kind === 'totals_differ');
  expect(differs?.params).toMatchObject({ a: '25.01', b: '25.00', diff: '0.01', currency: 'USD' });
});

it('IMP-5 PRO-2: the same order seen again and again is one order, and one deleted in Shopify is not made again', async () => {
  await world.place(amazonOrder(id(9)));
  await world.settle();
  for (let i = 0; i < 3; i += 1) {
    await world.place(amazonOrder(id(9)));
    await world.settle();
  }
  const order = await world.order(id(9));
  await world.shopify(
    'mutation($id: ID!) { orderDelete(orderId: $id) { deletedId userErrors { message } } }',
    { id: order?.id },
  );
  await world.place(amazonOrder(id(9), { programs: ['PREMIUM'] }));
  await world.settle();
  expect(await world.orders()).toEqual([]);
  expect(await world.row(id(9))).toMatchObject({ state: 'deleted_shopify' });
  expect((await world.problems(id(9))).map((p) => p.kind)).toContain('order_deleted');
});

it('IMP-5 PRO-3: a lost answer of orderCreate is looked up, not repeated, also while search lags', async () => {
  await world.control('POST', '/faults', {
    service: 'shopify',
    match: {},
    kind: 'search-lag',
    ms: 10_000,
    times: 1000,
  });
  await world.control('POST', '/faults', {
    service: 'shopify',
    match: { operation: 'orderCreate' },
    kind: 'drop-answer',
    times: 2,
  });
  await world.place(amazonOrder(id(10)), amazonOrder(id(11)), amazonOrder(id(12)));
  await world.settle();
  expect((await world.orders()).map((o) => o.sourceIdentifier).sort()).toEqual([id(10), id(11), id(12)]);
  const creates = (await world.log('shopify')).filter((entry) => entry.operation === 'orderCreate');
  expect(creates).toHaveLength(3);
});

it('IMP-5: a create that never arrived is sent again once its effect can no longer come', async () => {
  await world.control('POST', '/faults', {
    service: 'shopify',
    match: { operation: 'orderCreate' },
    kind: 'drop-request',
  });
  await world.place(amazonOrder(id(13)));
  await world.settle(true);
  expect(await world.order(id(13))).toBeDefined();
  expect(await world.row(id(13))).toMatchObject({ due_reason: 'ship_by' });
});

it('IMP-5: an answer that was lost and an effect that comes minutes later still make one order', async () => {
  await world.control('POST', '/behaviour', { name: 'shopify.duplicate-id-metafield', value: 'accepts' });
  await world.control('POST', '/behaviour', { name: 'shopify.identifier-lookup', value: 'lags-like-search' });
  await world.control('POST', '/faults', {
    service: 'shopify',
    match: { operation: 'orderCreate' },
    kind: 'late-effect',
    ms: 240_000,
  });
  await world.place(amazonOrder(id(14)));
  await world.settle(true);
  expect((await world.orders()).filter((o) => o.sourceIdentifier === id(14))).toHaveLength(1);
});

it('IMP-8: a backfill brings in orders older than the start of the import', async () => {
  await world.database.owner("update seller set import_from = '2026-11-20T00:00:00Z'");
  await world.place(amazonOrder(id(15)));
  await world.settle();
  expect(await world.row(id(15))).toMatchObject({ state: 'before_import' });
  await world.database.owner("update seller set import_from = '2000-01-01T00:00:00Z'");
});

it('REP-4: of an order that is over and not in Shopify, who cancelled a line of it is kept', async () => {
  await world.database.owner("update seller set import_from = '2026-11-20T00:00:00Z'");
  const [whole, part] = [id(21), id(22)];
  const cancellation = { cancellationExecution: { cancelledBy: 'MERCHANT' } };
  const lines = [
    amazonLine('10000000000001', { item: '25.00' }),
    { ...amazonLine('10000000000002', { item: '25.00' }), cancellation },
  ];
  await world.place(
    amazonOrder(whole, status('SHIPPED')),
    amazonOrder(part, { ...status('SHIPPED'), orderItems: lines }),
  );
  await world.settle();
  await world.database.owner("update seller set import_from = '2000-01-01T00:00:00Z'");
  const rows = await world.database.owner(
    `select jsonb_path_query_array(remembered, '$.order.lines[*].cancelled.by') as by, shopify_order_id as shopify
      from amazon_order where amazon_order_id = any($1) order by amazon_order_id`,
    [[whole, part]],
  );
  expect(rows).toEqual([
    { by: null, shopify: null },
    { by: ['MERCHANT'], shopify: null },
  ]);
});

it('IMP-9: an order that another app brought in is adopted, not doubled', async () => {
  await world.shopify(
    `mutation { orderCreate(order: { sourceIdentifier: "${id(16)}", currency: USD, lineItems: [{ title: "Mug", quantity: 1, priceSet: { shopMoney: { amount: "25.00", currencyCode: USD } } }] }) { order { id } userErrors { message } } }`,
  );
  await world.place(amazonOrder(id(16)));
  await world.settle();
  expect(await world.order(id(16))).toMatchObject({ ownMark: null });
  expect((await world.problems(id(16))).map((p) => p.kind)).toContain('adopted_confirm');
});

it('IMP-10 SEC-5: no name, address or telephone number of a buyer is anywhere in the database', async () => {
  await world.place(amazonOrder(id(17)));
  await world.settle();
  const tables = await world.database.owner<{ name: string }>(
    "select table_schema || '.' || table_name as name from information_schema.tables where table_schema in ('public', 'graphile_worker') and table_type = 'BASE TABLE'",
  );
  for (const { name } of tables) {
    const rows = await world.database.owner<{ row: string }>(`select t::text as row from ${name} t`);
    for (const { row } of rows) expect(row).not.toMatch(/van Example|Main Street|555 0100|hidden@/);
  }
});

it('PRO-6: what was done to an order is in the audit log', async () => {
  await world.place(amazonOrder(id(18)));
  await world.settle();
  const log = await world.database.owner<{ action: string; after: { shopifyOrderId: string } }>(
    'select action, after from audit_entry where amazon_order_id = $1',
    [id(18)],
  );
  expect(log).toMatchObject([
    { action: 'create_order:accepted', after: { shopifyOrderId: (await world.order(id(18)))?.id } },
    { action: 'create_order:confirmed', after: { state: 'confirmed' } },
  ]);
});
