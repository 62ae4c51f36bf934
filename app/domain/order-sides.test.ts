import { expect, it } from 'vitest';
import { amazonOrderItemId } from './ids.ts';
import { lineOf, money } from '../../test/samples/orders.ts';
import { sampleNow } from '../../test/samples/situations.ts';
import {
  booksOf,
  bulbItem,
  fulfilled,
  lampItem,
  ofFour,
  parcelOf,
  shipCase,
  workOf,
} from '../../test/samples/shipments.ts';
import { sidesOf } from './order-sides.ts';

const hold = { id: 'H1', handle: 'concord-request', own: true };

it('PRO-4: lines of both sides stand beside each other: several of Shopify’s may be one of Amazon’s', () => {
  const order = ofFour({
    lines: [
      lineOf({ quantityOrdered: 3, quantityFulfilled: 2, request: { state: 'asked', reason: 'Too late' } }),
      lineOf({ orderItemId: amazonOrderItemId(bulbItem), sku: 'BULB', quantityFulfilled: null }),
    ],
    packages: [parcelOf('1', { [lampItem]: 2 })],
  });
  const sides = sidesOf(
    shipCase({
      order,
      books: booksOf([fulfilled(1, { L1: 2 }), fulfilled(2, { L2: 1 }, ['X'], { status: 'CANCELLED' })]),
      work: [workOf('FO1', { L2: 1 }, { holds: [hold] }), workOf('FO2', { L3: 1 })],
    }),
  );
  expect(sides.lines).toMatchObject([
    {
      orderItemId: lampItem,
      ordered: 3,
      shipped: 2,
      asked: { state: 'asked', reason: 'Too late' },
      // What staff added to the order is no part of Amazon's.
      inShopify: { left: 3, sent: 2, held: 1 },
    },
    { orderItemId: bulbItem, ordered: 1, shipped: null, inShopify: { left: 1, sent: 0, held: 0 } },
  ]);
  expect([sides.amazon.packages, sides.shopify.packages]).toEqual([
    [{ number: 'SC1', carrier: 'UPS', units: 2 }],
    [{ number: '1Z999AA10123456784', carrier: 'UPS', units: 2 }],
  ]);
});

it('REF-3: what went back is summed on each side in its own currency, and nothing is not zero', () => {
  const move = { transactionId: 'T1', amazonOrderId: ofFour().id, kind: 'refund', items: [] } as const;
  const refund = { id: 'gid://shopify/Refund/1', at: sampleNow, ownKey: null, pending: false } as const;
  const back = { storeCredit: money(0), lines: [], shipping: { subtotal: money(0), tax: money(0) } };
  const one = shipCase({
    books: { ...booksOf(), refunds: [{ ...refund, ...back, amount: money(300) }] },
    situation: {
      moves: [
        { ...move, postedAt: sampleNow, currency: 'USD', amount: 500 },
        { ...move, transactionId: 'T2', postedAt: sampleNow, currency: 'CAD', amount: 70 },
      ],
    },
  });
  expect([sidesOf(one).amazon.refunded, sidesOf(one).shopify.refunded]).toEqual([money(500), money(300)]);
  const none = sidesOf(shipCase({}));
  expect([none.amazon.refunded, none.shopify.refunded]).toEqual([null, null]);
});

it('PRO-4: where Shopify’s books were not read its units are not known, not nothing', () => {
  const { lines } = sidesOf({ ...shipCase({}), books: null });
  expect(lines.map(({ inShopify }) => inShopify)).toEqual([null, null]);
});
