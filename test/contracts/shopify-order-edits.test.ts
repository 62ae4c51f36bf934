import { z } from 'zod';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fulfilment, ordersOf, placeOrder, summary, unitsOf } from './fulfilment-world.ts';
import { entries, shop, startShopify, type Shape, type ShopifyTest } from './shopify-world.ts';
import { startReceiver, type Receiver } from './webhook-receiver.ts';

let world: ShopifyTest;
let receiver: Receiver;
beforeEach(async () => {
  receiver = await startReceiver();
  world = await startShopify({
    appUrl: () => receiver.url,
    topics: ['orders/edited', 'orders/updated', 'orders/delete'],
  });
});
afterEach(async () => {
  await world.close();
  await receiver.close();
});

const staged = `calculatedOrder { id totalPriceSet { shopMoney { amount } } subtotalLineItemsQuantity
  lineItems(first: 9) { nodes { id sku title quantity editableQuantity restocking } } }
  userErrors { field message }`;
const begin = `mutation($id: ID!) { orderEditBegin(id: $id) { ${staged} orderEditSession { id } } }`;
const set = `mutation($id: ID!, $line: ID!, $n: Int!, $restock: Boolean) {
  orderEditSetQuantity(id: $id, lineItemId: $line, quantity: $n, restock: $restock) { calculatedLineItem { id quantity } ${staged} } }`;
const addCustom = `mutation($id: ID!, $title: String!, $n: Int!, $price: MoneyInput!) {
  orderEditAddCustomItem(id: $id, title: $title, quantity: $n, price: $price) { calculatedLineItem { id } ${staged} } }`;
const addVariant = `mutation($id: ID!, $v: ID!, $n: Int!) { orderEditAddVariant(id: $id, variantId: $v, quantity: $n) { ${staged} } }`;
const commit = `mutation($id: ID!, $note: String) { orderEditCommit(id: $id, staffNote: $note) { order { id edited } userErrors { field message } } }`;
const look = `query($id: ID!) { order(id: $id) { edited displayFinancialStatus currentSubtotalLineItemsQuantity
  totalPriceSet { shopMoney { amount } } currentTotalPriceSet { shopMoney { amount } } originalTotalPriceSet { shopMoney { amount } }
  totalOutstandingSet { shopMoney { amount } } lineItems(first: 9) { nodes { sku title quantity currentQuantity unfulfilledQuantity } } } }`;

const text = (shape: Shape | undefined) => z.string().nullable().parse(shape) ?? '';
const idOf = (shape: Shape | undefined) => text(shape?.['calculatedOrder']?.['id']);
const lineOf = (shape: Shape | undefined, sku: string) =>
  text(
    entries(shape?.['calculatedOrder']?.['lineItems']?.['nodes']).find((one) => text(one['sku']) === sku)?.[
      'id'
    ],
  );
const errorsOf = (shape: Shape | undefined) =>
  entries(shape?.['userErrors']).map((one) => text(one['message']));
const amount = (shape: Shape | undefined, field: string) => text(shape?.[field]?.['shopMoney']?.['amount']);

async function open(order: string) {
  const { data } = await world.gql(begin, { id: order });
  return data['orderEditBegin'];
}
async function arrived(topic: string) {
  await world.clock.advance(0);
  return receiver.received.filter((one) => one.topic === topic).map((one) => one.body);
}
const order = async (id: string) => (await world.gql(look, { id })).data['order'];

const twoLines = [
  { sku: 'A', quantity: 2 },
  { sku: 'B', quantity: 1 },
];
const paid = {
  transactions: [{ gateway: 'amazon', amountSet: { shopMoney: { amount: '15.00', currencyCode: 'USD' } } }],
};

describe('orders edited in Shopify', () => {
  it('stay as they are until the edit is committed', async () => {
    const id = await placeOrder(world, twoLines, paid);
    const edit = await open(id);
    const { data } = await world.gql(set, { id: idOf(edit), line: lineOf(edit, 'A'), n: 1 });
    expect(data['orderEditSetQuantity']).toMatchObject({
      calculatedLineItem: { quantity: 1 },
      calculatedOrder: { subtotalLineItemsQuantity: 2, totalPriceSet: { shopMoney: { amount: '10.0' } } },
      userErrors: [],
    });
    expect(await order(id)).toMatchObject({ edited: false, currentSubtotalLineItemsQuantity: 3 });
    expect(await arrived('orders/edited')).toEqual([]);
  });

  it('lose units: what is to be sent shrinks, the order keeps what was ordered', async () => {
    const id = await placeOrder(world, twoLines, paid);
    const edit = await open(id);
    await world.gql(set, { id: idOf(edit), line: lineOf(edit, 'A'), n: 1 });
    await world.gql(set, { id: idOf(edit), line: lineOf(edit, 'B'), n: 0 });
    const { data } = await world.gql(commit, { id: idOf(edit), note: 'asked by phone' });
    expect(data['orderEditCommit']).toEqual({ order: { id, edited: true }, userErrors: [] });
    const after = await order(id);
    expect(after).toMatchObject({
      edited: true,
      displayFinancialStatus: 'PAID',
      lineItems: {
        nodes: [
          { sku: 'A', quantity: 2, currentQuantity: 1, unfulfilledQuantity: 1 },
          { sku: 'B', quantity: 1, currentQuantity: 0, unfulfilledQuantity: 0 },
        ],
      },
    });
    expect([
      amount(after, 'totalPriceSet'),
      amount(after, 'currentTotalPriceSet'),
      amount(after, 'originalTotalPriceSet'),
    ]).toEqual(['15.0', '5.0', '15.0']);
    expect(summary(await ordersOf(world, id))).toEqual([['OPEN', [['A', 1]]]]);
  });

  it('get lines: they have to be sent and paid', async () => {
    const [variant] = world.shopify.addVariants(shop, [{ sku: 'C', title: 'Lamp', price: '7.50' }]);
    const id = await placeOrder(world, twoLines, paid);
    const edit = await open(id);
    await world.gql(addCustom, {
      id: idOf(edit),
      title: 'Gift card holder',
      n: 2,
      price: { amount: '1.25', currencyCode: 'USD' },
    });
    await world.gql(addVariant, { id: idOf(edit), v: variant?.id, n: 1 });
    await world.gql(set, { id: idOf(edit), line: lineOf(edit, 'A'), n: 3 });
    await world.gql(commit, { id: idOf(edit) });
    const after = await order(id);
    expect(after).toMatchObject({
      displayFinancialStatus: 'PARTIALLY_PAID',
      lineItems: {
        nodes: [
          { sku: 'A', quantity: 3, currentQuantity: 3 },
          { sku: 'B', quantity: 1 },
          { sku: null, title: 'Gift card holder', quantity: 2, currentQuantity: 2 },
          { sku: 'C', title: 'Lamp', quantity: 1 },
        ],
      },
    });
    expect([
      amount(after, 'totalPriceSet'),
      amount(after, 'originalTotalPriceSet'),
      amount(after, 'totalOutstandingSet'),
    ]).toEqual(['30.0', '15.0', '15.0']);
    expect(summary(await ordersOf(world, id))).toEqual([
      [
        'OPEN',
        [
          ['A', 3],
          ['B', 1],
          [null, 2],
          ['C', 1],
        ],
      ],
    ]);
  });

  it('tell of it as the real service does: the order’s number and what changed by how much', async () => {
    const id = await placeOrder(world, twoLines, paid);
    const edit = await open(id);
    await world.gql(set, { id: idOf(edit), line: lineOf(edit, 'B'), n: 0 });
    await world.gql(commit, { id: idOf(edit), note: 'asked by phone' });
    const [told] = await arrived('orders/edited');
    expect(told).toMatchObject({
      order_edit: {
        app_id: null,
        notify_customer: false,
        staff_note: 'asked by phone',
        line_items: { additions: [], removals: [{ delta: 1 }] },
        discounts: { line_item: { additions: [], removals: [] } },
        shipping_lines: { additions: [], removals: [] },
      },
    });
    expect(Object.keys((told as { order_edit: object }).order_edit).sort()).toEqual(
      'app_id committed_at created_at discounts id line_items notify_customer order_id shipping_lines staff_note user_id'.split(
        ' ',
      ),
    );
    expect(await arrived('orders/updated')).toMatchObject([
      { current_total_price: '10.00', total_price: '15.00' },
    ]);
  });

  it('put units back to stock where asked', async () => {
    const [variant] = world.shopify.addVariants(shop, [
      { sku: 'S', title: 'Mug', price: '5.00', inventory: 10 },
    ]);
    const stock = () => world.shopify.listVariants(shop)[0]?.inventory;
    const variantId = variant?.id ?? '';
    const make = async () => {
      const { data } = await world.gql(
        `mutation($order: OrderCreateOrderInput!) { orderCreate(order: $order, options: { inventoryBehaviour: DECREMENT_IGNORING_POLICY }) { order { id } } }`,
        { order: { lineItems: [{ variantId, quantity: 2, requiresShipping: true }] } },
      );
      return text(data['orderCreate']?.['order']?.['id']);
    };
    for (const [restock, left] of [
      [false, 8],
      [true, 8],
    ] as const) {
      const edit = await open(await make());
      await world.gql(set, { id: idOf(edit), line: lineOf(edit, 'S'), n: 0, restock });
      await world.gql(commit, { id: idOf(edit) });
      expect(stock()).toBe(left);
    }
  });

  it('keep what was sent, and what is held goes last', async () => {
    const id = await placeOrder(world, [{ sku: 'A', quantity: 4 }], { transactions: [] });
    const [first] = await ordersOf(world, id);
    await world.gql(fulfilment.create, {
      f: {
        lineItemsByFulfillmentOrder: [
          { fulfillmentOrderId: first?.['id'], fulfillmentOrderLineItems: [unitsOf(first, 'A', 1)] },
        ],
      },
    });
    const [rest] = await ordersOf(world, id);
    await world.gql(fulfilment.hold, {
      id: rest?.['id'],
      hold: { reason: 'OTHER', fulfillmentOrderLineItems: [unitsOf(rest, 'A', 1)] },
    });
    const edit = await open(id);
    const { data } = await world.gql(set, { id: idOf(edit), line: lineOf(edit, 'A'), n: 0 });
    expect(errorsOf(data['orderEditSetQuantity'])).toEqual([
      'Quantity cannot be less than the fulfilled quantity',
    ]);
    await world.gql(set, { id: idOf(edit), line: lineOf(edit, 'A'), n: 2 });
    await world.gql(commit, { id: idOf(edit) });
    const open2 = (await ordersOf(world, id)).filter((one) => text(one['status']) === 'ON_HOLD');
    expect(summary(open2)).toEqual([['ON_HOLD', [['A', 1]]]]);
  });

  it('are refused where it makes no sense', async () => {
    const id = await placeOrder(world, twoLines, paid);
    expect(errorsOf(await open('gid://shopify/Order/1'))).toEqual(['The order does not exist.']);
    const [one, two] = [await open(id), await open(id)];
    const price = { amount: '1.00', currencyCode: 'EUR' };
    const wrong = await world.gql(addCustom, { id: idOf(one), title: 'X', n: 1, price });
    expect(errorsOf(wrong.data['orderEditAddCustomItem'])).toEqual(['Currency EUR must be USD']);
    await world.gql(set, { id: idOf(one), line: lineOf(one, 'B'), n: 0 });
    await world.gql(commit, { id: idOf(one) });
    expect(errorsOf((await world.gql(commit, { id: idOf(one) })).data['orderEditCommit'])).toEqual([
      'The calculated order does not exist.',
    ]);
    await world.gql(set, { id: idOf(two), line: lineOf(two, 'B'), n: 0 });
    expect(errorsOf((await world.gql(commit, { id: idOf(two) })).data['orderEditCommit'])).toEqual([
      'The order was changed meanwhile and cannot be edited.',
    ]);
  });

  it('need the scope of the app', async () => {
    const id = await placeOrder(world, twoLines, paid);
    const { errors } = await world.gql(begin, { id }, await world.login());
    expect(errors.map((error) => error.extensions?.code)).toEqual(['ACCESS_DENIED']);
  });
});

it('a deleted order is told by its number and nothing else', async () => {
  const id = await placeOrder(world, twoLines);
  await world.gql('mutation($id: ID!) { orderDelete(orderId: $id) { deletedId } }', { id });
  const [told] = await arrived('orders/delete');
  expect(Object.keys(told as object)).toEqual(['id']);
});

it('orderUpdate replaces what it is given and tells of it', async () => {
  const id = await placeOrder(world, twoLines, { customAttributes: [{ key: 'old', value: '1' }] });
  const { data } = await world.gql(
    `mutation($input: OrderInput!) { orderUpdate(input: $input) { order { note tags customAttributes { key value }
      shippingAddress { address1 city } metafield(namespace: "own", key: "k") { value } } userErrors { message } } }`,
    {
      input: {
        id,
        note: 'new',
        tags: ['only'],
        customAttributes: [{ key: 'new', value: '2' }],
        shippingAddress: { address1: '1 Other Street', city: 'Portland', countryCode: 'US' },
        metafields: [{ namespace: 'own', key: 'k', type: 'single_line_text_field', value: 'v' }],
      },
    },
  );
  expect(data['orderUpdate']).toEqual({
    order: {
      note: 'new',
      tags: ['only'],
      customAttributes: [{ key: 'new', value: '2' }],
      shippingAddress: { address1: '1 Other Street', city: 'Portland' },
      metafield: { value: 'v' },
    },
    userErrors: [],
  });
  expect(await arrived('orders/updated')).toMatchObject([{ note: 'new', tags: 'only' }]);
});
