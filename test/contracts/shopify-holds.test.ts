import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fulfilment, ordersOf, placeOrder, summary, unitsOf } from './fulfilment-world.ts';
import { entries, startShopify, type Shape, type ShopifyTest } from './shopify-world.ts';

const scopes = [
  'write_orders',
  'read_all_orders',
  'read_locations',
  'write_merchant_managed_fulfillment_orders',
  'write_third_party_fulfillment_orders',
];

let world: ShopifyTest;
let token = '';
beforeEach(async () => {
  world = await startShopify({ scopes });
  token = await world.login();
});
afterEach(() => world.close());

const ownHold = { reason: 'OTHER', reasonNotes: 'the buyer asked', handle: 'concord-request' };

async function hold(id: unknown, more: Record<string, unknown> = {}, as = token): Promise<Shape> {
  const { data, errors } = await world.gql(fulfilment.hold, { id, hold: { ...ownHold, ...more } }, as);
  if (errors.length > 0) throw new Error(errors[0]?.message);
  return data['fulfillmentOrderHold'] as Shape;
}
async function release(id: unknown, holdIds?: readonly unknown[], as = token): Promise<Shape> {
  const { data, errors } = await world.gql(fulfilment.release, { id, holdIds }, as);
  if (errors.length > 0) throw new Error(errors[0]?.message);
  return data['fulfillmentOrderReleaseHold'] as Shape;
}
const codes = (payload: Shape) => entries(payload['userErrors']).map((error) => error['code']);

const twoLines = [
  { sku: 'A', quantity: 2 },
  { sku: 'B', quantity: 1 },
];
async function twoLineOrder() {
  const order = await placeOrder(world, twoLines);
  const [first] = await ordersOf(world, order, token);
  return { order, first };
}

describe('a hold', () => {
  it('REQ-3: stops the whole fulfilment order', async () => {
    const { order, first } = await twoLineOrder();
    const held = await hold(first?.['id']);
    expect(held).toMatchObject({
      fulfillmentHold: { handle: 'concord-request', heldByRequestingApp: true },
      fulfillmentOrder: {
        id: first?.['id'],
        status: 'ON_HOLD',
        fulfillmentHolds: [{ reason: 'OTHER', reasonNotes: 'the buyer asked', displayReason: 'Other' }],
        order: { displayFulfillmentStatus: 'ON_HOLD' },
      },
      remainingFulfillmentOrder: null,
      userErrors: [],
    });
    const entry = { lineItemsByFulfillmentOrder: [{ fulfillmentOrderId: first?.['id'] }] };
    const { data } = await world.gql(fulfilment.create, { f: entry });
    expect(entries(data['fulfillmentCreate']?.['userErrors'])[0]?.['message']).toMatch(
      /^Fulfillment order \d+ has an unfulfillable status= on_hold\.$/,
    );
    expect(summary(await ordersOf(world, order))).toEqual([['ON_HOLD', [['A', 2], ['B', 1]]]]); // prettier-ignore
  });

  it('REQ-3: on one of two lines splits it off and leaves the rest free', async () => {
    const { order, first } = await twoLineOrder();
    const held = await hold(first?.['id'], { fulfillmentOrderLineItems: [unitsOf(first, 'B', 1)] });
    expect(summary([held['fulfillmentOrder'] as Shape])).toEqual([['ON_HOLD', [['B', 1]]]]);
    expect(summary([held['remainingFulfillmentOrder'] as Shape])).toEqual([['OPEN', [['A', 2]]]]);
    expect(held['fulfillmentOrder']?.['id']).toBe(first?.['id']);
    const { data } = await world.gql(fulfilment.list, { id: order });
    expect(data['order']?.['displayFulfillmentStatus']).toBe('UNFULFILLED');
  });

  it('REQ-3: on some units of a line leaves the others, and lines merge again after the release', async () => {
    const { order, first } = await twoLineOrder();
    const units = [unitsOf(first, 'A', 1)];
    const held = await hold(first?.['id'], { fulfillmentOrderLineItems: units });
    expect(summary(await ordersOf(world, order))).toEqual([
      ['ON_HOLD', [['A', 1]]],
      ['OPEN', [['A', 1], ['B', 1]]], // prettier-ignore
    ]);
    await release(first?.['id'], [held['fulfillmentHold']?.['id']]);
    expect(summary(await ordersOf(world, order))).toEqual([
      ['OPEN', [['A', 2], ['B', 1]]], // prettier-ignore
      ['CLOSED', [['A', 0], ['B', 0]]], // prettier-ignore
    ]);
  });

  it('may give the held part a new id, and stay split after the release, where the switches say so', async () => {
    world.switches.set('shopify.held-part', 'new-id');
    const { order, first } = await twoLineOrder();
    const held = await hold(first?.['id'], { fulfillmentOrderLineItems: [unitsOf(first, 'B', 1)] });
    expect(held['remainingFulfillmentOrder']?.['id']).toBe(first?.['id']);
    expect(held['fulfillmentOrder']?.['id']).not.toBe(first?.['id']);
    world.switches.set('shopify.merge-after-release', 'stays');
    await release(held['fulfillmentOrder']?.['id']);
    expect(summary(await ordersOf(world, order))).toEqual([
      ['OPEN', [['A', 2]]],
      ['OPEN', [['B', 1]]],
    ]);
  });

  it('does not merge what a merchant had split himself', async () => {
    const { order, first } = await twoLineOrder();
    await world.gql(
      `mutation S($s: [FulfillmentOrderSplitInput!]!) { fulfillmentOrderSplit(fulfillmentOrderSplits: $s) { userErrors { message } } }`,
      {
        s: [{ fulfillmentOrderId: first?.['id'], fulfillmentOrderLineItems: [unitsOf(first, 'B', 1)] }],
      },
    );
    await hold(first?.['id']);
    await release(first?.['id']);
    expect(summary(await ordersOf(world, order))).toEqual([
      ['OPEN', [['A', 2]]],
      ['OPEN', [['B', 1]]],
    ]);
  });

  it('is refused where something is wrong with it, and nothing changes', async () => {
    const { order, first } = await twoLineOrder();
    const id = first?.['id'];
    const lines = (...units: unknown[]) => ({ fulfillmentOrderLineItems: units });
    expect(codes(await hold('gid://shopify/FulfillmentOrder/1'))).toEqual(['FULFILLMENT_ORDER_NOT_FOUND']);
    expect(codes(await hold(id, lines(unitsOf(first, 'A', 0))))).toEqual(['GREATER_THAN_ZERO']);
    expect(codes(await hold(id, lines(unitsOf(first, 'A', 3))))).toEqual(['INVALID_LINE_ITEM_QUANTITY']);
    const twice = lines(unitsOf(first, 'A', 1), unitsOf(first, 'A', 1));
    expect(codes(await hold(id, twice))).toEqual(['DUPLICATED_FULFILLMENT_ORDER_LINE_ITEMS']);
    expect(codes(await hold(id, { handle: 'x'.repeat(65) }))).toEqual([null]);
    world.switches.set('shopify.fulfillment-order-split', 'refused');
    expect(codes(await hold(id, lines(unitsOf(first, 'A', 1))))).toEqual([
      'FULFILLMENT_ORDER_NOT_SPLITTABLE',
    ]);
    expect(summary(await ordersOf(world, order))).toEqual([['OPEN', [['A', 2], ['B', 1]]]]); // prettier-ignore
    world.switches.set('shopify.unknown-fulfillment-order', 'invalid-id');
    const answer = await world.gql(fulfilment.hold, {
      id: 'gid://shopify/FulfillmentOrder/1',
      hold: ownHold,
    });
    expect(answer.errors[0]?.extensions?.code).toBe('RESOURCE_NOT_FOUND');
  });

  it('stacks: ten of one app with different handles, others beside them', async () => {
    const { first } = await twoLineOrder();
    const id = first?.['id'];
    for (let n = 0; n < 10; n += 1) await hold(id, { handle: `hold-${n}` });
    expect(codes(await hold(id, { handle: 'hold-3' }))).toEqual(['DUPLICATE_FULFILLMENT_HOLD_HANDLE']);
    expect(codes(await hold(id, { handle: 'hold-10' }))).toEqual(['FULFILLMENT_ORDER_HOLD_LIMIT_REACHED']);
    expect(codes(await hold(id, { handle: 'hold-3' }, 'other-app'))).toEqual([]);
    const byPerson = await hold(id, { handle: 'hold-3' }, 'staff');
    expect(entries(byPerson['fulfillmentOrder']?.['fulfillmentHolds'])).toHaveLength(12);
    expect(byPerson['fulfillmentOrder']?.['status']).toBe('ON_HOLD');
  });

  it('REQ-4: shows whose it is', async () => {
    const { order, first } = await twoLineOrder();
    await hold(first?.['id'], {}, 'other-app');
    await hold(first?.['id'], {}, 'staff');
    await hold(first?.['id']);
    const [held] = await ordersOf(world, order, token);
    expect(held?.['fulfillmentHolds']).toMatchObject([
      { heldByRequestingApp: false },
      { heldByRequestingApp: false },
      { heldByRequestingApp: true },
    ]);
    const holders = await world.gql(fulfilment.holders, { id: order });
    expect(entries(holders.data['order']?.['fulfillmentOrders']?.['nodes'])[0]?.['fulfillmentHolds']).toEqual(
      [
        { heldByApp: { id: 'gid://shopify/App/209715201' } },
        { heldByApp: null },
        { heldByApp: { id: 'gid://shopify/App/104857601' } },
      ],
    );
    // The schema wants read_apps for it, which this app does not ask for.
    const denied = await world.gql(fulfilment.holders, { id: order }, token);
    expect(denied.errors[0]?.extensions?.code).toBe('ACCESS_DENIED');
    const units = { fulfillmentOrderLineItems: [unitsOf(first, 'A', 1)], handle: 'more' };
    expect(codes(await hold(first?.['id'], units))).toEqual(['FULFILLMENT_ORDER_NOT_SPLITTABLE']);
  });

  it('goes onto what is left of a partly sent order, in a fulfilment order of its own where it is split', async () => {
    const { order, first } = await twoLineOrder();
    const sent = [{ fulfillmentOrderId: first?.['id'], fulfillmentOrderLineItems: [unitsOf(first, 'A', 1)] }];
    await world.gql(fulfilment.create, { f: { lineItemsByFulfillmentOrder: sent } });
    await hold(first?.['id'], { fulfillmentOrderLineItems: [unitsOf(first, 'B', 1)] });
    expect(summary(await ordersOf(world, order))).toEqual([
      ['IN_PROGRESS', [['A', 1]]],
      ['ON_HOLD', [['B', 1]]],
    ]);
    await hold(first?.['id']);
    const { data } = await world.gql(fulfilment.list, { id: order });
    expect(data['order']?.['displayFulfillmentStatus']).toBe('ON_HOLD');
    await release(first?.['id']);
    expect((await ordersOf(world, order))[0]?.['status']).toBe('IN_PROGRESS');
    world.switches.set('shopify.hold-partly-fulfilled', 'refused');
    expect(codes(await hold(first?.['id']))).toEqual([null]);
  });

  it('comes too late for what was sent', async () => {
    const { first } = await twoLineOrder();
    const all = [{ fulfillmentOrderId: first?.['id'] }];
    await world.gql(fulfilment.create, { f: { lineItemsByFulfillmentOrder: all } });
    const refused = await hold(first?.['id']);
    expect(entries(refused['userErrors'])[0]?.['message']).toContain('closed');
  });
});

describe('a release', () => {
  it('REQ-4: takes the named holds only, and frees the order with the last one', async () => {
    const { order, first } = await twoLineOrder();
    const id = first?.['id'];
    const own = await hold(id);
    await hold(id, {}, 'staff');
    const once = await release(id, [own['fulfillmentHold']?.['id']]);
    expect(once['fulfillmentOrder']).toMatchObject({
      status: 'ON_HOLD',
      fulfillmentHolds: [{ heldByRequestingApp: false }],
    });
    await release(id, undefined, 'staff');
    expect((await ordersOf(world, order))[0]).toMatchObject({ status: 'OPEN', fulfillmentHolds: [] });
  });

  it('without names takes all, of whoever, unless the switch forbids it', async () => {
    const { first } = await twoLineOrder();
    await hold(first?.['id'], {}, 'staff');
    world.switches.set('shopify.release-hold-of-others', 'refused');
    expect(codes(await release(first?.['id']))).toEqual(['INVALID_ACCESS']);
    world.switches.set('shopify.release-hold-of-others', 'allowed');
    expect((await release(first?.['id']))['fulfillmentOrder']?.['status']).toBe('OPEN');
  });

  it('of what is not held changes nothing, and says so where the switch wants it', async () => {
    const { first } = await twoLineOrder();
    expect(codes(await release(first?.['id']))).toEqual([]);
    world.switches.set('shopify.release-without-hold', 'refuses');
    expect(codes(await release(first?.['id']))).toEqual([null]);
    expect(codes(await release('gid://shopify/FulfillmentOrder/1'))).toEqual(['FULFILLMENT_ORDER_NOT_FOUND']);
  });
});
