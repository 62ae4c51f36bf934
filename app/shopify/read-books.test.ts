import { describe, expect, it } from 'vitest';
import { fail, ok, type Result } from '../domain/failure.ts';
import { shopDomain, shopifyOrderId } from '../domain/ids.ts';
import type { OrderBooks } from '../domain/order-books.ts';
import type { AdminClient } from './client.ts';
import { readBooks } from './read-books.ts';
import { createThrottle } from './throttle.ts';

const id = shopifyOrderId('gid://shopify/Order/1');

/** Answers each request with what its name stands for; the names in the order they were asked. */
function answering(answers: Record<string, unknown>): { client: AdminClient; asked: string[] } {
  const asked: string[] = [];
  const throttle = createThrottle();
  const client: AdminClient = {
    shop: shopDomain('first.myshopify.com'),
    throttle,
    run: (operation) => {
      throttle.give(operation.taken ?? 0);
      const name = /query (\w+)/.exec(operation.query)?.[1] ?? '';
      asked.push(name);
      const read = operation.answer.safeParse(answers[name]);
      return Promise.resolve(
        read.success ? ok(read.data) : fail({ kind: 'unsure', code: 'odd_answer', sentence: 'Odd.' }),
      );
    },
  };
  return { client, asked };
}

const money = (amount: string, currencyCode = 'USD') => ({ presentmentMoney: { amount, currencyCode } });
const page = (...nodes: object[]) => ({ nodes, pageInfo: { hasNextPage: false, endCursor: null } });
const cut = (...nodes: object[]) => ({ nodes, pageInfo: { hasNextPage: true, endCursor: 'c' } });
const paid = (kind: string, status: string, amount: string, gateway: string | null = 'amazon') => ({
  id: `gid://shopify/OrderTransaction/${kind}`,
  kind,
  status,
  gateway,
  amountSet: money(amount),
});
const line = (n: number, more: object = {}) => ({
  id: `gid://shopify/LineItem/${String(n)}`,
  sku: null,
  quantity: 3,
  currentQuantity: 3,
  unfulfilledQuantity: 3,
  customAttributes: [],
  discountedUnitPriceAfterAllDiscountsSet: money('10.0'),
  taxLines: [],
  ...more,
});
const refund = (n: number, more: object = {}) => ({
  id: `gid://shopify/Refund/${String(n)}`,
  createdAt: '2026-11-21T12:00:00Z',
  note: null,
  refundLineItems: page(),
  refundShippingLines: page(),
  transactions: page(paid('REFUND', 'SUCCESS', '1.0')),
  ...more,
});
const order = (more: object = {}) => ({
  id,
  cancelReason: null,
  cancellation: null,
  taxesIncluded: false,
  presentmentCurrencyCode: 'USD',
  lineItems: page(line(1)),
  shippingLines: page(),
  transactions: [paid('SALE', 'SUCCESS', '30.0')],
  refunds: [],
  fulfillments: [],
  fulfillmentOrders: { nodes: [] },
  ...more,
});

async function read(
  more: object,
  answers: Record<string, unknown> = {},
): Promise<{ result: Result<OrderBooks | undefined>; asked: string[] }> {
  const { client, asked } = answering({ ReadBooks: { nodes: [order(more)] }, ...answers });
  const result = await readBooks(client, [id]);
  return { result: result.ok ? ok(result.value.get(id)) : result, asked };
}
async function booksOf(more: object, answers?: Record<string, unknown>): Promise<OrderBooks> {
  const { result } = await read(more, answers);
  if (!result.ok || !result.value) throw new Error(result.ok ? 'no books' : result.failure.code);
  return result.value;
}

describe('the books of an order', () => {
  it('IMP-3: prices after discounts, and the sum of several taxes', async () => {
    const taxLines = ['0.33', '0.34'].map((amount) => ({ priceSet: money(amount) }));
    const shipping = ['4.00', '1.50'].map((amount) => ({ discountedPriceSet: money(amount), taxLines }));
    const books = await booksOf({
      lineItems: page(line(1, { discountedUnitPriceAfterAllDiscountsSet: money('9.17'), taxLines })),
      shippingLines: page(...shipping),
    });
    expect(books.lines).toMatchObject([{ unitPrice: { amount: 917 }, tax: { amount: 67 } }]);
    expect(books.shipping).toEqual({
      price: { amount: 550, currency: 'USD' },
      tax: { amount: 134, currency: 'USD' },
    });
  });

  it.each([
    ['PENDING', true],
    ['AWAITING_RESPONSE', true],
    ['UNKNOWN', true],
    ['FAILURE', false],
    ['ERROR', false],
  ])('CAN-10: a refund that is %s counts no money', async (status, pending) => {
    const transactions = page(paid('REFUND', status, '5.0'), paid('VOID', 'SUCCESS', '9.0'));
    const { refunds } = await booksOf({ refunds: [refund(1, { transactions })] });
    expect(refunds).toMatchObject([{ amount: { amount: 0 }, pending }]);
  });

  it('CAN-10: money that went back on another gateway is not Amazon’s', async () => {
    const transactions = page(
      paid('REFUND', 'SUCCESS', '5.0', 'manual'),
      paid('REFUND', 'SUCCESS', '2.0', null),
    );
    const { refunds } = await booksOf({ refunds: [refund(1, { transactions })] });
    expect(refunds).toMatchObject([{ amount: { amount: 0 }, storeCredit: { amount: 0 } }]);
    const unpaid = await booksOf({ transactions: [], refunds: [refund(1, { transactions })] });
    expect(unpaid).toMatchObject({ sale: null, refunds: [{ amount: { amount: 0 } }] });
  });

  it('CAN-7: a cancel of ours is known by its note, words of staff are not kept', async () => {
    expect((await booksOf({ cancellation: { staffNote: 'concord:cancel_shopify:1' } })).cancelKey).toBe(
      'cancel_shopify:1',
    );
    expect((await booksOf({ cancellation: { staffNote: 'Kim called' } })).cancelKey).toBeNull();
  });

  it('REF-4: an order without open work goes back to where it was sent from', async () => {
    const sent = (n: number, location: object | null) => ({
      id: `gid://shopify/Fulfillment/${String(n)}`,
      status: 'SUCCESS',
      createdAt: '2026-11-21T12:00:00Z',
      updatedAt: '2026-11-21T12:00:00Z',
      location,
      trackingInfo: [],
      fulfillmentLineItems: page({ quantity: null, lineItem: { id: 'l' } }),
    });
    const fulfillments = [sent(1, null), sent(2, { id: 'gid://shopify/Location/2' })];
    const books = await booksOf({ fulfillments });
    expect(books.locationId).toBe('gid://shopify/Location/2');
    expect((await booksOf({})).locationId).toBeNull();
  });

  it('IMP-3: an amount that is none is not taken for nothing', async () => {
    const { result } = await read({ transactions: [paid('SALE', 'SUCCESS', 'much')] });
    expect(result).toMatchObject({ ok: false, failure: { kind: 'unsure', code: 'odd_answer' } });
  });

  it('leaves out what is no order', async () => {
    const { client } = answering({ ReadBooks: { nodes: [null, {}] } });
    expect(await readBooks(client, [id, id])).toEqual(ok(new Map()));
  });
});

describe('a long order', () => {
  const eight = Array.from({ length: 8 }, () => paid('AUTHORIZATION', 'SUCCESS', '30.0'));

  it('IMP-3: asks for the rest of everything, and only then', async () => {
    expect((await read({})).asked).toEqual(['ReadBooks']);
    const refunds = [refund(1, { refundLineItems: cut() }), refund(2), refund(3)];
    const { result, asked } = await read(
      { lineItems: cut(line(1)), transactions: eight, refunds },
      {
        MoreOfOrder: { node: { lineItems: page(line(2)) } },
        AllTransactions: { order: { transactions: [...eight, paid('CAPTURE', 'SUCCESS', '30.0')] } },
        ReadIds: { order: { refunds: [1, 2, 3, 4].map((n) => ({ id: refund(n).id })) } },
        ReadRefunds: { nodes: [refund(4)] },
        MoreOfRefund: { node: null },
      },
    );
    expect(asked).toEqual([
      'ReadBooks',
      'MoreOfOrder',
      'AllTransactions',
      'ReadIds',
      'ReadRefunds',
      'MoreOfRefund',
    ]);
    if (!result.ok) throw new Error(result.failure.code);
    expect(result.value?.lines.length).toBe(2);
    expect(result.value?.sale).toMatchObject({ amount: { amount: 3000 } });
    expect(result.value?.refunds.map((one) => one.id)).toEqual([1, 2, 3, 4].map((n) => refund(n).id));
  });

  it.each([
    ['lines', { lineItems: cut(line(1)) }],
    ['shipping', { shippingLines: cut() }],
    ['payments', { transactions: eight }],
    ['refunds', { refunds: [refund(1), refund(2), refund(3)] }],
    ['refunded lines', { refunds: [refund(1, { refundLineItems: cut() })] }],
    ['refunded shipping', { refunds: [refund(1, { refundShippingLines: cut() })] }],
    ['refunded payments', { refunds: [refund(1, { transactions: cut() })] }],
  ])('PRO-5: fails as a whole where the rest of its %s cannot be read', async (_, more) => {
    expect((await read(more)).result).toMatchObject({ ok: false, failure: { kind: 'unsure' } });
  });

  it('PRO-4: is given up where it never ends', async () => {
    const endless = { MoreOfOrder: { node: { lineItems: cut(line(2)) } } };
    const { result } = await read({ lineItems: cut(line(1)) }, endless);
    expect(result).toMatchObject({ ok: false, failure: { kind: 'final', code: 'too_long' } });
    const ids = Array.from({ length: 250 }, (_, n) => ({ id: refund(n).id }));
    const many = await read(
      { refunds: [refund(1), refund(2), refund(3)] },
      { ReadIds: { order: { refunds: ids } } },
    );
    expect(many.result).toMatchObject({ ok: false, failure: { kind: 'final', code: 'too_long' } });
  });
});
