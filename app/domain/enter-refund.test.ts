import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineOf, money, orderOf, proceedsOf } from '../../test/samples/orders.ts';
import { booksOf, moveOf, refundOf } from '../../test/samples/refunds.ts';
import { enterRefund } from './enter-refund.ts';
import { amazonOrderItemId } from './ids.ts';
import type { OrderBooks } from './order-books.ts';

const order = orderOf({
  total: money(3700),
  lines: [
    lineOf({
      orderItemId: amazonOrderItemId('1'),
      proceeds: proceedsOf({ item: 2000, itemTax: 160, shipping: 500, shippingTax: 40 }),
    }),
    lineOf({
      orderItemId: amazonOrderItemId('2'),
      sku: 'MUG',
      quantityOrdered: 2,
      proceeds: proceedsOf({ item: 1000 }),
    }),
  ],
});
const enter = (move: ReturnType<typeof moveOf>, changes: Partial<OrderBooks> = {}) =>
  enterRefund(move, order, booksOf(order, changes));
const wholeLamp = moveOf([{ sku: 'LAMP', components: { principal: 2000, tax: 160 } }]);
const mugs = moveOf([{ sku: 'MUG', components: { principal: 1000 } }]);
const lineIn = (changes: Partial<OrderBooks['lines'][number]>) => ({
  lines: booksOf(order).lines.map((line) => ({ ...line, ...changes })),
});

describe('REF-4: Amazon’s refund in Shopify', () => {
  it('REF-4: a part of a line is money alone, on Amazon’s payment, at its own time', () => {
    expect(enter(moveOf([{ sku: 'LAMP', components: { principal: 500, tax: 40 } }]))).toEqual({
      args: {
        amount: 540,
        currency: 'USD',
        sale: { id: 'gid://shopify/OrderTransaction/1', gateway: 'amazon' },
        lines: [],
        shipping: 0,
        at: wholeLamp.postedAt,
      },
      missing: 0,
    });
  });

  it('REF-4: a whole line names its units and puts nothing back in stock', () => {
    expect(enter(mugs).args?.lines).toEqual([
      { lineItem: 'L1', quantity: 2, restock: 'NO_RESTOCK', location: null },
    ]);
    expect(enter(wholeLamp).args?.lines.map(({ lineItem }) => lineItem)).toEqual(['L0']);
  });

  it('REF-4: the price without its tax is not the whole line', () => {
    expect(enter(moveOf([{ sku: 'LAMP', components: { principal: 2000 } }])).args?.lines).toEqual([]);
  });

  it('REF-4: units that are still to be sent, or were taken off, are not named', () => {
    expect(enter(mugs, lineIn({ unfulfilled: 1 })).args?.lines).toEqual([]);
    expect(enter(mugs, lineIn({ currentQuantity: 1 })).args?.lines).toEqual([]);
  });

  it('REF-4: a SKU that names several lines, none, or comes twice names no units', () => {
    const mug = order.lines.filter((line) => line.sku === 'MUG');
    const twins = {
      ...order,
      lines: [...mug, ...mug.map((line) => ({ ...line, orderItemId: amazonOrderItemId('3') }))],
    };
    expect(enterRefund(mugs, twins, booksOf(twins)).args?.lines).toEqual([]);
    for (const sku of [null, 'GONE']) {
      const move = moveOf([{ sku, components: { principal: 1000 } }]);
      expect(enter(move).args).toMatchObject({ amount: 1000, lines: [] });
    }
    const item = { sku: 'MUG', components: { principal: 1000 } };
    expect(enter(moveOf([item, item])).args).toMatchObject({ amount: 2000, lines: [] });
  });

  it('REF-4: another app’s line is known by its SKU, if that is the only one', () => {
    expect(enter(mugs, lineIn({ orderItemId: null })).args?.lines.map(({ lineItem }) => lineItem)).toEqual([
      'L1',
    ]);
    expect(enter(mugs, lineIn({ orderItemId: null, sku: 'MUG' })).args?.lines).toEqual([]);
  });

  it('REF-4: what was for shipping and gift wrap is named as shipping, at most what is left of it', () => {
    const carriage = moveOf([{ sku: 'LAMP', components: { shipping: 500, shippingTax: 40 } }]);
    expect(enter(carriage).args).toMatchObject({ amount: 540, shipping: 500 });
    expect(
      enter(carriage, { taxesIncluded: true, shipping: { price: money(540), tax: money(40) } }).args,
    ).toMatchObject({ shipping: 540 });
    const wrap = moveOf([{ sku: 'LAMP', components: { shipping: 400, giftWrap: 300 } }]);
    expect(enter(wrap, { refunds: [refundOf(100, [], [100, 0])] }).args).toMatchObject({
      amount: 700,
      shipping: 400,
    });
  });

  it('REF-4: at most what the payment still holds; the rest is told, and no units are named', () => {
    const refunds = [refundOf(3000)];
    expect(enter(mugs, { refunds })).toMatchObject({ args: { amount: 700, lines: [] }, missing: 300 });
    expect(enter(mugs, { refunds: [refundOf(3700)] })).toEqual({ args: null, missing: 1000 });
    expect(enter(mugs, { refunds: [refundOf(9999)] })).toEqual({ args: null, missing: 1000 });
  });

  it('REF-4: without a payment that stands for Amazon’s, or in another currency, nothing is entered', () => {
    expect(enter(mugs, { sale: null })).toEqual({ args: null, missing: 1000 });
    expect(enter({ ...mugs, currency: 'CAD' })).toEqual({ args: null, missing: 1000 });
    expect(enter(moveOf([]))).toEqual({ args: null, missing: 0 });
  });

  it('REF-4: Japan’s tax counts as the price', () => {
    const japan = orderOf({
      marketplaceId: 'A1VC38T7YXB528',
      total: money(3490, 'JPY'),
      lines: [lineOf({ proceeds: proceedsOf({ currency: 'JPY', item: 3490, itemTax: 317 }) })],
    });
    const move = moveOf([{ sku: 'LAMP', components: { principal: 3173, tax: 317 } }], { currency: 'JPY' });
    expect(enterRefund(move, japan, booksOf(japan)).args).toMatchObject({
      amount: 3490,
      lines: [{ lineItem: 'L0' }],
    });
  });

  it('REF-4: what is entered and what is missing are the move, and never above the payment', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 9000 }),
        fc.array(fc.nat({ max: 3000 }), { maxLength: 3 }),
        (amount, before) => {
          const refunds = before.map((one) => refundOf(one));
          const { args, missing } = enter(moveOf([], { amount }), { refunds });
          expect((args?.amount ?? 0) + missing).toBe(amount);
          if (args) expect(args.amount).toBeGreaterThan(0);
          const gone = before.reduce((sum, one) => sum + one, 0);
          expect((args?.amount ?? 0) + Math.min(gone, 3700)).toBeLessThanOrEqual(3700);
        },
      ),
    );
  });
});
