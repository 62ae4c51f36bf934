import { z } from 'zod';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fulfilment, ordersOf } from './fulfilment-world.ts';
import { amountOf, lineId, messages, orderNow, placePaid, refunding } from './refund-world.ts';
import { bag, entries, shop, startShopify, type Shape, type ShopifyTest } from './shopify-world.ts';
import { startReceiver, type Receiver } from './webhook-receiver.ts';

let world: ShopifyTest;
let receiver: Receiver;
beforeEach(async () => {
  receiver = await startReceiver();
  world = await startShopify({
    appUrl: () => receiver.url,
    topics: ['orders/cancelled', 'orders/updated', 'refunds/create', 'fulfillment_orders/cancelled'],
  });
});
afterEach(async () => {
  await world.close();
  await receiver.close();
});

const original = { originalPaymentMethodsRefund: true };
async function cancel(id: string, more: Record<string, unknown> = {}) {
  const variables = { id, reason: 'CUSTOMER', restock: true, method: original, ...more };
  const { data, errors } = await world.gql(refunding.cancel, variables);
  expect(errors).toEqual([]);
  return data['orderCancel'] as Shape;
}
const done = () => world.clock.advance(2000);
async function result(asked: Shape): Promise<Shape> {
  const query = `query($id: ID!, $job: ID!) { node(id: $id) { id ... on OrderCancelJobResult {
    done status errors { field message code } order { id } } } job(id: $job) { id done query { shop { name } } } }`;
  const { data, errors } = await world.gql(query, {
    id: asked['jobResult']?.['id'],
    job: asked['job']?.['id'],
  });
  expect(errors).toEqual([]);
  expect(data['job']).toMatchObject({ id: asked['job']?.['id'], done: data['node']?.['done'] });
  return data['node'] as Shape;
}
const codes = (shape: Shape | undefined) =>
  entries(shape?.['orderCancelUserErrors']).map((one) => z.string().parse(one['code']));
const stock = () => world.shopify.listVariants(shop)[0]?.inventory;
const withStock = () =>
  world.shopify.addVariants(shop, [{ sku: 'V', title: 'V', price: '1.00', inventory: 10 }])[0]?.id;
async function ship(id: string) {
  const [first] = await ordersOf(world, id);
  const lineItemsByFulfillmentOrder = [{ fulfillmentOrderId: first?.['id'] }];
  return world.gql(fulfilment.create, { f: { lineItemsByFulfillmentOrder } });
}

describe('orderCancel of the pretend Shopify', () => {
  it('answers with a job, and cancels a moment later', async () => {
    const id = await placePaid(world, {}, withStock());
    const asked = await cancel(id, { note: 'asked by the buyer' });
    expect(asked).toMatchObject({
      job: { done: false, query: null },
      jobResult: { done: false, status: 'STARTED', errors: [], order: { id, cancelledAt: null } },
      orderCancelUserErrors: [],
      userErrors: [],
    });
    expect(await result(asked)).toMatchObject({ done: false, status: 'STARTED' });
    await done();
    expect(await result(asked)).toMatchObject({ done: true, status: 'SUCCEEDED', errors: [], order: { id } });
    const order = await orderNow(world, id);
    expect(order).toMatchObject({
      cancelledAt: '2026-11-21T12:00:02Z',
      closedAt: '2026-11-21T12:00:02Z',
      cancelReason: 'CUSTOMER',
      cancellation: { staffNote: 'asked by the buyer' },
      displayFinancialStatus: 'REFUNDED',
      displayFulfillmentStatus: 'UNFULFILLED',
      fulfillable: false,
      refundable: false,
    });
    expect(entries(order['refunds'])).toMatchObject([
      {
        totalRefundedSet: { shopMoney: { amount: '37.4' } },
        refundLineItems: { nodes: [{ quantity: 2, restockType: 'CANCEL' }, { quantity: 1 }] },
        refundShippingLines: { nodes: [{ subtotalAmountSet: { shopMoney: { amount: '4.0' } } }] },
        orderAdjustments: { nodes: [] },
        transactions: { nodes: [{ kind: 'REFUND', gateway: 'amazon', parentTransaction: { kind: 'SALE' } }] },
      },
    ]);
    expect(stock()).toBe(10);
  });

  it.each([
    [true, original, 'REFUNDED', '37.4', '0.0', 10],
    [false, original, 'REFUNDED', '37.4', '0.0', 7],
    [true, { storeCreditRefund: {} }, 'REFUNDED', '37.4', '0.0', 10],
    [true, { originalPaymentMethodsRefund: false }, 'PAID', '0.0', '-37.4', 10],
    [false, null, 'PAID', '0.0', '-37.4', 7],
  ])('restock %s, refund %j: %s', async (restock, method, status, back, owed, inStock) => {
    const id = await placePaid(world, { email: 'a@example.com' }, withStock());
    await cancel(id, { restock, method, notify: true });
    await done();
    const order = await orderNow(world, id);
    const money = ['currentTotalPriceSet', 'totalRefundedSet', 'totalOutstandingSet'];
    expect([
      order['displayFinancialStatus'],
      ...money.map((field) => amountOf(order, field)),
      stock(),
    ]).toEqual([status, '0.0', back, owed, inStock]);
    for (const one of entries(order['lineItems']?.['nodes']))
      expect(one).toMatchObject({ currentQuantity: 0, refundableQuantity: 0, unfulfilledQuantity: 0 });
    expect(world.shopify.listMails(shop)).toMatchObject([{ kind: 'cancellation' }]);
  });

  it.each([
    ['closed', 'CLOSED'],
    ['cancelled', 'CANCELLED'],
  ])('ends what was to be sent, also what is on hold (%s)', async (position, status) => {
    world.switches.set('shopify.fulfillment-orders-of-cancelled-order', position);
    const id = await placePaid(world);
    const [first] = await ordersOf(world, id);
    await world.gql(fulfilment.hold, { id: first?.['id'], hold: { reason: 'OTHER', handle: 'h' } });
    await cancel(id);
    await done();
    expect(await ordersOf(world, id)).toMatchObject([{ id: first?.['id'], status, fulfillmentHolds: [] }]);
    const refused = await ship(id);
    expect(messages(refused.data['fulfillmentCreate'])).toHaveLength(1);
  });

  it('keeps the lines of an order that gets nothing back where the switch says so', async () => {
    world.switches.set('shopify.cancel-without-refund', 'keeps-lines');
    const id = await placePaid(world, {}, withStock());
    await cancel(id, { method: null });
    await done();
    const order = await orderNow(world, id);
    expect([entries(order['refunds']).length, amountOf(order, 'currentTotalPriceSet'), stock()]).toEqual([
      0,
      '37.4',
      10,
    ]);
    expect(entries(order['lineItems']?.['nodes'])[0]).toMatchObject({
      refundableQuantity: 2,
      unfulfilledQuantity: 0,
    });
    expect(await ordersOf(world, id)).toMatchObject([{ status: 'CLOSED' }]);
  });

  it('pays back only what is left, and what is owed later on', async () => {
    const id = await placePaid(world);
    const pay = (amount: string, key: string) => ({
      key,
      input: { orderId: id, transactions: [{ orderId: id, kind: 'REFUND', gateway: 'amazon', amount }] },
    });
    await world.gql(refunding.refund, pay('7.40', 'a'));
    await cancel(id, { method: null });
    await done();
    const cancelled = await orderNow(world, id);
    expect([cancelled['displayFinancialStatus'], amountOf(cancelled, 'totalOutstandingSet')]).toEqual([
      'PARTIALLY_REFUNDED',
      '-30.0',
    ]);
    const query = { id, all: true };
    expect((await world.gql(refunding.suggested, query)).data['order']).toMatchObject({
      suggestedRefund: { amountSet: { shopMoney: { amount: '30.0' } } },
    });
    await world.gql(refunding.refund, pay('30.00', 'b'));
    const order = await orderNow(world, id);
    expect([order['displayFinancialStatus'], amountOf(order, 'totalOutstandingSet')]).toEqual([
      'REFUNDED',
      '0.0',
    ]);
    const other = await placePaid(world);
    await world.gql(refunding.refund, {
      ...pay('7.40', 'c'),
      input: {
        ...pay('7.40', 'c').input,
        orderId: other,
        transactions: [{ orderId: other, kind: 'REFUND', gateway: 'amazon', amount: '7.40' }],
      },
    });
    await cancel(other);
    await done();
    const refunds = entries((await orderNow(world, other))['refunds']);
    expect(refunds.map((one) => amountOf(one, 'totalRefundedSet'))).toEqual(['7.4', '30.0']);
    expect(refunds[1]?.['orderAdjustments']).toMatchObject({
      nodes: [{ reason: 'FULL_RETURN_BALANCING_ADJUSTMENT', amountSet: { shopMoney: { amount: '7.4' } } }],
    });
  });

  it.each([
    ['not paid', { transactions: [] }, undefined, 'VOIDED', ['0.0', '0.0']],
    [
      'reserved only',
      { transactions: [{ kind: 'AUTHORIZATION', gateway: 'bogus', amountSet: bag('37.40') }] },
      undefined,
      'VOIDED',
      ['0.0', '0.0'],
    ],
    [
      'free',
      {
        lineItems: [{ title: 'T', sku: 'A', quantity: 1, priceSet: bag('0.00') }],
        shippingLines: [],
        transactions: [],
      },
      'voided',
      'VOIDED',
      ['0.0', '0.0'],
    ],
    [
      'free',
      {
        lineItems: [{ title: 'T', sku: 'A', quantity: 1, priceSet: bag('0.00') }],
        shippingLines: [],
        transactions: [],
      },
      'paid',
      'PAID',
      ['0.0', '0.0'],
    ],
  ])('CAN-3: an order that was %s has nothing to pay back', async (_, more, position, status, money) => {
    if (position !== undefined) world.switches.set('shopify.cancel-of-free-order', position);
    const id = await placePaid(world, more);
    await cancel(id);
    await done();
    const order = await orderNow(world, id);
    expect(order['displayFinancialStatus']).toBe(status);
    expect(['totalRefundedSet', 'totalOutstandingSet'].map((field) => amountOf(order, field))).toEqual(money);
    const kinds = entries(order['transactions']).map((one) => z.string().parse(one['kind']));
    expect(kinds).toEqual(status === 'VOIDED' && kinds.length > 0 ? ['AUTHORIZATION', 'VOID'] : []);
  });

  it('is what search knows, when search knows it', async () => {
    const id = await placePaid(world);
    const find = async () => {
      const { data } = await world.gql('{ orders(first: 5, query: "status:cancelled") { nodes { id } } }');
      return entries(data['orders']?.['nodes']).length;
    };
    world.faults.add({
      service: 'shopify',
      match: { operation: 'orderCancel' },
      kind: 'search-lag',
      ms: 60_000,
    });
    await cancel(id);
    await done();
    expect(await find()).toBe(0);
    await world.clock.advance(60_000);
    expect(await find()).toBe(1);
  });

  it('tells of it in the shape of the real webhooks, as one event', async () => {
    const id = await placePaid(world);
    await world.clock.advance(0);
    receiver.received.length = 0;
    await cancel(id, { restock: false });
    await done();
    const told = receiver.received;
    expect(told.map((one) => one.topic)).toEqual([
      'refunds/create',
      'fulfillment_orders/cancelled',
      'orders/cancelled',
      'orders/updated',
    ]);
    expect(new Set(told.map((one) => one.eventId)).size).toBe(1);
    const [refund, work, order] = told.map((one) => one.body);
    expect(work).toMatchObject({
      fulfillment_order: { status: 'closed' },
      replacement_fulfillment_order: null,
    });
    expect(order).toMatchObject({
      cancel_reason: 'customer',
      cancelled_at: '2026-11-21T12:00:02+00:00',
      closed_at: '2026-11-21T12:00:02+00:00',
      financial_status: 'refunded',
      fulfillment_status: null,
      current_total_price: '0.00',
      total_outstanding: '0.00',
      total_price: '37.40',
      line_items: [{ fulfillable_quantity: 0, current_quantity: 0 }, {}],
      refunds: [refund],
    });
  });
});

describe('what orderCancel refuses', () => {
  const cases: [string, string, (id: string) => Promise<unknown>, Record<string, unknown>][] = [
    ['an order that is not there', 'NOT_FOUND', () => Promise.resolve(), { id: 'gid://shopify/Order/1' }],
    ['a note that is too long', 'INVALID', () => Promise.resolve(), { note: 'n'.repeat(256) }],
    [
      'store credit for nobody',
      'STORE_CREDIT_REFUND_MISSING_CUSTOMER',
      () => Promise.resolve(),
      { method: { storeCreditRefund: {} } },
    ],
    ['a shipped order', 'INVALID', ship, {}],
    [
      'a cancelled order',
      'INVALID',
      async (id) => {
        await cancel(id);
        await done();
      },
      {},
    ],
  ];
  it.each(cases)('%s: %s', async (_, code, prepare, more) => {
    const id = await placePaid(world);
    await prepare(id);
    const before = await orderNow(world, id);
    const asked = await cancel(id, more);
    expect([asked['job'], asked['jobResult'], codes(asked), messages(asked).length]).toEqual([
      null,
      null,
      [code],
      1,
    ]);
    await done();
    expect(await orderNow(world, id)).toEqual(before);
  });

  it('store credit that has expired, and payments that are pending', async () => {
    const credit = { storeCreditRefund: { expiresAt: '2026-01-01T00:00:00Z' } };
    const id = await placePaid(world, { email: 'a@example.com' });
    expect(codes(await cancel(id, { method: credit }))).toEqual(['STORE_CREDIT_REFUND_EXPIRATION_IN_PAST']);
    const transactions = [
      { kind: 'AUTHORIZATION', status: 'PENDING', gateway: 'bogus', amountSet: bag('37.40') },
    ];
    expect(codes(await cancel(await placePaid(world, { transactions })))).toEqual(['INVALID']);
    const both = { method: { ...original, storeCreditRefund: {} } };
    const variables = { id, reason: 'CUSTOMER', restock: true, ...both };
    expect((await world.gql(refunding.cancel, variables)).errors[0]?.extensions?.code).toBe(
      'INVALID_VARIABLE',
    );
  });

  it.each([
    ['refused', ['INVALID']],
    ['accepted', []],
  ])('an order in a third party’s hands is %s', async (position, expected) => {
    world.switches.set('shopify.cancel-at-third-party', position);
    const third = { sku: 'V', title: 'V', price: '1.00', location: 'Warehouse', fulfillmentService: true };
    const [variant] = world.shopify.addVariants(shop, [third]);
    const id = await placePaid(world, {}, variant?.id);
    const [first] = await ordersOf(world, id);
    for (const name of [
      'fulfillmentOrderSubmitFulfillmentRequest',
      'fulfillmentOrderAcceptFulfillmentRequest',
    ])
      await world.gql(`mutation($id: ID!) { ${name}(id: $id) { userErrors { message } } }`, {
        id: first?.['id'],
      });
    expect(codes(await cancel(id))).toEqual(expected);
  });

  it('is told by the result of the job where the switch says so', async () => {
    world.switches.set('shopify.order-cancel-checks', 'in-job');
    const id = await placePaid(world);
    await ship(id);
    const asked = await cancel(id);
    expect(codes(asked)).toEqual([]);
    await done();
    expect(await result(asked)).toMatchObject({
      done: true,
      status: 'FAILED',
      errors: [{ code: 'INVALID' }],
    });
    expect(await orderNow(world, id)).toMatchObject({ cancelledAt: null, displayFinancialStatus: 'PAID' });
  });
});

describe('jobs of orderCancel', () => {
  const refunds = async (id: string) => entries((await orderNow(world, id))['refunds']).length;

  it('fail late when the order was shipped meanwhile, or deleted', async () => {
    const id = await placePaid(world);
    const asked = await cancel(id);
    await ship(id);
    await done();
    expect(await result(asked)).toMatchObject({ status: 'FAILED', errors: [{ code: 'INVALID' }] });
    const other = await placePaid(world);
    const second = await cancel(other);
    await world.gql('mutation($id: ID!) { orderDelete(orderId: $id) { deletedId } }', { id: other });
    await done();
    expect(await result(second)).toMatchObject({
      status: 'FAILED',
      order: null,
      errors: [{ code: 'NOT_FOUND' }],
    });
  });

  it('fail when a fault says so, and take longer', async () => {
    const id = await placePaid(world);
    const fault = { service: 'shopify', match: { operation: 'orderCancelJob' } } as const;
    world.faults.add({ ...fault, kind: 'error' });
    world.faults.add({ ...fault, kind: 'latency', ms: 90_000 });
    const asked = await cancel(id);
    await world.clock.advance(89_999);
    expect(await result(asked)).toMatchObject({ done: false });
    await world.clock.advance(1);
    expect(await result(asked)).toMatchObject({ status: 'FAILED', errors: [{ code: 'INTERNAL_ERROR' }] });
    expect(await refunds(id)).toBe(0);
  });

  it.each([
    ['at-once', 0],
    ['a-minute', 60_000],
  ])('take %s', async (position, ms) => {
    world.switches.set('shopify.order-cancel-duration', position);
    const id = await placePaid(world);
    const asked = await cancel(id);
    expect(asked['job']?.['done']).toBe(ms === 0);
    await world.clock.advance(ms);
    expect(await refunds(id)).toBe(1);
  });

  it('CAN-7: two of them cancel once', async () => {
    const id = await placePaid(world);
    const both = [await cancel(id), await cancel(id)];
    await done();
    const states = await Promise.all(
      both.map(async (one) => z.string().parse((await result(one))['status'])),
    );
    expect(states).toEqual(['SUCCEEDED', 'FAILED']);
    expect(await refunds(id)).toBe(1);
  });

  it.each([['drop-answer' as const], ['late-effect' as const]])(
    'CAN-7: %s cancels once, however often it is asked for',
    async (kind) => {
      const id = await placePaid(world, {}, withStock());
      world.faults.add({ service: 'shopify', match: { operation: 'orderCancel' }, kind, ms: 1000 });
      await expect(cancel(id)).rejects.toThrow();
      await cancel(id);
      await world.clock.advance(5000);
      expect([await refunds(id), stock()]).toEqual([1, 10]);
      expect(amountOf(await orderNow(world, id), 'totalRefundedSet')).toBe('37.4');
    },
  );

  it('leave lines alone that were refunded before', async () => {
    const id = await placePaid(world, {}, withStock());
    const before = await orderNow(world, id);
    const refundLineItems = [{ lineItemId: lineId(before, 'A'), quantity: 2, restockType: 'CANCEL' }];
    const transactions = [{ orderId: id, kind: 'REFUND', gateway: 'amazon', amount: '22.00' }];
    await world.gql(refunding.refund, { key: 'k', input: { orderId: id, refundLineItems, transactions } });
    await cancel(id);
    await done();
    const [, second] = entries((await orderNow(world, id))['refunds']);
    expect(second?.['refundLineItems']).toMatchObject({ nodes: [{ lineItem: { sku: 'B' }, quantity: 1 }] });
    expect(second && amountOf(second, 'totalRefundedSet')).toBe('15.4');
    expect(stock()).toBe(10);
  });
});
