import { expect, it } from 'vitest';
import { amazonLine, amazonOrder } from '../amazon-orders.ts';
import { dealings } from '../dealings.ts';
import { runningWorld } from '../running-world.ts';

const world = runningWorld({ web: true });
const { variants, inShopify, stock, fulfilInShopify } = dealings(world);

type Json = Readonly<Record<string, unknown>>;
const id = '130-0000000-0000001';
const [first, second] = ['10000000000001', '10000000000002'] as const;
const act = (deed: string, body: Json = {}) => world.control('POST', `/amazon/orders/${id}/${deed}`, body);
const fault = (body: Json) => world.control('POST', '/faults', body);
const behave = (name: string, value: string) => world.control('POST', '/behaviour', { name, value });
/** Whether refunds are made in Seller Central too. */
const refundsOnAmazon = (value: 'sometimes' | 'never') =>
  world.database.owner('update shop set settings = settings || $1', [
    JSON.stringify({ refundsOnAmazon: value }),
  ]);
const state = async () => (await world.row(id))?.state;
const kinds = async () => (await world.problems(id)).map(({ kind }) => kind);
const done = () => world.settle(true);

const ofTwo = {
  orderItems: [
    amazonLine(first, { sku: 'SKU-1', quantity: 2, item: '50.00', shipping: '5.00' }),
    amazonLine(second, { sku: 'SKU-2', item: '12.00' }),
  ],
  proceeds: { grandTotal: { amount: '67.00', currencyCode: 'USD' } },
};

/** The order stands on both sides; it is of now, so that no ship-by is near. */
async function placed(change: Json = ofTwo) {
  const { now } = await world.control('GET', '/clock');
  const day = (days: number) => new Date(Number(now) + days * 86_400_000).toISOString();
  const order = amazonOrder(id, change);
  const window = (from: number, to: number) => ({ earliestDateTime: day(from), latestDateTime: day(to) });
  const fulfillment = {
    ...(order['fulfillment'] as Json),
    shipByWindow: window(0, 20),
    deliverByWindow: window(20, 30),
  };
  await variants();
  await world.place({ ...order, createdTime: day(-1), lastUpdatedTime: day(0), fulfillment });
  await world.settle();
}

/** It stands on both sides and is shipped on both. */
async function shipped(change: Json = ofTwo) {
  await placed(change);
  await fulfilInShopify(id);
  await act('ship', { carrier: 'UPS', trackingNumber: '1Z999AA10123456784' });
  await world.settle();
}

interface Line {
  readonly id: string;
  readonly sku: string;
}

/** Staff refund in Shopify's admin, on the payment that stands for Amazon's. */
async function refundInShopify(
  amount: string,
  given: { sku?: string; quantity?: number; restock?: string; shipping?: string; currency?: string } = {},
) {
  const { id: orderId } = await inShopify(id);
  const { order } = (await world.shopify(
    `query($id: ID!) { order(id: $id) { transactions { id gateway kind }
      lineItems(first: 10) { nodes { id sku } } } }`,
    { id: orderId },
  )) as {
    order: { transactions: { id: string; gateway: string; kind: string }[]; lineItems: { nodes: Line[] } };
  };
  const sale = order.transactions.find(({ kind }) => kind === 'SALE');
  const line = order.lineItems.nodes.find(({ sku }) => sku === given.sku);
  const input = {
    orderId,
    currency: given.currency ?? 'USD',
    note: 'by hand',
    transactions: [{ orderId, kind: 'REFUND', gateway: sale?.gateway, parentId: sale?.id, amount }],
    refundLineItems: line
      ? [{ lineItemId: line.id, quantity: given.quantity ?? 1, restockType: given.restock ?? 'NO_RESTOCK' }]
      : [],
    ...(given.shipping === undefined ? {} : { shipping: { amount: given.shipping } }),
  };
  const { refundCreate } = (await world.shopify(
    `mutation($input: RefundInput!, $key: String!) { refundCreate(input: $input) @idempotent(key: $key) {
      userErrors { field message } } }`,
    { input, key: crypto.randomUUID() },
  )) as { refundCreate: { userErrors: unknown[] } };
  expect(refundCreate.userErrors).toEqual([]);
}

/** What went back on both sides: amounts on Amazon with by whom, and in Shopify. */
async function back() {
  const { refunds } = (await world.control('GET', `/amazon/orders/${id}`)) as {
    refunds: { by: string; total: { amount: string } }[];
  };
  const order = await inShopify(id);
  return {
    amazon: refunds.map(({ by, total }) => `${total.amount} ${by}`),
    shopify: order.refunds.map(({ totalRefundedSet }) => totalRefundedSet.presentmentMoney.amount),
  };
}

/** A person answers a problem, or chooses something. */
async function choose(kind: string, subject: string, args: Json) {
  const { now } = await world.control('GET', '/clock');
  await world.database.owner(
    `insert into choice (shop, amazon_order_id, kind, subject, args, state, open_key, by, at, undo_until)
     select shop, amazon_order_id, $2, $3, $4, 'open', $2 || $3, 'staff', $5, $5 from amazon_order where amazon_order_id = $1`,
    [id, kind, subject, JSON.stringify(args), new Date(Number(now))],
  );
  await world.database.owner(
    `update amazon_order set due_at = $2, due_reason = null, knocks = knocks + 1, amazon_knocks = amazon_knocks + 1
     where amazon_order_id = $1`,
    [id, new Date(Number(now))],
  );
  await world.settle();
}

async function answer(kind: string, choice: string) {
  const [problem] = (await world.problems(id)).filter((one) => one.kind === kind);
  expect(problem, `${kind} among ${(await kinds()).join()}`).toBeDefined();
  await choose('answer', `${kind}|${problem?.subject ?? ''}`, { choice, value: null });
}

it('REF-1 REF-3: refunded in Shopify, it waits for Amazon’s finances, and then goes to Amazon once', async () => {
  await behave('amazon.finance-lag', '6h');
  await refundsOnAmazon('sometimes');
  await shipped();
  await refundInShopify('25.00', { sku: 'SKU-1' });
  await world.settle();
  expect([await state(), await kinds()]).toEqual(['refund_waits_data', ['refund_twice_risk']]);
  expect(await back()).toEqual({ amazon: [], shopify: ['25.0'] });
  await done();
  expect(await back()).toEqual({ amazon: ['25.00 feed'], shopify: ['25.0'] });
  expect([await state(), await kinds()]).toEqual(['refunded_in_step', []]);
});

it('REF-4: refunded in Seller Central, it is entered in Shopify once, after the lag', async () => {
  await shipped();
  await act('refund', { items: [{ orderItemId: second, principal: '12.00' }] });
  await done();
  expect(await back()).toEqual({ amazon: ['12.00 seller-central'], shopify: ['12.0'] });
  expect([await state(), await kinds()]).toEqual(['refunded_in_step', []]);
});

it('REF-1 REF-3: refunded twice in Shopify, by line and by amount, each goes to Amazon once', async () => {
  await refundsOnAmazon('never');
  await shipped();
  await refundInShopify('30.00', { sku: 'SKU-1', shipping: '5.00' });
  await refundInShopify('7.00');
  await done();
  expect(await back()).toEqual({ amazon: ['30.00 feed', '7.00 feed'], shopify: ['30.0', '7.0'] });
  await refundInShopify('30.00');
  await done();
  expect((await back()).amazon).toEqual(['30.00 feed', '7.00 feed', '30.00 feed']);
  expect([await state(), await kinds()]).toEqual(['refunded_in_step', []]);
});

it.each([
  ['drop-answer', 0],
  ['late-effect', 60_000],
  ['late-effect', 300_000],
  ['drop-request', 0],
] as const)('REF-3 CAN-13: the answer of createFeed is lost (%s, %d ms): one refund', async (kind, ms) => {
  await behave('amazon.finance-lag', 'none');
  await refundsOnAmazon('never');
  await shipped();
  await fault({ service: 'amazon', match: { operation: 'createFeed' }, kind, ...(ms > 0 ? { ms } : {}) });
  await refundInShopify('25.00', { sku: 'SKU-1', restock: 'RETURN' });
  await done();
  expect(await back()).toEqual({ amazon: ['25.00 feed'], shopify: ['25.0'] });
  expect([await state(), await kinds()]).toEqual(['refunded_in_step', []]);
});

it.each([
  ['drop-answer', 0],
  ['late-effect', 60_000],
  ['drop-request', 0],
] as const)(
  'REF-4: the answer of refundCreate is lost (%s, %d ms): one refund in Shopify',
  async (kind, ms) => {
    await shipped();
    await fault({
      service: 'shopify',
      match: { operation: 'refundCreate' },
      kind,
      ...(ms > 0 ? { ms } : {}),
    });
    await act('refund', { items: [{ orderItemId: first, principal: '50.00', shipping: '5.00' }] });
    await done();
    expect(await back()).toEqual({ amazon: ['55.00 seller-central'], shopify: ['55.0'] });
    expect([await state(), await kinds()]).toEqual(['refunded_in_step', []]);
  },
);

it('CAN-13: a refund that Amazon refuses is said, and goes again when a person says so', async () => {
  await behave('amazon.finance-lag', 'none');
  await refundsOnAmazon('never');
  await shipped();
  await fault({ service: 'amazon', match: {}, kind: 'reject-message', times: 1 });
  await refundInShopify('25.00');
  await done();
  expect([await state(), await kinds()]).toEqual(['refund_refused', ['refund_refused']]);
  await answer('refund_refused', 'try_again');
  await done();
  expect(await back()).toEqual({ amazon: ['25.00 feed'], shopify: ['25.0'] });
  expect([await state(), await kinds()]).toEqual(['refunded_in_step', []]);
});

it('CAN-13: after a batch that was broken off nothing is sent again by itself', async () => {
  await behave('amazon.finance-lag', '6h');
  await refundsOnAmazon('never');
  await shipped();
  await fault({ service: 'amazon', match: {}, kind: 'fatal-feed', times: 1 });
  await refundInShopify('25.00');
  await world.settle();
  // As long as nobody knows, the batch is looked at again and again.
  const advance = (time: string) => world.control('POST', '/clock', { advance: time });
  for (let i = 0; i < 6; i += 1) await advance('PT10M').then(() => world.settle());
  await expect.poll(state, { timeout: 15_000 }).toBe('decide_refund');
  expect(await kinds()).toEqual(['refund_unsure_decide']);
  await advance('PT50H');
  await world.settle();
  expect((await back()).amazon).toEqual([]);
  await answer('refund_unsure_decide', 'amazon_has_not');
  await done();
  expect(await back()).toEqual({ amazon: ['25.00 feed'], shopify: ['25.0'] });
  expect([await state(), await kinds()]).toEqual(['refunded_in_step', []]);
});

it('REF-2: refunded before shipping, it goes to Amazon after shipping where a person says so', async () => {
  await behave('amazon.finance-lag', 'none');
  await refundsOnAmazon('never');
  await placed();
  await refundInShopify('7.00');
  await world.settle();
  expect([await state(), await kinds()]).toEqual(['refund_waits_ship', ['refund_before_ship']]);
  await answer('refund_before_ship', 'after_shipping');
  await world.settle();
  expect([await state(), await kinds()]).toEqual(['refund_waits_ship', []]);
  await fulfilInShopify(id);
  await act('ship', { carrier: 'UPS', trackingNumber: '1Z999AA10123456784' });
  await done();
  expect(await back()).toEqual({ amazon: ['7.00 feed'], shopify: ['7.0'] });
  expect([await state(), await kinds()]).toEqual(['refunded_in_step', []]);
});

it('REF-1 REF-4: a refund chosen in the app goes to Amazon, and after its answer to Shopify', async () => {
  await behave('amazon.finance-lag', 'none');
  await shipped();
  const items = [{ orderItemId: first, components: { principal: 1000, shipping: 100 } }];
  await choose('refund', '', { items, restock: false });
  await done();
  expect(await back()).toEqual({ amazon: ['11.00 feed'], shopify: ['11.0'] });
  expect([await state(), await kinds()]).toEqual(['refunded_in_step', []]);
});

const marketplace = (marketplaceId: string, marketplaceName: string) => ({
  salesChannel: { channelName: 'AMAZON', marketplaceId, marketplaceName },
});
const total = (amount: string, currencyCode: string) => ({
  proceeds: { grandTotal: { amount, currencyCode } },
});

it.each([
  [
    'JPY',
    {
      ...marketplace('A1VC38T7YXB528', 'Amazon.co.jp'),
      ...total('3990', 'JPY'),
      orderItems: [amazonLine(first, { item: '3490', shipping: '500', currency: 'JPY' })],
    },
    '991',
    '991 feed',
  ],
  [
    'EUR, tax in the price',
    {
      ...marketplace('A1PA6795UKMFR9', 'Amazon.de'),
      ...total('23.80', 'EUR'),
      orderItems: [amazonLine(first, { item: '23.80', tax: '3.80', currency: 'EUR' })],
    },
    '11.91',
    '11.91 feed',
  ],
])(
  'REF-1: an amount of an order in %s goes to Amazon to the minor unit',
  async (name, order, amount, sent) => {
    await behave('amazon.finance-lag', 'none');
    await refundsOnAmazon('never');
    await shipped(order);
    await refundInShopify(amount, { currency: name.slice(0, 3) });
    await done();
    expect((await back()).amazon).toEqual([sent]);
    expect(await state()).toBe('refunded_in_step');
  },
);

it.each([['keeps'], ['zero']])(
  'CAN-9: a line that Amazon cancels (its quantity: %s) is taken off in Shopify once, and put back in stock',
  async (value) => {
    await behave('amazon.quantity-after-cancel', value);
    await placed();
    expect(await stock('SKU-2')).toBe(9);
    await act('cancel', { by: 'BUYER', orderItemIds: [second] });
    await done();
    expect(await back()).toEqual({ amazon: [], shopify: ['12.0'] });
    expect([await stock('SKU-1'), await stock('SKU-2')]).toEqual([8, 10]);
    expect([await state(), await kinds()]).toEqual(['in_step', []]);
  },
);
