import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cancellationRates, rateAfter, type CountReason, type KnownCancel } from './cancellation-rate.ts';

const day = 24 * 60 * 60_000;
const now = Date.UTC(2026, 10, 22, 12);
const [usa, japan, india, brazil] = [
  'ATVPDKIKX0DER',
  'A1VC38T7YXB528',
  'A21TJRUUN4KGV',
  'A2Q3Y263D00KWC',
] as const;
const cancel = (id: string, change: Partial<KnownCancel> = {}): KnownCancel => ({
  amazonOrderId: id,
  marketplaceId: usa,
  createdAt: now - day,
  cancelledAt: now - day / 2,
  by: 'MERCHANT',
  reason: 'NoInventory',
  requestOnFile: false,
  automaticAfterShipBy: false,
  ...change,
});
const only = (orders: number, cancels: readonly KnownCancel[], marketplaceId: string = usa) => {
  const [rate] = cancellationRates(new Map([[marketplaceId, orders]]), cancels, now);
  if (!rate) throw new Error('no rate');
  return rate;
};

type Row = readonly [
  what: string,
  change: Partial<KnownCancel>,
  verdict: 'counted' | 'notCounted' | 'notKnown',
  why: CountReason,
];
const table: readonly Row[] = [
  ['the buyer cancels in the first half hour', { by: 'BUYER', reason: null }, 'notCounted', 'buyer_self'],
  ['the seller has none left', {}, 'counted', 'seller_reason'],
  ['the seller has none left, request not known', { requestOnFile: null }, 'counted', 'seller_reason'],
  [
    'the seller grants a request',
    { reason: 'BuyerCanceled', requestOnFile: true },
    'notCounted',
    'request_on_file',
  ],
  [
    'the same in Seller Central’s words',
    { reason: 'Buyer requested cancellation', requestOnFile: true },
    'notCounted',
    'request_on_file',
  ],
  [
    'the seller has a request and gives a reason of its own',
    { requestOnFile: true },
    'counted',
    'seller_reason',
  ],
  [
    'the seller says the buyer, after a plain message',
    { reason: 'BuyerCanceled' },
    'counted',
    'buyer_cancelled_without_request',
  ],
  [
    'the seller says the buyer, request not known',
    { reason: 'BuyerCanceled', requestOnFile: null },
    'notKnown',
    'unknown',
  ],
  [
    'no shipment was confirmed in time',
    { by: 'AMAZON', reason: null, automaticAfterShipBy: true },
    'counted',
    'ship_date_missed',
  ],
  ['the payment failed', { by: 'AMAZON', reason: null }, 'notCounted', 'payment_or_pending'],
  ['nobody knows who', { by: 'UNKNOWN', reason: null, requestOnFile: null }, 'notKnown', 'unknown'],
  [
    'nobody knows who, but the request was there',
    { by: 'UNKNOWN', reason: null, requestOnFile: true },
    'notCounted',
    'request_on_file',
  ],
];

describe('REP-4: what counts', () => {
  describe.each([usa, japan, india, brazil, 'A_NEW_ONE'])('in %s', (marketplaceId) => {
    it.each(table)('REP-4: %s', (_, change, verdict, why) => {
      const rate = only(100, [cancel('1', { ...change, marketplaceId })], marketplaceId);
      expect(rate[verdict].map((one) => one.why)).toEqual([why]);
      expect(rate.counted.length + rate.notCounted.length + rate.notKnown.length).toBe(1);
      expect(rate.rate).toEqual({ counted: verdict === 'counted' ? 1 : 0, total: 100 });
      expect(rate.worst).toEqual({ counted: verdict === 'notCounted' ? 0 : 1, total: 100 });
    });
  });

  it('REP-4: a seller’s own cancel is never one that Amazon did by itself', () => {
    const granted = { reason: 'BuyerCanceled', requestOnFile: true, automaticAfterShipBy: true };
    expect(only(9, [cancel('1', granted)]).counted).toEqual([]);
    expect(only(9, [cancel('1', { ...granted, by: 'UNKNOWN' })]).counted.map(({ why }) => why)).toEqual([
      'ship_date_missed',
    ]);
  });

  it('REP-4: several cancelled lines of an order are one cancel, by what weighs most', () => {
    const rate = only(10, [
      cancel('1', { by: 'BUYER' }),
      cancel('1', { by: 'UNKNOWN' }),
      cancel('1', { cancelledAt: now }),
      cancel('1'),
    ]);
    expect([rate.counted.length, rate.notCounted.length, rate.notKnown.length]).toEqual([1, 0, 0]);
    expect(rate.counted[0]?.cancelledAt).toBe(now - day / 2);
  });
});

describe('REP-4: rate, window and limit', () => {
  it('REP-4: 3 of 412 orders, and 8 more reach 2.5 %', () => {
    const rate = only(412, [cancel('1'), cancel('2'), cancel('3')]);
    expect([rate.rate, rate.left, rate.limitPercent, rate.windowDays]).toEqual([
      { counted: 3, total: 412 },
      8,
      2.5,
      7,
    ]);
  });

  it.each([
    [usa, 40, 0, 1],
    [usa, 40, 1, 0],
    [usa, 39, 0, 1],
    [usa, 41, 0, 2],
    [usa, 400, 10, 0],
    [usa, 400, 20, 0],
    [india, 50, 0, 1],
    [india, 51, 0, 2],
    [brazil, 80, 0, 2],
  ])('REP-4: in %s with %i orders and %i cancels, %i more reach the limit', (id, orders, n, left) => {
    const cancels = Array.from({ length: n }, (_, i) => cancel(String(i), { marketplaceId: id }));
    expect(only(orders, cancels, id).left).toBe(left);
  });

  it('REP-4: an order leaves the window seven days after it was made, whenever it was cancelled', () => {
    const old = cancel('1', { createdAt: now - 7 * day, cancelledAt: now });
    const last = cancel('2', { createdAt: now - 7 * day + 1 });
    const rate = only(10, [old, last, cancel('3', { createdAt: now + 1 })]);
    expect(rate.counted.map((one) => [one.amazonOrderId, one.leavesAt])).toEqual([['2', now + 1]]);
  });

  it('REP-4: without orders there is no rate', () => {
    const rate = only(0, [cancel('1', { by: 'BUYER' })]);
    expect([rate.rate, rate.worst, rate.left]).toEqual([null, null, null]);
    expect(rateAfter(rate.rate, true)).toBeNull();
    expect(cancellationRates(new Map(), [], now)).toEqual([]);
  });

  it('REP-4: a late count of orders never makes more cancels than orders', () => {
    expect(only(1, [cancel('1'), cancel('2')]).rate).toEqual({ counted: 2, total: 2 });
  });

  it('REP-4: the marketplace nearest to its limit comes first', () => {
    const rates = cancellationRates(
      new Map([
        [usa, 100],
        [india, 100],
        [japan, 0],
      ]),
      [cancel('1'), cancel('2', { marketplaceId: india })],
      now,
    );
    expect(rates.map((one) => one.marketplaceId)).toEqual([india, usa, japan]);
  });

  it('CAN-6 REP-4: what a cancel does to the rate', () => {
    const rate = only(412, [cancel('1'), cancel('2'), cancel('3')]).rate;
    expect(rateAfter(rate, true)).toEqual({ counted: 4, total: 412 });
    expect(rateAfter(rate, false)).toEqual(rate);
    expect(rateAfter(rate, true, 500)).toEqual({ counted: 412, total: 412 });
  });

  it('REP-4: left is the smallest number that reaches the limit', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5000 }),
        fc.nat({ max: 60 }),
        fc.constantFrom(usa, india),
        (n, c, id) => {
          fc.pre(c <= n);
          const cancels = Array.from({ length: c }, (_, i) => cancel(String(i), { marketplaceId: id }));
          const { left, limitPercent } = only(n, cancels, id);
          const reaches = (k: number) => (c + k) * 1000 >= limitPercent * 10 * n;
          expect(left !== null && reaches(left)).toBe(true);
          expect(left === 0 || !reaches((left ?? 0) - 1)).toBe(true);
        },
      ),
    );
  });
});
