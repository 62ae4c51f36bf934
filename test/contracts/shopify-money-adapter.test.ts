import { z } from 'zod';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CommandArgs } from '../../app/domain/command.ts';
import { ok, type Result } from '../../app/domain/failure.ts';
import { shopDomain, shopifyOrderId } from '../../app/domain/ids.ts';
import type { BookedRefund, OrderBooks } from '../../app/domain/order-books.ts';
import { cancelOrder } from '../../app/shopify/cancel-order.ts';
import { createAdminClient, type AdminClient } from '../../app/shopify/client.ts';
import { fulfilOrder } from '../../app/shopify/fulfil-order.ts';
import { holdOrder } from '../../app/shopify/hold-order.ts';
import { booksPerRequest, booksPoints, readBooks } from '../../app/shopify/read-books.ts';
import { readCancelJob } from '../../app/shopify/read-cancel-job.ts';
import { handlingPoints, readHandling } from '../../app/shopify/read-handling.ts';
import { refundOrder } from '../../app/shopify/refund-order.ts';
import { scopeList } from '../../app/shopify/scopes.ts';
import { unfulfilOrder } from '../../app/shopify/unfulfil-order.ts';
import { fulfilment, ordersOf, unitsOf } from './fulfilment-world.ts';
import { lineId, orderNow, placePaid, refunding } from './refund-world.ts';
import { bag, shop, startShopify, type ShopifyTest } from './shopify-world.ts';

let world: ShopifyTest;
let client: AdminClient;

async function start(currency = 'USD'): Promise<void> {
  world = await startShopify({ scopes: scopeList, currency });
  const token = await world.login();
  const answered = () => Promise.resolve(ok(token));
  client = createAdminClient({ shop: shopDomain(shop), origin: world.origin, token: answered });
}
beforeEach(() => start());
afterEach(() => world.close());

const always = () => true;

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.failure.code}: ${result.failure.sentence}`);
  return result.value;
}

/** Reads it as the loop does: points are taken beforehand. Both sides' buckets fill up in between. */
async function booksOf(id: string): Promise<OrderBooks> {
  await world.clock.advance(20_000);
  client.throttle.give(2000);
  client.throttle.take(booksPoints);
  const books = valueOf(await readBooks(client, [shopifyOrderId(id)])).get(id);
  if (!books) throw new Error('no books');
  return books;
}

const amounts = (refunds: readonly BookedRefund[]) =>
  refunds.map(({ amount, storeCredit, ownKey }) => [amount.amount, storeCredit.amount, ownKey]);

const whole = { reason: 'CUSTOMER', restock: true, refund: true } as const;
const cancel = (id: string, args: CommandArgs['cancel_shopify'] = whole, key = 'cancel_shopify:1') =>
  cancelOrder(client, shopifyOrderId(id), args, key, always);
const done = () => world.clock.advance(2000);

type Refund = CommandArgs['refund_shopify'];
async function refundArgs(id: string, more: Partial<Refund> = {}): Promise<Refund> {
  const { sale, currency } = await booksOf(id);
  return { amount: 1000, currency, sale, lines: [], shipping: 0, at: null, ...more };
}
const refund = async (id: string, args: Refund, key = 'refund_shopify:1') =>
  refundOrder(client, shopifyOrderId(id), args, key, always);

async function parcel(
  id: string,
  sku: string,
  quantity: number,
  more: Partial<CommandArgs['fulfil_shopify']> = {},
) {
  const [first] = await ordersOf(world, id);
  const work = [
    { fulfillmentOrder: z.string().parse(first?.['id']), parts: [unitsOf(first, sku, quantity)] },
  ];
  return { reference: '1', tracking: '1Z999', company: 'UPS', work, ...more };
}
const fulfil = (args: CommandArgs['fulfil_shopify']) => fulfilOrder(client, args, always);

describe('the books of an order', () => {
  it('REF-1 IMP-3: lines, shipping and the payment of a new order, nothing of a buyer', async () => {
    const properties = [{ name: '_amazon_order_item_id', value: '1234' }];
    const taxLines = [{ title: 'Tax', rate: '0.1', priceSet: bag('2.00') }];
    const lineItems = [{ title: 'T', sku: 'A', quantity: 2, priceSet: bag('8.99'), taxLines, properties }];
    const address = { lastName: 'Kim', address1: 'Way 1', city: 'Austin', zip: '73301', countryCode: 'US' };
    const id = await placePaid(world, { lineItems, shippingAddress: address, note: 'Call Kim' });
    const books = await booksOf(id);
    expect(books).toMatchObject({
      cancelReason: null,
      cancelKey: null,
      taxesIncluded: false,
      currency: 'USD',
      sale: { gateway: 'amazon', amount: { amount: 3740, currency: 'USD' } },
      lines: [
        {
          orderItemId: '1234',
          sku: 'A',
          quantity: 2,
          currentQuantity: 2,
          unfulfilled: 2,
          unitPrice: { amount: 899, currency: 'USD' },
          tax: { amount: 200 },
        },
      ],
      shipping: { price: { amount: 400 }, tax: { amount: 40 } },
      refunds: [],
      fulfillments: [],
    });
    expect(books.locationId).toMatch(/^gid:\/\/shopify\/Location\/\d+$/);
    expect(JSON.stringify(books)).not.toMatch(/Kim|Way 1|Austin/);
  });

  it.each([
    ['JPY', '100', '50', 150],
    ['USD', '1.00', '0.50', 150],
  ])('IMP-3: in %s, taxes included, in a shop of EUR', async (currency, price, tax, total) => {
    await world.close();
    await start('EUR');
    const both = (amount: string) => ({
      shopMoney: { amount: '7.77', currencyCode: 'EUR' },
      presentmentMoney: { amount, currencyCode: currency },
    });
    const taxLines = [{ title: 'Tax', rate: '0.5', priceSet: both(tax) }];
    const id = await placePaid(world, {
      currency: 'EUR',
      presentmentCurrency: currency,
      taxesIncluded: true,
      lineItems: [{ title: 'T', sku: 'A', quantity: 3, priceSet: both(price), taxLines }],
      shippingLines: [{ title: 'S', priceSet: both(tax) }],
      transactions: [{ gateway: 'amazon', amountSet: both(currency === 'JPY' ? '350' : '3.50') }],
    });
    const half = { amount: total / 3, currency };
    expect(await booksOf(id)).toMatchObject({
      taxesIncluded: true,
      currency,
      sale: { amount: { amount: 350, currency } },
      lines: [{ unitPrice: { amount: 100, currency }, tax: half }],
      shipping: { price: half, tax: { amount: 0, currency } },
    });
    expect(valueOf(await refund(id, await refundArgs(id, { amount: 70 })))).toEqual({ kind: 'done' });
    expect((await booksOf(id)).refunds).toMatchObject([{ amount: { amount: 70, currency } }]);
  });

  it('CAN-10: what staff gave back: lines, an amount, store credit; of their notes nothing', async () => {
    const id = await placePaid(world, { email: 'a@example.com' });
    const order = await orderNow(world, id);
    const pay = (amount: string) => ({
      transactions: [{ orderId: id, kind: 'REFUND', gateway: 'amazon', amount }],
    });
    const input = [
      {
        note: 'Kim called',
        refundLineItems: [{ lineItemId: lineId(order, 'A'), quantity: 1, restockType: 'CANCEL' }],
        shipping: { amount: '1.00' },
        ...pay('12.10'),
      },
      { note: ' concord:x', ...pay('5.00') },
      { refundMethods: [{ storeCreditRefund: { amount: { amount: '2.50', currencyCode: 'USD' } } }] },
    ];
    for (const [i, one] of input.entries())
      await world.gql(refunding.refund, { key: `staff-${String(i)}`, input: { orderId: id, ...one } });
    const { refunds, lines } = await booksOf(id);
    expect(amounts(refunds)).toEqual([
      [1210, 0, null],
      [500, 0, null],
      [0, 250, null],
    ]);
    expect(refunds[0]).toMatchObject({
      at: Date.parse('2026-11-21T12:00:00Z'),
      pending: false,
      lines: [
        {
          lineItemId: lineId(order, 'A'),
          quantity: 1,
          subtotal: { amount: 1000 },
          tax: { amount: 100 },
          restock: 'CANCEL',
        },
      ],
      shipping: { subtotal: { amount: 100 }, tax: { amount: 10 } },
    });
    expect(
      lines.map(({ quantity, currentQuantity, unfulfilled }) => [quantity, currentQuantity, unfulfilled]),
    ).toEqual([
      [2, 1, 1],
      [1, 1, 1],
    ]);
  });

  it.each([
    ['all of it', { originalPaymentMethodsRefund: true }, [[3740, 0, null]]],
    ['store credit', { storeCreditRefund: {} }, [[0, 3740, null]]],
    ['nothing', { originalPaymentMethodsRefund: false }, [[0, 0, null]]],
  ])('CAN-10: a cancel by staff that gave back %s', async (_, method, given) => {
    const id = await placePaid(world, { email: 'a@example.com' });
    await world.gql(refunding.cancel, { id, reason: 'INVENTORY', restock: true, method, note: 'Kim called' });
    await done();
    const { cancelReason, cancelKey, refunds, lines } = await booksOf(id);
    expect([cancelReason, cancelKey, amounts(refunds)]).toEqual(['INVENTORY', null, given]);
    expect(lines.map(({ currentQuantity, unfulfilled }) => currentQuantity + unfulfilled)).toEqual([0, 0]);
  });

  it('CAN-10: a refund that follows a cancel without one is there when it comes', async () => {
    const id = await placePaid(world);
    await world.gql(refunding.cancel, { id, reason: 'STAFF', restock: false, method: null });
    await done();
    const before = amounts((await booksOf(id)).refunds).reduce((all, [money]) => all + Number(money), 0);
    await refund(id, await refundArgs(id, { amount: 3740 }), 'later');
    const after = amounts((await booksOf(id)).refunds).at(-1);
    expect([before, after]).toEqual([0, [3740, 0, 'later']]);
  });

  it('FUL-3 FUL-5: parcels, with several numbers and without one, and those taken back', async () => {
    const id = await placePaid(world);
    const [first] = await ordersOf(world, id);
    const staff = async (sku: string, quantity: number, trackingInfo?: object) =>
      world.gql(fulfilment.create, {
        f: {
          lineItemsByFulfillmentOrder: [
            { fulfillmentOrderId: first?.['id'], fulfillmentOrderLineItems: [unitsOf(first, sku, quantity)] },
          ],
          ...(trackingInfo ? { trackingInfo } : {}),
        },
      });
    await staff('A', 1, { company: 'UPS', numbers: ['1Z1', '1Z2'] });
    await staff('A', 1);
    await world.clock.advance(5000);
    const { fulfillments, lines } = await booksOf(id);
    const a = lines[0]?.id;
    expect(fulfillments).toMatchObject([
      {
        status: 'SUCCESS',
        at: Date.parse('2026-11-21T12:00:00Z'),
        tracking: [
          { number: '1Z1', company: 'UPS' },
          { number: '1Z2', company: 'UPS' },
        ],
        lines: [{ lineItemId: a, quantity: 1 }],
      },
      { status: 'SUCCESS', tracking: [], lines: [{ lineItemId: a, quantity: 1 }] },
    ]);
    expect(lines.map(({ unfulfilled }) => unfulfilled)).toEqual([0, 1]);
    expect(valueOf(await unfulfilOrder(client, fulfillments[0]?.id ?? '', always))).toEqual({ kind: 'done' });
    const after = await booksOf(id);
    expect(after.fulfillments.map(({ status }) => status)).toEqual(['CANCELLED', 'SUCCESS']);
    expect((after.fulfillments[0]?.updatedAt ?? 0) - (after.fulfillments[0]?.at ?? 0)).toBeGreaterThan(0);
    expect(after.lines.map(({ unfulfilled }) => unfulfilled)).toEqual([1, 1]);
  });

  it.each([
    ['another app’s payment', [{ gateway: 'Marketplace Link', amountSet: bag('37.40') }], 'Marketplace Link'],
    ['ours among others', ['x', 'amazon'].map((gateway) => ({ gateway, amountSet: bag('18.70') })), 'amazon'],
    ['two of others', ['x', 'y'].map((gateway) => ({ gateway, amountSet: bag('18.70') })), null],
    ['a card’s', [{ gateway: 'shopify_payments', amountSet: bag('37.40') }], null],
    ['none that succeeded', [{ gateway: 'amazon', status: 'FAILURE', amountSet: bag('37.40') }], null],
    ['none', [], null],
  ])('IMP-9: the payment is %s', async (_, transactions, gateway) => {
    expect((await booksOf(await placePaid(world, { transactions }))).sale?.gateway ?? null).toBe(gateway);
  });

  it('IMP-3: many orders at once, those that are gone left out', async () => {
    const ids = [];
    for (let i = 1; i < booksPerRequest; i += 1) ids.push(shopifyOrderId(await placePaid(world)));
    const gone = shopifyOrderId('gid://shopify/Order/1');
    client.throttle.take(booksPoints * booksPerRequest);
    const books = valueOf(await readBooks(client, [...ids, gone]));
    expect([...books.keys()]).toEqual(ids);
  });
});

describe('a long order', () => {
  // More than that no order is made of.
  const many = 250;
  const placeLong = () => {
    const lineItems = Array.from({ length: many }, (_, i) => ({
      title: 'T',
      sku: `S${String(i)}`,
      quantity: 2,
      priceSet: bag('1.00'),
    }));
    return placePaid(world, {
      lineItems,
      shippingLines: [],
      transactions: [{ gateway: 'amazon', amountSet: bag('500.00') }],
    });
  };

  it('IMP-3 REF-3: 250 lines refunded at once, and many refunds and parcels', async () => {
    const id = await placeLong();
    const { lines } = await booksOf(id);
    expect(new Set(lines.map(({ sku }) => sku)).size).toBe(many);
    const units = lines.map((line) => ({
      lineItem: line.id,
      quantity: 1,
      restock: 'CANCEL' as const,
      location: null,
    }));
    expect(valueOf(await refund(id, await refundArgs(id, { amount: 25_000, lines: units })))).toEqual({
      kind: 'done',
    });
    const args = await refundArgs(id, { amount: 100 });
    for (let i = 0; i < 12; i += 1)
      expect(valueOf(await refund(id, args, `n${String(i)}`))).toEqual({ kind: 'done' });
    for (let i = 0; i < 10; i += 1)
      expect(valueOf(await fulfil(await parcel(id, `S${String(i)}`, 1)))).toMatchObject({ kind: 'done' });
    const books = await booksOf(id);
    expect(books.refunds.map(({ ownKey }) => ownKey)).toEqual([
      'refund_shopify:1',
      ...Array.from({ length: 12 }, (_, i) => `n${String(i)}`),
    ]);
    expect(books.refunds[0]?.lines.length).toBe(many);
    expect(books.lines.every(({ currentQuantity }) => currentQuantity === 1)).toBe(true);
    expect(books.fulfillments.length).toBe(10);
  });

  it('REQ-3: the work on it is read to its end', async () => {
    const id = await placeLong();
    client.throttle.take(handlingPoints);
    const handling = valueOf(await readHandling(client, [shopifyOrderId(id)])).get(id);
    expect(handling?.fulfillmentOrders.map(({ lines }) => lines.length)).toEqual([many]);
  });

  it('PRO-5: waits for a full bucket where the first page took what was there', async () => {
    const id = await placeLong();
    client.throttle.take(1900);
    const result = await readBooks(client, [shopifyOrderId(id)]);
    expect(result).toMatchObject({ ok: false, failure: { kind: 'retry', code: 'slot' } });
    if (result.ok || result.failure.kind !== 'retry') throw new Error('no time');
    expect(Math.abs((result.failure.at ?? 0) - client.throttle.when(Infinity))).toBeLessThan(1000);
  });
});

describe('cancelling', () => {
  it('CAN-4: gives all back and puts it back, tells the outcome and whose it was, and mails nobody', async () => {
    const id = await placePaid(world, { email: 'a@example.com' });
    const asked = valueOf(await cancel(id));
    if (asked.kind !== 'done' || asked.job === null) throw new Error('no job');
    expect(valueOf(await readCancelJob(client, asked.job))).toEqual({ done: false, error: null });
    await done();
    expect(valueOf(await readCancelJob(client, asked.job))).toEqual({ done: true, error: null });
    const { cancelReason, cancelKey, refunds } = await booksOf(id);
    expect([cancelReason, cancelKey, amounts(refunds)]).toEqual([
      'CUSTOMER',
      'cancel_shopify:1',
      [[3740, 0, null]],
    ]);
    expect(refunds[0]?.lines.map(({ restock }) => restock)).toEqual(['CANCEL', 'CANCEL']);
    expect(world.shopify.listMails(shop)).toEqual([]);
  });

  it('CAN-3: moves no money where it shall not', async () => {
    const id = await placePaid(world);
    valueOf(await cancel(id, { reason: 'INVENTORY', restock: false, refund: false }));
    await done();
    const { cancelReason, refunds, lines } = await booksOf(id);
    expect([cancelReason, amounts(refunds)]).toEqual(['INVENTORY', [[0, 0, null]]]);
    expect(lines.every(({ currentQuantity }) => currentQuantity === 0)).toBe(true);
  });

  it('CAN-5: is refused with Shopify’s code, or fails later with its words', async () => {
    expect(valueOf(await cancel('gid://shopify/Order/1'))).toMatchObject({
      kind: 'refused',
      refusal: { field: 'NOT_FOUND' },
    });
    const id = await placePaid(world);
    world.switches.set('shopify.order-cancel-checks', 'in-job');
    await fulfil(await parcel(id, 'A', 1));
    const asked = valueOf(await cancel(id));
    if (asked.kind !== 'done' || asked.job === null) throw new Error('no job');
    await done();
    const job = valueOf(await readCancelJob(client, asked.job));
    expect([job.done, (job.error ?? '').length > 0]).toEqual([true, true]);
    expect((await booksOf(id)).cancelReason).toBeNull();
    world.switches.set('shopify.order-cancel-checks', 'at-once');
    expect(valueOf(await cancel(id))).toMatchObject({ kind: 'refused', refusal: { field: 'INVALID' } });
  });

  it.each([['drop-answer' as const], ['late-effect' as const]])(
    'CAN-7: %s, and asked again: cancelled once',
    async (kind) => {
      const id = await placePaid(world);
      world.faults.add({ service: 'shopify', match: { operation: 'orderCancel' }, kind, ms: 500 });
      expect(await cancel(id)).toMatchObject({ ok: false, failure: { kind: 'unsure' } });
      await cancel(id);
      await world.clock.advance(5000);
      expect(valueOf(await cancel(id))).toMatchObject({ kind: 'refused', refusal: { field: 'INVALID' } });
      expect(amounts((await booksOf(id)).refunds)).toEqual([[3740, 0, null]]);
    },
  );

  it('CAN-4: a job of which only the id is known, or that is forgotten', async () => {
    expect(
      valueOf(await readCancelJob(client, 'gid://shopify/Job/00000000-0000-0000-0000-000000000000')),
    ).toEqual({
      done: true,
      error: null,
    });
  });
});

describe('refunding', () => {
  const place = async (id: string) => (await booksOf(id)).locationId;

  it('REF-4: money, units, shipping and the time of Amazon’s refund, under its key, mailing nobody', async () => {
    const id = await placePaid(world, { email: 'a@example.com' });
    const order = await orderNow(world, id);
    await fulfil(await parcel(id, 'A', 1));
    const location = await place(id);
    const lines = [
      { lineItem: lineId(order, 'A'), quantity: 1, restock: 'RETURN', location },
      { lineItem: lineId(order, 'B'), quantity: 1, restock: 'NO_RESTOCK', location },
    ] as const;
    const at = Date.parse('2026-11-19T08:00:00Z');
    const args = await refundArgs(id, { amount: 2310, lines, shipping: 100, at });
    expect(valueOf(await refund(id, args))).toEqual({ kind: 'done' });
    const { refunds } = await booksOf(id);
    expect(amounts(refunds)).toEqual([[2310, 0, 'refund_shopify:1']]);
    expect(refunds[0]).toMatchObject({
      lines: [{ restock: 'RETURN' }, { restock: 'NO_RESTOCK' }],
      shipping: { subtotal: { amount: 100 } },
    });
    const { data } = await world.gql('query($id: ID!) { order(id: $id) { refunds { processedAt } } }', {
      id,
    });
    expect(data['order']?.['refunds']).toEqual([{ processedAt: '2026-11-19T08:00:00Z' }]);
    expect(world.shopify.listMails(shop)).toEqual([]);
  });

  it('REF-4: units only, where no money moves', async () => {
    const id = await placePaid(world);
    const lines = [
      { lineItem: lineId(await orderNow(world, id), 'A'), quantity: 2, restock: 'CANCEL', location: null },
    ] as const;
    const args = await refundArgs(id, { amount: 0, sale: null, lines });
    expect(valueOf(await refund(id, args))).toEqual({ kind: 'done' });
    const { refunds } = await booksOf(id);
    expect(amounts(refunds)).toEqual([[0, 0, 'refund_shopify:1']]);
    await expect(refund(id, { ...args, amount: 1 }, 'other')).rejects.toThrow('without its payment');
  });

  it('REF-3: lost answers, however often: once', async () => {
    const id = await placePaid(world);
    const args = await refundArgs(id);
    const match = { operation: 'refundCreate' };
    world.faults.add({ service: 'shopify', match, kind: 'drop-answer', times: 3 });
    for (let i = 0; i < 3; i += 1)
      expect(await refund(id, args)).toMatchObject({ ok: false, failure: { kind: 'unsure' } });
    expect(valueOf(await refund(id, args))).toEqual({ kind: 'done' });
    expect(amounts((await booksOf(id)).refunds)).toEqual([[1000, 0, 'refund_shopify:1']]);
    expect(valueOf(await refund(id, args, 'another'))).toEqual({ kind: 'done' });
    expect((await booksOf(id)).refunds.length).toBe(2);
  });

  it.each([['user-errors'], ['request-errors']])(
    'REF-3: what is wrong with a key, as %s',
    async (position) => {
      world.switches.set('shopify.idempotency-errors', position);
      const id = await placePaid(world);
      const args = await refundArgs(id);
      world.switches.set('shopify.refund-duration', 'a-second');
      const first = refund(id, args);
      await expect.poll(() => world.clock.waiting()).toBeGreaterThan(0);
      expect(await refund(id, args)).toMatchObject({
        ok: false,
        failure: { kind: 'retry', code: 'in_progress' },
      });
      await world.clock.advance(1000);
      expect(valueOf(await first)).toEqual({ kind: 'done' });
      expect(valueOf(await refund(id, { ...args, amount: 999 }))).toMatchObject({ kind: 'refused' });
      expect(amounts((await booksOf(id)).refunds)).toEqual([[1000, 0, 'refund_shopify:1']]);
    },
  );

  it('REF-3: more than is left is refused, and its key is not spent by that where Shopify says so', async () => {
    const id = await placePaid(world);
    const args = await refundArgs(id, { amount: 3741 });
    expect(valueOf(await refund(id, args))).toMatchObject({
      kind: 'refused',
      refusal: { field: 'input.transactions' },
    });
    world.switches.set('shopify.key-of-refused-request', 'spent');
    expect(valueOf(await refund(id, args))).toMatchObject({ kind: 'refused' });
    expect((await booksOf(id)).refunds).toEqual([]);
  });

  it('REF-4: units that are put back want a place where Shopify is strict', async () => {
    world.switches.set('shopify.restock-without-location', 'refused');
    const id = await placePaid(world);
    const location = await place(id);
    const line = {
      lineItem: lineId(await orderNow(world, id), 'A'),
      quantity: 1,
      restock: 'CANCEL' as const,
    };
    const args = await refundArgs(id, { lines: [{ ...line, location: null }] });
    expect(valueOf(await refund(id, args))).toMatchObject({ kind: 'refused' });
    expect(valueOf(await refund(id, { ...args, lines: [{ ...line, location }] }, 'other'))).toEqual({
      kind: 'done',
    });
  });
});

describe('holding', () => {
  it('CAN-18: a cancel’s hold stands beside a request’s, each once, and says what it is for', async () => {
    const id = await placePaid(world);
    const [first] = await ordersOf(world, id);
    const work = z.string().parse(first?.['id']);
    for (const handle of ['concord-request', 'concord-cancelling', 'concord-cancelling'] as const)
      expect(valueOf(await holdOrder(client, work, null, handle, always))).toEqual({ kind: 'done' });
    expect(await ordersOf(world, id)).toMatchObject([
      {
        fulfillmentHolds: [
          { handle: 'concord-request', reasonNotes: 'The Amazon buyer asked to cancel. Do not ship.' },
          {
            handle: 'concord-cancelling',
            reasonNotes: 'This order is being cancelled on Amazon. Do not ship.',
          },
        ],
      },
    ]);
  });
});

describe('showing parcels', () => {
  it('FUL-4: a parcel with its number, in parts, mailing nobody', async () => {
    const id = await placePaid(world, { email: 'a@example.com' });
    expect(valueOf(await fulfil(await parcel(id, 'A', 1)))).toMatchObject({ kind: 'done' });
    expect(valueOf(await fulfil(await parcel(id, 'A', 1, { tracking: null, company: null })))).toMatchObject({
      kind: 'done',
    });
    expect(valueOf(await fulfil(await parcel(id, 'B', 2)))).toMatchObject({
      kind: 'refused',
      refusal: { field: 'fulfillment' },
    });
    const { fulfillments, lines } = await booksOf(id);
    expect(fulfillments.map(({ tracking }) => tracking)).toEqual([[{ number: '1Z999', company: 'UPS' }], []]);
    expect(lines.map(({ unfulfilled }) => unfulfilled)).toEqual([0, 1]);
    expect(world.shopify.listMails(shop)).toEqual([]);
  });

  it('FUL-4: a lost answer is seen in the books, and all of the units can be sent once only', async () => {
    const id = await placePaid(world);
    const args = await parcel(id, 'B', 1);
    world.faults.add({ service: 'shopify', match: { operation: 'fulfillmentCreate' }, kind: 'drop-answer' });
    expect(await fulfil(args)).toMatchObject({ ok: false, failure: { kind: 'unsure' } });
    expect((await booksOf(id)).fulfillments.length).toBe(1);
    expect(valueOf(await fulfil(args))).toMatchObject({ kind: 'refused' });
    expect((await booksOf(id)).fulfillments.length).toBe(1);
  });

  it('CAN-18: a parcel taken back, also where the answer was lost; one that is not there is refused', async () => {
    const id = await placePaid(world);
    await fulfil(await parcel(id, 'B', 1));
    const made = (await booksOf(id)).fulfillments[0]?.id ?? '';
    world.faults.add({ service: 'shopify', match: { operation: 'fulfillmentCancel' }, kind: 'drop-answer' });
    expect(await unfulfilOrder(client, made, always)).toMatchObject({
      ok: false,
      failure: { kind: 'unsure' },
    });
    expect(valueOf(await unfulfilOrder(client, made, always))).toEqual({ kind: 'done' });
    expect((await booksOf(id)).fulfillments).toMatchObject([{ status: 'CANCELLED' }]);
    expect(valueOf(await unfulfilOrder(client, 'gid://shopify/Fulfillment/1', always))).toMatchObject({
      kind: 'refused',
    });
  });
});
