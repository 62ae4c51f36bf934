import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generatedOrder } from '../../test/samples/generated-orders.ts';
import { lineOf, money, orderOf, proceedsOf, type Cents } from '../../test/samples/orders.ts';
import type { AmazonOrder } from './amazon-order.ts';
import { paidOf, shippedPaidOf, sumOfLines } from './amazon-paid.ts';
import { components, type Components } from './components.ts';

const id = lineOf().orderItemId;
const one = (cents: Cents, changes: Partial<AmazonOrder> = {}) =>
  paidOf(orderOf({ lines: [lineOf({ proceeds: proceedsOf(cents) })], ...changes })).get(id);
const add = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);

describe('REF-1: what a buyer paid', () => {
  it.each<readonly [string, Cents, number, string, Components]>([
    ['a price', { item: 2000 }, 2000, 'ATVPDKIKX0DER', { principal: 2000 }],
    [
      'each part with its tax beside it',
      { item: 2000, itemTax: 160, shipping: 500, shippingTax: 40, giftWrap: 300, giftWrapTax: 24 },
      3024,
      'ATVPDKIKX0DER',
      { principal: 2000, tax: 160, shipping: 500, shippingTax: 40, giftWrap: 300, giftWrapTax: 24 },
    ],
    [
      'discounts off the part they belong to',
      {
        item: 2000,
        itemDiscount: 200,
        shipping: 500,
        shippingDiscount: 500,
        giftWrap: 300,
        giftWrapDiscount: 50,
      },
      2050,
      'ATVPDKIKX0DER',
      { principal: 1800, giftWrap: 250 },
    ],
    [
      'the tax in the price',
      { item: 1190, itemTax: 190, shipping: 119, shippingTax: 19 },
      1309,
      'A1PA6795UKMFR9',
      { principal: 1000, tax: 190, shipping: 100, shippingTax: 19 },
    ],
    [
      'tax beside the price where prices hold it usually',
      { item: 1000, itemTax: 190 },
      1190,
      'A1PA6795UKMFR9',
      { principal: 1000, tax: 190 },
    ],
    [
      'a fee and other charges, which have no component',
      { item: 1000, codFee: 300, other: 100, otherTax: 30 },
      1430,
      'ATVPDKIKX0DER',
      { principal: 1000 },
    ],
    [
      'other tax without such a fee',
      { item: 1000, itemTax: 50, otherTax: 30 },
      1080,
      'ATVPDKIKX0DER',
      { principal: 1000, tax: 80 },
    ],
    [
      'a discount above the price',
      { item: 1000, itemDiscount: 1200, itemTax: 10 },
      -190,
      'ATVPDKIKX0DER',
      { tax: 10 },
    ],
  ])('%s', (_, cents, total, marketplaceId, paid) => {
    expect(one(cents, { total: money(total), marketplaceId })).toEqual(paid);
  });

  it('REF-1: whoever remits the tax, the buyer paid it', () => {
    for (const taxByMarketplace of [true, false, null]) {
      const line = lineOf({ proceeds: proceedsOf({ item: 2000, itemTax: 160 }), taxByMarketplace });
      expect(paidOf(orderOf({ lines: [line], total: money(2160) })).get(id)).toEqual({
        principal: 2000,
        tax: 160,
      });
    }
  });

  it('REF-1: Japan refunds no tax of its own: it is in the price it belongs to', () => {
    const cents = { currency: 'JPY', item: 3490, itemTax: 317, shipping: 550, shippingTax: 50 };
    const japan = { marketplaceId: 'A1VC38T7YXB528' };
    expect(one(cents, { ...japan, total: money(4040, 'JPY') })).toEqual({ principal: 3490, shipping: 550 });
    expect(one(cents, { ...japan, total: money(4407, 'JPY') })).toEqual({ principal: 3807, shipping: 600 });
  });

  it('REF-1: without money of its own a line is its unit price, and a replacement nothing', () => {
    const lines = [lineOf({ proceeds: null, quantityOrdered: 3 })];
    expect(paidOf(orderOf({ lines })).get(id)).toEqual({ principal: 6000 });
    expect(paidOf(orderOf({ lines, replacementFor: orderOf().id })).get(id)).toEqual({});
  });

  it('REF-1: without a currency nothing is known', () => {
    const lines = [lineOf({ proceeds: null, unitPrice: null })];
    expect(paidOf(orderOf({ lines, total: null, marketplaceId: 'NEW' }))).toEqual(new Map());
  });

  it('REF-1: all components are what Amazon’s total says, but for fees without a component', () => {
    fc.assert(
      fc.property(generatedOrder, ({ order, tax, inclusive }) => {
        const total =
          order.total?.amount ?? add(order.lines.map((line) => line.proceeds?.total?.amount ?? 0));
        const fees = add(
          order.lines.map(({ proceeds: p }) => {
            if (!p) return 0;
            const taxOfFee = !inclusive && p.codFee.amount > 0 ? p.tax.other.amount : 0;
            return p.codFee.amount + p.other.amount + taxOfFee;
          }),
        );
        fc.pre(tax > 0);
        const paid = paidOf(order);
        expect(sumOfLines(paid)).toBe(total - fees);
        for (const parts of paid.values())
          for (const amount of Object.values(parts))
            expect(Number.isSafeInteger(amount) && amount > 0).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe('REF-1: what was shipped of it', () => {
  const shipped = (
    quantityFulfilled: number | null,
    changes: Partial<AmazonOrder> = {},
    open: number | null = null,
  ) =>
    shippedPaidOf(
      orderOf({
        total: money(1080),
        lines: [
          lineOf({
            quantityOrdered: 3,
            quantityFulfilled,
            quantityUnfulfilled: open,
            proceeds: proceedsOf({ item: 1000, itemTax: 80 }),
          }),
        ],
        ...changes,
      }),
    ).get(id);

  it('REF-1: shares by units, rounded down until all is shipped', () => {
    expect([0, 1, 2, 3, 4].map((n) => shipped(n))).toEqual([
      {},
      { principal: 333, tax: 26 },
      { principal: 666, tax: 53 },
      { principal: 1000, tax: 80 },
      { principal: 1000, tax: 80 },
    ]);
  });

  it('REF-1: units that Amazon did not name follow from the rest', () => {
    expect(shipped(null)).toEqual({});
    expect(shipped(null, { status: 'shipped' })).toEqual({ principal: 1000, tax: 80 });
    expect(shipped(null, { status: 'partially_shipped' }, 2)).toEqual({ principal: 333, tax: 26 });
  });

  it('REF-1: shares grow with the units, to all of it', () => {
    fc.assert(
      fc.property(generatedOrder, ({ order }) => {
        const paid = paidOf(order);
        const at = (n: number) =>
          shippedPaidOf({
            ...order,
            lines: order.lines.map((line) => ({
              ...line,
              quantityFulfilled: Math.min(n, line.quantityOrdered),
            })),
          });
        expect(at(7)).toEqual(paid);
        for (let n = 1; n <= 7; n += 1)
          for (const line of order.lines)
            for (const name of components)
              expect(at(n).get(line.orderItemId)?.[name] ?? 0).toBeGreaterThanOrEqual(
                at(n - 1).get(line.orderItemId)?.[name] ?? 0,
              );
      }),
      { numRuns: 50 },
    );
  });
});
