import { existsSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fulfilment, ordersOf, placeOrder, unitsOf } from './fulfilment-world.ts';
import { entries, shop, startShopify, type ShopifyTest } from './shopify-world.ts';
import { startReceiver, type Receiver } from './webhook-receiver.ts';

const topics = [
  'orders/updated',
  'orders/fulfilled',
  'orders/partially_fulfilled',
  'fulfillments/create',
  'fulfillments/update',
  'fulfillment_orders/placed_on_hold',
  'fulfillment_orders/hold_released',
  'fulfillment_orders/merged',
  'fulfillment_orders/split',
  'fulfillment_orders/moved',
  'fulfillment_orders/cancellation_request_submitted',
  'fulfillment_holds/added',
  'fulfillment_holds/released',
  'app/scopes_update',
  'customers/data_request',
  'customers/redact',
  'shop/redact',
];

let receiver: Receiver;
let world: ShopifyTest;
beforeEach(async () => {
  receiver = await startReceiver();
  world = await startShopify({
    appUrl: () => receiver.url,
    topics,
    includeFields: { 'orders/updated': ['id', 'admin_graphql_api_id', 'line_items.sku'] },
  });
});
afterEach(async () => {
  await world.close();
  await receiver.close();
});

/** What came since the last look. */
async function arrived() {
  await world.clock.advance(0);
  return receiver.received.splice(0);
}
const body = (list: Awaited<ReturnType<typeof arrived>>, topic: string) =>
  list.find((one) => one.topic === topic)?.body;

const twoLines = [
  { sku: 'A', quantity: 2 },
  { sku: 'B', quantity: 1 },
];
async function placed() {
  const order = await placeOrder(world, twoLines);
  const [first] = await ordersOf(world, order);
  await arrived();
  return { order, first, id: first?.['id'] };
}

describe('webhooks of holds', () => {
  it('name the held and the remaining fulfilment order; all of one action have one event id', async () => {
    const { order, first, id } = await placed();
    const units = [unitsOf(first, 'B', 1)];
    const hold = { reason: 'OTHER', handle: 'concord-request', fulfillmentOrderLineItems: units };
    const { data } = await world.gql(fulfilment.hold, { id, hold });
    const list = await arrived();
    expect(list.map(({ topic }) => topic)).toEqual([
      'fulfillment_holds/added',
      'fulfillment_orders/placed_on_hold',
      'orders/updated',
    ]);
    expect(new Set(list.map(({ eventId }) => eventId)).size).toBe(1);
    const one = {
      id: data['fulfillmentOrderHold']?.['fulfillmentHold']?.['id'],
      reason: 'other',
      reason_notes: null,
      held_by_requesting_app: false,
      handle: 'concord-request',
      held_by_app: null,
    };
    expect(body(list, 'fulfillment_holds/added')).toEqual({
      fulfillment_order: { id },
      fulfillment_hold: one,
    });
    const rest = data['fulfillmentOrderHold']?.['remainingFulfillmentOrder']?.['id'];
    expect(body(list, 'fulfillment_orders/placed_on_hold')).toEqual({
      fulfillment_order: { id, status: 'on_hold', fulfillment_holds: [one] },
      remaining_fulfillment_order: { id: rest, status: 'open' },
      held_fulfillment_order_line_items: units,
      created_fulfillment_hold: one,
    });
    expect(body(list, 'orders/updated')).toMatchObject({
      admin_graphql_api_id: order,
      line_items: [{ sku: 'A' }, { sku: 'B' }],
    });
  });

  it('come once for the first and the last of several holds, each hold also by itself', async () => {
    const { id } = await placed();
    await world.gql(fulfilment.hold, { id, hold: { reason: 'OTHER' } });
    await world.gql(fulfilment.hold, { id, hold: { reason: 'OTHER' } }, 'other-app');
    await world.gql(fulfilment.release, { id });
    const count = new Map<string, number>();
    for (const { topic } of await arrived()) count.set(topic, (count.get(topic) ?? 0) + 1);
    expect(Object.fromEntries(count)).toEqual({
      'fulfillment_holds/added': 2,
      'fulfillment_orders/placed_on_hold': 1,
      'fulfillment_holds/released': 2,
      'fulfillment_orders/hold_released': 1,
      'orders/updated': 3,
    });
  });

  it('tell of the merge after a release', async () => {
    const { first, id } = await placed();
    const hold = { reason: 'OTHER', fulfillmentOrderLineItems: [unitsOf(first, 'B', 1)] };
    await world.gql(fulfilment.hold, { id, hold });
    await arrived();
    await world.gql(fulfilment.release, { id });
    expect(body(await arrived(), 'fulfillment_orders/merged')).toMatchObject({
      merge_intents: [
        { fulfillment_order_line_items: [{ quantity: 1 }] },
        { fulfillment_order_line_items: [{ quantity: 2 }] },
      ],
      fulfillment_order_merges: { fulfillment_order: { id, status: 'open' } },
    });
  });

  const sample = new URL(
    '../../../shared/shopify/samples/webhook_fulfillment_orders_placed_on_hold.json',
    import.meta.url,
  );
  it.skipIf(!existsSync(sample))('have the fields that real ones have', async () => {
    const { first, id } = await placed();
    const hold = { reason: 'OTHER', fulfillmentOrderLineItems: [unitsOf(first, 'B', 1)] };
    await world.gql(fulfilment.hold, { id, hold }, 'other-app');
    const shape = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(shape)
        : typeof value === 'object' && value !== null
          ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, shape(one)]))
          : null;
    const real: unknown = JSON.parse(readFileSync(sample, 'utf8'));
    expect(shape(body(await arrived(), 'fulfillment_orders/placed_on_hold'))).toEqual(shape(real));
  });
});

describe('webhooks of shipments', () => {
  it('tell of the shipment and how far the order is', async () => {
    const { order, first, id } = await placed();
    const some = [{ fulfillmentOrderId: id, fulfillmentOrderLineItems: [unitsOf(first, 'A', 1)] }];
    await world.gql(fulfilment.create, { f: { lineItemsByFulfillmentOrder: some } });
    const part = await arrived();
    expect(part.map(({ topic }) => topic)).toEqual([
      'fulfillments/create',
      'orders/updated',
      'orders/partially_fulfilled',
    ]);
    expect(body(part, 'fulfillments/create')).toMatchObject({
      status: 'success',
      name: '#1001.1',
      line_items: [{ sku: 'A', quantity: 1 }],
    });
    await world.gql(fulfilment.create, {
      f: { lineItemsByFulfillmentOrder: [{ fulfillmentOrderId: id }] },
    });
    expect(body(await arrived(), 'orders/fulfilled')).toMatchObject({
      admin_graphql_api_id: order,
      fulfillment_status: 'fulfilled',
      fulfillments: [{ name: '#1001.1' }, { name: '#1001.2' }],
    });
    const { data } = await world.gql(fulfilment.list, { id: order });
    const last = entries(data['order']?.['fulfillments'])[1]?.['id'];
    await world.gql('mutation C($id: ID!) { fulfillmentCancel(id: $id) { userErrors { message } } }', {
      id: last,
    });
    expect(body(await arrived(), 'fulfillments/update')).toMatchObject({ status: 'cancelled' });
  });

  const sample = new URL('../../../shared/shopify/samples/webhook_fulfillments_create.json', import.meta.url);
  it.skipIf(!existsSync(sample))('have the fields that real ones have', async () => {
    const { id } = await placed();
    await world.gql(fulfilment.create, {
      f: { lineItemsByFulfillmentOrder: [{ fulfillmentOrderId: id }] },
    });
    const real = Object.keys(JSON.parse(readFileSync(sample, 'utf8')) as object).sort();
    const own = body(await arrived(), 'fulfillments/create');
    expect(Object.keys(own as object).sort()).toEqual(real);
  });
});

describe('webhooks about the app', () => {
  it('tell of granted scopes, which count at once for tokens given before', async () => {
    const token = await world.login();
    const query = '{ orders(first: 1) { nodes { id } } }';
    expect((await world.gql(query, {}, token)).errors).toEqual([]);
    world.shopify.setScopes(shop, ['read_products']);
    expect(body(await arrived(), 'app/scopes_update')).toMatchObject({ current: ['read_products'] });
    expect((await world.gql(query, {}, token)).errors[0]?.extensions?.code).toBe('ACCESS_DENIED');
  });

  it('SEC-5: about buyers’ data come when asked for, also after the app is gone', async () => {
    world.shopify.install(shop, false);
    world.shopify.sendPrivacy(shop, 'shop/redact');
    world.shopify.sendPrivacy(shop, 'customers/redact', { orders_to_redact: [1] });
    const list = await arrived();
    expect(body(list, 'shop/redact')).toMatchObject({ shop_domain: shop });
    expect(body(list, 'customers/redact')).toMatchObject({ shop_domain: shop, orders_to_redact: [1] });
  });
});

describe('marks on an order', () => {
  const set = `mutation S($m: [MetafieldsSetInput!]!) { metafieldsSet(metafields: $m) {
    metafields { value compareDigest } userErrors { code field } } }`;

  it('are written only where nobody wrote meanwhile, and taken off again', async () => {
    const { order } = await placed();
    const field = { ownerId: order, namespace: '$app', key: 'cancel_request', type: 'json' };
    const put = async (value: string, compareDigest: unknown) =>
      (await world.gql(set, { m: [{ ...field, value, compareDigest }] })).data['metafieldsSet'];
    const first = entries((await put('{"a":1}', null))?.['metafields'])[0];
    expect(entries((await put('{"a":2}', null))?.['userErrors'])[0]).toMatchObject({ code: 'STALE_OBJECT' });
    expect((await put('{"a":2}', first?.['compareDigest']))?.['userErrors']).toEqual([]);
    const gone = `mutation D($m: [MetafieldIdentifierInput!]!) { metafieldsDelete(metafields: $m) {
      deletedMetafields { key } userErrors { message } } }`;
    const m = [{ ownerId: order, namespace: '$app', key: 'cancel_request' }];
    const once = await world.gql(gone, { m });
    expect(once.data['metafieldsDelete']?.['deletedMetafields']).toEqual([{ key: 'cancel_request' }]);
    const twice = await world.gql(gone, { m });
    expect(twice.data['metafieldsDelete']?.['deletedMetafields']).toEqual([null]);
  });
});
