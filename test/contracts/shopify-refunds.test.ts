import { z } from 'zod';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fulfilment, ordersOf, summary } from './fulfilment-world.ts';
import { amountOf, lineId, messages, orderNow, placePaid, refunding } from './refund-world.ts';
import { bag, entries, shop, startShopify, type Shape, type ShopifyTest } from './shopify-world.ts';
import { startReceiver, type Receiver } from './webhook-receiver.ts';

let world: ShopifyTest;
let receiver: Receiver;
beforeEach(async () => {
  receiver = await startReceiver();
  world = await startShopify({ appUrl: () => receiver.url, topics: ['refunds/create', 'orders/updated'] });
});
afterEach(async () => {
  await world.close();
  await receiver.close();
});

let keys = 0;
async function refund(orderId: string, input: object, key = `key-${(keys += 1)}`) {
  const { data, errors } = await world.gql(refunding.refund, { input: { orderId, ...input }, key });
  expect(errors).toEqual([]);
  return data['refundCreate'] as Shape;
}
const pay = (orderId: string, amount: string, more: object = {}) => ({
  transactions: [{ orderId, kind: 'REFUND', gateway: 'amazon', amount, ...more }],
});
const line = (order: Shape, sku: string, quantity: number, restockType = 'NO_RESTOCK') => ({
  refundLineItems: [{ lineItemId: lineId(order, sku), quantity, restockType }],
});
const units = (order: Shape) =>
  entries(order['lineItems']?.['nodes']).map((one) => [
    one['currentQuantity'],
    one['refundableQuantity'],
    one['unfulfilledQuantity'],
  ]);
const money = (order: Shape) =>
  [
    'currentTotalPriceSet',
    'netPaymentSet',
    'totalRefundedSet',
    'totalOutstandingSet',
    'refundDiscrepancySet',
  ].map((field) => amountOf(order, field));
async function ship(id: string) {
  const [first] = await ordersOf(world, id);
  await world.gql(fulfilment.create, {
    f: { lineItemsByFulfillmentOrder: [{ fulfillmentOrderId: first?.['id'] }] },
  });
}

describe('refundCreate of the pretend Shopify', () => {
  it('pays back on the gateway of the order and takes unsent units out of it', async () => {
    const id = await placePaid(world);
    const before = await orderNow(world, id);
    const made = await refund(id, {
      note: 'concord:1',
      ...line(before, 'A', 1, 'CANCEL'),
      ...pay(id, '11.00'),
    });
    expect(messages(made)).toEqual([]);
    const parent = entries(before['transactions'])[0];
    expect(made['refund']).toMatchObject({
      note: 'concord:1',
      return: null,
      order: { id },
      totalRefundedSet: { shopMoney: { amount: '11.0', currencyCode: 'USD' } },
      refundLineItems: {
        nodes: [
          {
            quantity: 1,
            restockType: 'CANCEL',
            restocked: true,
            subtotalSet: { shopMoney: { amount: '10.0' } },
            totalTaxSet: { shopMoney: { amount: '1.0' } },
          },
        ],
      },
      orderAdjustments: { nodes: [] },
      transactions: {
        nodes: [
          { kind: 'REFUND', status: 'SUCCESS', gateway: 'amazon', parentTransaction: { id: parent?.['id'] } },
        ],
      },
    });
    const after = await orderNow(world, id);
    expect(after['displayFinancialStatus']).toBe('PARTIALLY_REFUNDED');
    expect(units(after)).toEqual([
      [1, 1, 1],
      [1, 1, 1],
    ]);
    expect(money(after)).toEqual(['26.4', '26.4', '11.0', '0.0', '0.0']);
    expect(summary(await ordersOf(world, id))).toEqual([
      [
        'OPEN',
        [
          ['A', 1],
          ['B', 1],
        ],
      ],
    ]);
    expect(entries(after['refunds'])).toEqual([made['refund']]);
    expect(entries(after['transactions']).map((one) => one['kind'])).toEqual(['SALE', 'REFUND']);
  });

  it('of everything leaves nothing to send and nothing to refund', async () => {
    const id = await placePaid(world);
    const before = await orderNow(world, id);
    const refundLineItems = ['A', 'B'].map((sku, i) => ({
      lineItemId: lineId(before, sku),
      quantity: 2 - i,
      restockType: 'CANCEL',
    }));
    await refund(id, { refundLineItems, shipping: { fullRefund: true }, ...pay(id, '37.40') });
    const after = await orderNow(world, id);
    expect(after).toMatchObject({ displayFinancialStatus: 'REFUNDED', refundable: false, cancelledAt: null });
    expect(money(after)).toEqual(['0.0', '0.0', '37.4', '0.0', '0.0']);
    expect(amountOf(after, 'totalRefundedShippingSet')).toBe('4.0');
    expect(summary(await ordersOf(world, id))).toEqual([['CLOSED', []]]);
  });

  it.each([
    ['an amount alone', {}, '5.00', ['32.4', '32.4', '5.0', '0.0', '-5.0']],
    [
      'shipping with its tax',
      { shipping: { amount: '2.00' } },
      '2.20',
      ['35.2', '35.2', '2.2', '0.0', '0.0'],
    ],
    [
      'less than it is worth',
      { shipping: { fullRefund: true } },
      '3.00',
      ['34.4', '34.4', '3.0', '0.0', '1.4'],
    ],
  ])('books %s', async (_, input, amount, expected) => {
    const id = await placePaid(world);
    await refund(id, { ...input, ...pay(id, amount), discrepancyReason: 'CUSTOMER' });
    const after = await orderNow(world, id);
    expect(money(after)).toEqual(expected);
    expect(units(after)[0]).toEqual([2, 2, 2]);
  });

  it.each([
    ['RETURN', 'not-to-send', [1, 1, 0], 3],
    ['NO_RESTOCK', 'not-to-send', [1, 1, 0], 2],
    ['NO_RESTOCK', 'still-to-send', [1, 1, 0], 2],
  ])('%s of sent units (%s) leaves the shipment as it is', async (type, position, expected, stock) => {
    world.switches.set('shopify.refund-without-restock', position);
    const [variant] = world.shopify.addVariants(shop, [
      { sku: 'V', title: 'V', price: '1.00', inventory: 5 },
    ]);
    const id = await placePaid(world, {}, variant?.id);
    await ship(id);
    await refund(id, { ...line(await orderNow(world, id), 'A', 1, type), ...pay(id, '11.00') });
    const after = await orderNow(world, id);
    expect(after['displayFulfillmentStatus']).toBe('FULFILLED');
    expect(units(after)[0]).toEqual(expected);
    expect(world.shopify.listVariants(shop)[0]?.inventory).toBe(stock);
  });

  it('leaves units that are refunded without restock to be sent where the switch says so', async () => {
    world.switches.set('shopify.refund-without-restock', 'still-to-send');
    const id = await placePaid(world);
    await refund(id, { ...line(await orderNow(world, id), 'A', 1), ...pay(id, '11.00') });
    expect(units(await orderNow(world, id))[0]).toEqual([1, 1, 2]);
    expect(summary(await ordersOf(world, id))).toEqual([
      [
        'OPEN',
        [
          ['A', 2],
          ['B', 1],
        ],
      ],
    ]);
  });

  it('puts back what it is told, untaken units too unless the switch says otherwise', async () => {
    const [variant] = world.shopify.addVariants(shop, [
      { sku: 'V', title: 'V', price: '1.00', inventory: 5 },
    ]);
    const stock = () => world.shopify.listVariants(shop)[0]?.inventory;
    const lineItems = [{ variantId: variant?.id, sku: 'A', quantity: 2, priceSet: bag('10.00') }];
    const more = {
      lineItems,
      shippingLines: [],
      transactions: [{ gateway: 'amazon', amountSet: bag('20.00') }],
    };
    const one = await placePaid(world, more);
    await refund(one, { ...line(await orderNow(world, one), 'A', 1, 'CANCEL') });
    expect(stock()).toBe(6);
    world.switches.set('shopify.restock-of-untaken', 'ignored');
    const two = await placePaid(world, more);
    await refund(two, { ...line(await orderNow(world, two), 'A', 1, 'CANCEL') });
    expect(stock()).toBe(6);
  });

  it.each([
    ['no order', () => ({ orderId: 'gid://shopify/Order/1' }), 'Order does not exist'],
    ['nothing', () => ({}), 'There is nothing to refund'],
    [
      'more than was paid',
      (id: string) => pay(id, '37.41'),
      'The amount refunded cannot exceed the amount paid',
    ],
    ['an amount of nothing', (id: string) => pay(id, '0'), 'Amount must be greater than 0'],
    ['a part of a cent', (id: string) => pay(id, '1.001'), 'Amount has too many decimals'],
    [
      'another gateway',
      (id: string) => pay(id, '1', { gateway: 'paypal' }),
      'Gateway has no payment in the order',
    ],
    ['another kind', (id: string) => pay(id, '1', { kind: 'SALE' }), 'Kind must be refund'],
    ['another order', () => pay('gid://shopify/Order/1', '1'), 'Order is another one'],
    [
      'too much shipping',
      () => ({ shipping: { amount: '4.01' } }),
      'Shipping amount exceeds what is left to refund',
    ],
    ['another currency', (id: string) => ({ currency: 'EUR', ...pay(id, '1') }), 'Currency must be USD'],
    [
      'too many units',
      (_: string, order: Shape) => line(order, 'B', 2),
      'Quantity cannot refund more items than were purchased',
    ],
    ['no units', (_: string, order: Shape) => line(order, 'B', 0), 'Quantity must be greater than 0'],
    [
      'returned units that were not sent',
      (_: string, order: Shape) => line(order, 'B', 1, 'RETURN'),
      'Restock type cannot be return for units that are not fulfilled',
    ],
    [
      'the old restock type',
      (_: string, order: Shape) => line(order, 'B', 1, 'LEGACY_RESTOCK'),
      'Restock type is not accepted',
    ],
    [
      'store credit without a customer',
      () => ({ refundMethods: [{ storeCreditRefund: { amount: { amount: '1', currencyCode: 'USD' } } }] }),
      'The order has no customer',
    ],
  ])('refuses %s and changes nothing', async (_, input, message) => {
    const id = await placePaid(world);
    const before = await orderNow(world, id);
    const made = await refund(id, input(id, before));
    expect([made['refund'], messages(made)]).toEqual([null, [message]]);
    expect(await orderNow(world, id)).toEqual(before);
  });

  it('refunds more than was paid, by hand, or as store credit, when told to', async () => {
    const id = await placePaid(world, { email: 'a@example.com' });
    await refund(id, { allowOverRefunding: true, ...pay(id, '40.00', { gateway: 'manual' }) });
    expect(await orderNow(world, id)).toMatchObject({
      displayFinancialStatus: 'REFUNDED',
      netPaymentSet: { shopMoney: { amount: '-2.6' } },
    });
    const credited = await placePaid(world, { email: 'a@example.com' });
    const amount = { amount: '7.40', currencyCode: 'USD' };
    const made = await refund(credited, { refundMethods: [{ storeCreditRefund: { amount } }], notify: true });
    expect(made['refund']).toMatchObject({ transactions: { nodes: [{ gateway: 'shopify_store_credit' }] } });
    expect(world.shopify.listMails(shop)).toMatchObject([{ kind: 'refund' }]);
  });

  it('keeps both currencies of an order that was paid in another one', async () => {
    const both = (shopAmount: string, presentment: string) => ({
      shopMoney: { amount: shopAmount, currencyCode: 'USD' },
      presentmentMoney: { amount: presentment, currencyCode: 'EUR' },
    });
    const id = await placePaid(world, {
      presentmentCurrency: 'EUR',
      lineItems: [{ title: 'T', sku: 'A', quantity: 3, priceSet: both('11.00', '10.00') }],
      shippingLines: [],
      transactions: [{ gateway: 'amazon', amountSet: both('33.00', '30.00') }],
    });
    expect(messages(await refund(id, pay(id, '10.00')))).toEqual([
      'Currency must be given for an order in another currency than the shop’s',
    ]);
    await refund(id, { currency: 'EUR', ...line(await orderNow(world, id), 'A', 1), ...pay(id, '10.00') });
    expect(await orderNow(world, id)).toMatchObject({
      totalRefundedSet: {
        shopMoney: { amount: '11.0' },
        presentmentMoney: { amount: '10.0', currencyCode: 'EUR' },
      },
      netPaymentSet: { shopMoney: { amount: '22.0' }, presentmentMoney: { amount: '20.0' } },
    });
  });

  it('is exact to the last unit, with taxes that do not divide, included or not, without decimals or with two', async () => {
    for (const [currency, price, tax, included] of [
      ['USD', '10.00', '1.00', false],
      ['JPY', '100', '50', true],
    ] as const) {
      const money = (amount: string) => ({ shopMoney: { amount, currencyCode: currency } });
      const taxLines = [{ title: 'Tax', rate: '0.1', priceSet: money(tax) }];
      const total = included ? '300' : '31.00';
      const id = await placePaid(world, {
        currency,
        taxesIncluded: included,
        lineItems: [{ title: 'T', sku: 'A', quantity: 3, priceSet: money(price), taxLines }],
        shippingLines: [],
        transactions: [{ gateway: 'amazon', amountSet: money(total) }],
      });
      for (const left of [2, 1, 0]) {
        const one = line(await orderNow(world, id), 'A', 1, 'CANCEL');
        const { data } = await world.gql(refunding.suggested, { id, lines: one.refundLineItems });
        const suggested = data['order']?.['suggestedRefund']?.['amountSet']?.['shopMoney']?.['amount'];
        const amount = z
          .string()
          .parse(suggested)
          .replace(currency === 'JPY' ? '.0' : '', '');
        const made = await refund(id, { ...one, ...pay(id, amount) });
        expect(messages(made)).toEqual([]);
        const after = await orderNow(world, id);
        expect([units(after)[0]?.[0], amountOf(after, 'totalOutstandingSet')]).toEqual([left, '0.0']);
        expect(amountOf(after, 'refundDiscrepancySet')).toBe('0.0');
      }
      expect(await orderNow(world, id)).toMatchObject({
        displayFinancialStatus: 'REFUNDED',
        currentTotalPriceSet: { shopMoney: { amount: '0.0' } },
        currentTotalTaxSet: { shopMoney: { amount: '0.0' } },
      });
    }
  });

  it('is for those who may change orders', async () => {
    const id = await placePaid(world);
    const token = await world.login();
    world.shopify.setScopes(shop, ['read_orders']);
    const variables = { input: { orderId: id, ...pay(id, '5.00') }, key: 'k' };
    const { errors } = await world.gql(refunding.refund, variables, token);
    expect(errors[0]?.extensions?.code).toBe('ACCESS_DENIED');
  });

  it('suggests what is left, and what some of it is worth', async () => {
    const id = await placePaid(world);
    const ask = async (more: object) =>
      (await world.gql(refunding.suggested, { id, ...more })).data['order']?.['suggestedRefund'];
    const order = await orderNow(world, id);
    const lines = [{ lineItemId: lineId(order, 'A'), quantity: 1 }];
    expect(await ask({ lines, shipping: '2.00' })).toMatchObject({
      amountSet: { shopMoney: { amount: '13.2' } },
      maximumRefundableSet: { shopMoney: { amount: '37.4' } },
      totalTaxSet: { shopMoney: { amount: '1.2' } },
      suggestedTransactions: [{ kind: 'SUGGESTED_REFUND', gateway: 'amazon' }],
    });
    await refund(id, pay(id, '5.00'));
    const all = await ask({ all: true });
    expect([amountOf(all, 'amountSet'), entries(all?.['refundLineItems']).length]).toEqual(['32.4', 2]);
    expect(await ask({ all: true, to: 'STORE_CREDIT' })).toMatchObject({
      suggestedTransactions: [],
      suggestedRefundMethods: [{ amount: { shopMoney: { amount: '32.4' } } }],
    });
  });

  it('tells of it in the shape of the real webhook', async () => {
    const id = await placePaid(world);
    const before = await orderNow(world, id);
    await world.clock.advance(0);
    receiver.received.length = 0;
    await refund(id, {
      note: 'n',
      ...line(before, 'A', 1, 'CANCEL'),
      shipping: { amount: '1.00' },
      ...pay(id, '13.00'),
    });
    await world.clock.advance(0);
    expect(receiver.received.map((one) => one.topic)).toEqual(['refunds/create', 'orders/updated']);
    expect(new Set(receiver.received.map((one) => one.eventId)).size).toBe(1);
    const [told, order] = receiver.received.map((one) => one.body);
    expect(told).toMatchObject({
      note: 'n',
      return: null,
      restock: true,
      refund_line_items: [
        { quantity: 1, restock_type: 'cancel', subtotal: 10, total_tax: 1, line_item: { sku: 'A' } },
      ],
      refund_shipping_lines: [{ subtotal_amount_set: { shop_money: { amount: '1.00' } } }],
      order_adjustments: [{ kind: 'refund_discrepancy', amount: '-0.90' }],
      transactions: [
        { kind: 'refund', gateway: 'amazon', amount: '13.00', message: 'Refunded 13.00 from amazon gateway' },
      ],
    });
    expect(order).toMatchObject({
      financial_status: 'partially_refunded',
      refunds: [told],
      current_total_price: '24.40',
    });
  });

  it('is found by its id', async () => {
    const id = await placePaid(world);
    const made = await refund(id, pay(id, '5.00'));
    const query = 'query($id: ID!) { refund(id: $id) { id note } node(id: $id) { id } }';
    const { data } = await world.gql(query, { id: made['refund']?.['id'] });
    expect(data['node']).toEqual({ id: data['refund']?.['id'] });
    expect(data['refund']).toEqual({ id: made['refund']?.['id'], note: null });
  });
});

describe('the idempotency key of refundCreate', () => {
  const input = async () => {
    const orderId = await placePaid(world);
    return { orderId, ...pay(orderId, '5.00') };
  };
  const send = async (variables: object) => world.gql(refunding.refund, variables);
  const count = async (id: string) => entries((await orderNow(world, id))['refunds']).length;

  it('must be there', async () => {
    const plain =
      'mutation R($input: RefundInput!) { refundCreate(input: $input) { refund { id } userErrors { message } } }';
    const wanted = await input();
    const { data, errors } = await world.gql(plain, { input: wanted });
    expect([data['refundCreate'], errors[0]?.extensions?.code]).toEqual([null, 'BAD_REQUEST']);
    expect((await send({ input: wanted, key: '' })).errors).toHaveLength(1);
    expect(await count(wanted.orderId)).toBe(0);
  });

  it('REF-3: makes one refund of many requests, until it is forgotten after a day', async () => {
    const wanted = await input();
    const first = await send({ input: wanted, key: 'k' });
    const again = await send({ input: wanted, key: 'k' });
    expect(again.data['refundCreate']?.['refund']).toEqual(first.data['refundCreate']?.['refund']);
    await send({ input: wanted, key: 'other' });
    expect(await count(wanted.orderId)).toBe(2);
    await world.clock.advance(24 * 3_600_000);
    await send({ input: wanted, key: 'k' });
    expect(await count(wanted.orderId)).toBe(3);
  });

  it.each([
    ['user-errors', 1, 0],
    ['request-errors', 0, 1],
  ])('is of one input only (%s)', async (position, told, failed) => {
    world.switches.set('shopify.idempotency-errors', position);
    const wanted = await input();
    await send({ input: wanted, key: 'k' });
    const { data, errors } = await send({ input: { ...wanted, note: 'another' }, key: 'k' });
    expect([messages(data['refundCreate']).length, errors.length]).toEqual([told, failed]);
    expect(await count(wanted.orderId)).toBe(1);
  });

  it('is refused while the first request is under way', async () => {
    world.switches.set('shopify.refund-duration', 'a-second');
    const wanted = await input();
    const first = send({ input: wanted, key: 'k' });
    await vi.waitUntil(() => world.clock.waiting() > 0);
    await vi.waitUntil(async () => {
      const { data } = await send({ input: wanted, key: 'k' });
      return messages(data['refundCreate'])[0] === 'This request is currently in progress, please try again.';
    });
    await world.clock.advance(1000);
    expect(messages((await first).data['refundCreate'])).toEqual([]);
    expect(await count(wanted.orderId)).toBe(1);
  });

  it.each([
    ['tried-again', 1],
    ['spent', 0],
  ])('of a refused request is %s', async (position, made) => {
    world.switches.set('shopify.key-of-refused-request', position);
    world.switches.set('shopify.refund-note-limit', '255-characters');
    const wanted = { ...(await input()), note: 'n'.repeat(256) };
    expect(messages((await send({ input: wanted, key: 'k' })).data['refundCreate'])).toHaveLength(1);
    world.switches.set('shopify.refund-note-limit', 'none');
    await send({ input: wanted, key: 'k' });
    expect(await count(wanted.orderId)).toBe(made);
  });

  it.each([['drop-answer' as const], ['late-effect' as const]])(
    'REF-3: %s leaves one refund',
    async (kind) => {
      const wanted = await input();
      world.faults.add({ service: 'shopify', match: { operation: 'refundCreate' }, kind, ms: 1000 });
      await expect(send({ input: wanted, key: 'k' })).rejects.toThrow();
      const { data } = await send({ input: wanted, key: 'k' });
      await world.clock.advance(1000);
      const refunds = entries((await orderNow(world, wanted.orderId))['refunds']);
      expect(refunds.map((one) => z.string().parse(one['id']))).toEqual([
        data['refundCreate']?.['refund']?.['id'],
      ]);
    },
  );
});
