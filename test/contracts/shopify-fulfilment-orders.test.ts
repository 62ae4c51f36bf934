import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fulfilment, ordersOf, placeOrder, summary, unitsOf } from './fulfilment-world.ts';
import { entries, shop, startShopify, type Shape, type ShopifyTest } from './shopify-world.ts';

const scopes = [
  'write_orders',
  'read_all_orders',
  'read_locations',
  'write_merchant_managed_fulfillment_orders',
];

let world: ShopifyTest;
let token = '';
beforeEach(async () => {
  world = await startShopify({ scopes });
  token = await world.login();
});
afterEach(() => world.close());

const twoLines = [
  { sku: 'A', quantity: 2 },
  { sku: 'B', quantity: 1 },
];

/** Runs a mutation of one fulfilment order that answers with it. */
async function change(name: string, id: unknown, as = 'staff', more = ''): Promise<Shape> {
  const query = `mutation M($id: ID!) { ${name}(id: $id${more}) {
    fulfillmentOrder { id status requestStatus } userErrors { field message } } }`;
  const { data, errors } = await world.gql(query, { id }, as);
  if (errors.length > 0) throw new Error(errors[0]?.extensions?.code);
  return data[name] as Shape;
}

async function ship(
  records: readonly { id: unknown; units?: readonly object[] }[],
  more: object = {},
  as = 'staff',
) {
  const lineItemsByFulfillmentOrder = records.map(({ id, units }) => ({
    fulfillmentOrderId: id,
    ...(units ? { fulfillmentOrderLineItems: units } : {}),
  }));
  const { data, errors } = await world.gql(
    fulfilment.create,
    { f: { lineItemsByFulfillmentOrder, ...more } },
    as,
  );
  if (errors.length > 0) throw new Error(errors[0]?.message);
  return data['fulfillmentCreate'] as Shape;
}
const messages = (payload: Shape) => entries(payload['userErrors']).map((error) => error['message']);

/** Two products, the second of which lies elsewhere. */
function variantsAtTwoPlaces(fulfillmentService = false) {
  const variants = world.shopify.addVariants(shop, [
    { sku: 'A', title: 'Thing', price: '5.00' },
    { sku: 'B', title: 'Thing', price: '5.00', location: 'Warehouse', fulfillmentService },
  ]);
  return variants.map(({ id, sku }) => ({ sku, quantity: 1, variantId: id }));
}

describe('fulfilment orders', () => {
  it('are there with the order, or 5 seconds later where the switch says so', async () => {
    const [first] = await ordersOf(world, await placeOrder(world, twoLines), token);
    expect(first).toMatchObject({ status: 'OPEN', requestStatus: 'UNSUBMITTED', fulfillmentHolds: [] });
    expect(entries(first?.['supportedActions']).map((one) => one['action'])).toEqual([
      'REPORT_PROGRESS',
      'CREATE_FULFILLMENT',
      'MOVE',
      'HOLD',
      'SPLIT',
    ]);
    world.switches.set('shopify.fulfillment-orders-appear', 'after-5-seconds');
    const late = await placeOrder(world, twoLines);
    expect(await ordersOf(world, late)).toEqual([]);
    expect(world.clock.waiting()).toBe(1);
    await world.clock.advance(5000);
    expect(summary(await ordersOf(world, late))).toEqual([['OPEN', [['A', 2], ['B', 1]]]]); // prettier-ignore
  });

  it('never come for an order that was deleted meanwhile', async () => {
    world.switches.set('shopify.fulfillment-orders-appear', 'after-5-seconds');
    const id = await placeOrder(world, twoLines);
    await world.gql('mutation D($id: ID!) { orderDelete(orderId: $id) { deletedId } }', { id });
    await world.clock.advance(5000);
    const { data } = await world.gql('{ fulfillmentOrders(first: 5, includeClosed: true) { nodes { id } } }');
    expect(data['fulfillmentOrders']?.['nodes']).toEqual([]);
  });

  it('are one for each location', async () => {
    const order = await placeOrder(world, variantsAtTwoPlaces());
    const records = await ordersOf(world, order);
    expect(records.map((one) => one['assignedLocation']?.['name'])).toEqual(['Shop location', 'Warehouse']);
    const both = await ship(records.map((one) => ({ id: one['id'] })));
    expect(messages(both)).toEqual(['All fulfillment orders must be assigned to the same location.']);
  });

  it('are found by id, by node and by search', async () => {
    const order = await placeOrder(world, twoLines);
    await placeOrder(world, twoLines);
    const [one] = await ordersOf(world, order);
    const id = one?.['id'];
    const query = `query Q($id: ID!, $text: String!) { fulfillmentOrder(id: $id) { orderName } node(id: $id) { id }
      fulfillmentOrders(first: 5, query: $text) { nodes { id } } }`;
    const number = /\d+$/.exec(JSON.stringify(id).replaceAll('"', ''))?.[0] ?? '';
    const { data, errors } = await world.gql(query, { id, text: `status:open id:${number}` }, token);
    expect(errors).toEqual([]);
    expect(data).toMatchObject({
      fulfillmentOrder: { orderName: '#1001' },
      node: { id },
      fulfillmentOrders: { nodes: [{ id }] },
    });
  });

  it('of third parties are hidden from an app without the scope for them, and closed to it', async () => {
    const order = await placeOrder(world, variantsAtTwoPlaces(true));
    expect(await ordersOf(world, order)).toHaveLength(2);
    expect(await ordersOf(world, order, token)).toHaveLength(1);
    const [, other] = await ordersOf(world, order);
    const refused = await ship([{ id: other?.['id'] }], {}, token);
    expect(messages(refused)).toEqual(['Fulfillment order does not exist.']);
  });

  it('are split, merged and moved', async () => {
    const order = await placeOrder(world, twoLines);
    const [first] = await ordersOf(world, order);
    const split = `mutation S($s: [FulfillmentOrderSplitInput!]!) { fulfillmentOrderSplit(fulfillmentOrderSplits: $s) {
      fulfillmentOrderSplits { fulfillmentOrder { id } remainingFulfillmentOrder { id } } userErrors { code } } }`;
    const s = [{ fulfillmentOrderId: first?.['id'], fulfillmentOrderLineItems: [unitsOf(first, 'A', 1)] }];
    expect((await world.gql(split, { s })).data['fulfillmentOrderSplit']?.['userErrors']).toEqual([]);
    const parts = await ordersOf(world, order);
    expect(summary(parts)).toEqual([
      ['OPEN', [['A', 1], ['B', 1]]], // prettier-ignore
      ['OPEN', [['A', 1]]],
    ]);
    const merge = `mutation M($m: [FulfillmentOrderMergeInput!]!) { fulfillmentOrderMerge(fulfillmentOrderMergeInputs: $m) {
      fulfillmentOrderMerges { fulfillmentOrder { id } } userErrors { code message } } }`;
    const m = [{ mergeIntents: parts.map((one) => ({ fulfillmentOrderId: one['id'] })) }];
    expect((await world.gql(merge, { m })).data['fulfillmentOrderMerge']?.['userErrors']).toEqual([]);
    expect(summary(await ordersOf(world, order))[0]).toEqual(['OPEN', [['A', 2], ['B', 1]]]); // prettier-ignore
    variantsAtTwoPlaces();
    const places = await world.gql('{ locations(first: 5) { nodes { id name } } }');
    const warehouse = entries(places.data['locations']?.['nodes']).at(-1);
    const move = `mutation V($id: ID!, $to: ID!, $units: [FulfillmentOrderLineItemInput!]) {
      fulfillmentOrderMove(id: $id, newLocationId: $to, fulfillmentOrderLineItems: $units) {
      movedFulfillmentOrder { id assignedLocation { name } } userErrors { message } } }`;
    const units = [unitsOf(first, 'B', 1)];
    const moved = await world.gql(move, { id: first?.['id'], to: warehouse?.['id'], units });
    expect(moved.data['fulfillmentOrderMove']).toMatchObject({
      movedFulfillmentOrder: { assignedLocation: { name: 'Warehouse' } },
      userErrors: [],
    });
    expect(summary(await ordersOf(world, order))).toContainEqual(['OPEN', [['B', 1]]]);
  });

  it('are reported under way, opened again, and scheduled where the switch says so', async () => {
    const [one] = await ordersOf(world, await placeOrder(world, twoLines));
    const begun = await change('fulfillmentOrderReportProgress', one?.['id']);
    expect(begun['fulfillmentOrder']).toMatchObject({ status: 'IN_PROGRESS' });
    const opened = await change('fulfillmentOrderOpen', one?.['id']);
    expect(opened['fulfillmentOrder']).toMatchObject({ status: 'OPEN' });
    world.switches.set('shopify.new-fulfillment-orders', 'scheduled');
    const order = await placeOrder(world, twoLines);
    const [later] = await ordersOf(world, order);
    expect(later).toMatchObject({ status: 'SCHEDULED', order: { displayFulfillmentStatus: 'SCHEDULED' } });
    await change('fulfillmentOrderOpen', later?.['id']);
    expect((await ordersOf(world, order))[0]?.['status']).toBe('OPEN');
  });
});

describe('a third party', () => {
  async function submitted() {
    const order = await placeOrder(world, variantsAtTwoPlaces(true));
    const [, other] = await ordersOf(world, order);
    const query = `mutation S($id: ID!) { fulfillmentOrderSubmitFulfillmentRequest(id: $id, message: "Please") {
      submittedFulfillmentOrder { id status requestStatus merchantRequests(first: 2) { nodes { kind message } } } userErrors { message } } }`;
    const { data } = await world.gql(query, { id: other?.['id'] });
    expect(data['fulfillmentOrderSubmitFulfillmentRequest']).toMatchObject({
      submittedFulfillmentOrder: {
        status: 'OPEN',
        requestStatus: 'SUBMITTED',
        merchantRequests: { nodes: [{ kind: 'FULFILLMENT_REQUEST', message: 'Please' }] },
      },
      userErrors: [],
    });
    return { order, id: other?.['id'] };
  }
  const hold = async (id: unknown) => {
    const { data } = await world.gql(fulfilment.hold, { id, hold: { reason: 'OTHER' } });
    return messages(data['fulfillmentOrderHold'] as Shape);
  };

  it('REQ-3: that accepted the work keeps it from being held until it gives it back', async () => {
    const { id } = await submitted();
    expect(await hold(id)).toHaveLength(1);
    const accepted = await change('fulfillmentOrderAcceptFulfillmentRequest', id);
    expect(accepted['fulfillmentOrder']).toMatchObject({ status: 'IN_PROGRESS', requestStatus: 'ACCEPTED' });
    expect(await hold(id)).toHaveLength(1);
    const asked = await change('fulfillmentOrderSubmitCancellationRequest', id);
    expect(asked['fulfillmentOrder']).toMatchObject({ requestStatus: 'CANCELLATION_REQUESTED' });
    const given = await change('fulfillmentOrderAcceptCancellationRequest', id);
    expect(given['fulfillmentOrder']).toMatchObject({
      status: 'OPEN',
      requestStatus: 'CANCELLATION_ACCEPTED',
    });
    expect(await hold(id)).toEqual([]);
  });

  it('may refuse the work, or to stop it', async () => {
    const first = await submitted();
    await change('fulfillmentOrderRejectFulfillmentRequest', first.id);
    expect((await ordersOf(world, first.order))[1]).toMatchObject({
      status: 'OPEN',
      requestStatus: 'REJECTED',
    });
    const second = await submitted();
    await change('fulfillmentOrderAcceptFulfillmentRequest', second.id);
    await change('fulfillmentOrderSubmitCancellationRequest', second.id);
    const refused = await change('fulfillmentOrderRejectCancellationRequest', second.id);
    expect(refused['fulfillmentOrder']).toMatchObject({
      status: 'IN_PROGRESS',
      requestStatus: 'CANCELLATION_REJECTED',
    });
    await change('fulfillmentOrderSubmitCancellationRequest', second.id);
    expect(messages(await ship([{ id: second.id }]))).toEqual([]);
  });

  it('gives back what it did not accept yet, as a fulfilment order of its own', async () => {
    const { order, id } = await submitted();
    const cancelled = await change('fulfillmentOrderCancel', id);
    expect(cancelled['fulfillmentOrder']).toMatchObject({ status: 'CANCELLED' });
    expect(summary(await ordersOf(world, order))).toEqual([
      ['OPEN', [['A', 1]]],
      ['CANCELLED', [['B', 0]]],
      ['OPEN', [['B', 1]]],
    ]);
  });

  it('alone may answer; an app without its scope may not', async () => {
    const { id } = await submitted();
    await expect(change('fulfillmentOrderAcceptFulfillmentRequest', id, token)).rejects.toThrow(
      'ACCESS_DENIED',
    );
    const [own] = await ordersOf(world, await placeOrder(world, twoLines));
    expect(messages(await change('fulfillmentOrderAcceptFulfillmentRequest', own?.['id']))).toHaveLength(1);
  });
});

describe('a shipment', () => {
  it('of some units leaves the others to be sent', async () => {
    const order = await placeOrder(world, twoLines, { email: 'buyer@marketplace.example' });
    const [first] = await ordersOf(world, order);
    const trackingInfo = { company: 'UPS', number: '1Z', url: 'https://ups.example/1Z' };
    const one = await ship([{ id: first?.['id'], units: [unitsOf(first, 'A', 1)] }], { trackingInfo }, token);
    expect(one).toMatchObject({
      fulfillment: { status: 'SUCCESS', name: '#1001.1', totalQuantity: 1, trackingInfo: [trackingInfo] },
      userErrors: [],
    });
    const { data } = await world.gql(fulfilment.list, { id: order });
    expect(data['order']).toMatchObject({
      displayFulfillmentStatus: 'PARTIALLY_FULFILLED',
      fulfillmentOrders: { nodes: [{ status: 'IN_PROGRESS' }] },
      lineItems: { nodes: [{ unfulfilledQuantity: 1 }, { unfulfilledQuantity: 1 }] },
      fulfillments: [{ fulfillmentLineItems: { nodes: [{ quantity: 1, lineItem: { sku: 'A' } }] } }],
    });
    expect(world.shopify.listMails(shop)).toEqual([]);
    await ship([{ id: first?.['id'] }], { notifyCustomer: true });
    expect(world.shopify.listMails(shop)).toMatchObject([{ kind: 'fulfillment' }]);
    expect((await ordersOf(world, order))[0]).toMatchObject({
      status: 'CLOSED',
      order: { displayFulfillmentStatus: 'FULFILLED' },
    });
    expect(messages(await ship([{ id: first?.['id'] }]))[0]).toMatch(/unfulfillable status= closed\.$/);
  });

  it('is refused for more units than are left', async () => {
    const [first] = await ordersOf(world, await placeOrder(world, twoLines));
    const refused = await ship([{ id: first?.['id'], units: [unitsOf(first, 'A', 3)] }]);
    expect(messages(refused)).toEqual(['Invalid fulfillment order line item quantity requested.']);
  });

  it('that is cancelled gives the units back: into the open fulfilment order, or into a new one', async () => {
    const cancel =
      'mutation C($id: ID!) { fulfillmentCancel(id: $id) { fulfillment { status } userErrors { message } } }';
    const order = await placeOrder(world, twoLines);
    const [first] = await ordersOf(world, order);
    const some = await ship([{ id: first?.['id'], units: [unitsOf(first, 'A', 1)] }]);
    await world.gql(cancel, { id: some['fulfillment']?.['id'] });
    expect(summary(await ordersOf(world, order))).toEqual([['OPEN', [['A', 2], ['B', 1]]]]); // prettier-ignore
    const all = await ship([{ id: first?.['id'] }]);
    await world.gql(cancel, { id: all['fulfillment']?.['id'] });
    expect(summary(await ordersOf(world, order))).toEqual([
      ['CLOSED', [['A', 0], ['B', 0]]], // prettier-ignore
      ['OPEN', [['A', 2], ['B', 1]]], // prettier-ignore
    ]);
    const again = await world.gql(cancel, { id: all['fulfillment']?.['id'] });
    expect(messages(again.data['fulfillmentCancel'] as Shape)).toEqual(['Fulfillment is already cancelled.']);
  });

  it('gets new tracking', async () => {
    const [first] = await ordersOf(world, await placeOrder(world, twoLines));
    const made = await ship([{ id: first?.['id'] }]);
    const query = `mutation T($id: ID!, $t: FulfillmentTrackingInput!) { fulfillmentTrackingInfoUpdate(fulfillmentId: $id, trackingInfoInput: $t) {
      fulfillment { trackingInfo { company number url } } userErrors { message } } }`;
    const t = { company: 'DPD', numbers: ['1', '2'] };
    const { data } = await world.gql(query, { id: made['fulfillment']?.['id'], t });
    expect(data['fulfillmentTrackingInfoUpdate']?.['fulfillment']?.['trackingInfo']).toEqual([
      { company: 'DPD', number: '1', url: null },
      { company: 'DPD', number: '2', url: null },
    ]);
  });

  it('that came with the order has closed its fulfilment order', async () => {
    world.switches.set('shopify.fulfillment-orders-appear', 'after-5-seconds');
    const order = await placeOrder(world, twoLines, { fulfillmentStatus: 'FULFILLED' });
    const { data } = await world.gql(fulfilment.list, { id: order });
    expect(data['order']).toMatchObject({
      displayFulfillmentStatus: 'FULFILLED',
      fulfillmentOrders: { nodes: [{ status: 'CLOSED' }] },
      fulfillments: [{ fulfillmentLineItems: { nodes: [{ quantity: 2 }, { quantity: 1 }] } }],
    });
  });
});
