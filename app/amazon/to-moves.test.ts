import { describe, expect, it } from 'vitest';
import { toMoves } from './to-moves.ts';

const money = (currencyAmount: number | string, currencyCode = 'USD') => ({ currencyAmount, currencyCode });
const part = (breakdownType: string, amount: number | string, breakdowns: unknown[] = []) => ({
  breakdownType,
  breakdownAmount: money(amount),
  breakdowns,
});
const ids = (more: Record<string, string> = {}) =>
  Object.entries({ ORDER_ID: '902-1', ...more }).map(([relatedIdentifierName, relatedIdentifierValue]) => ({
    relatedIdentifierName,
    relatedIdentifierValue,
  }));
const refund = (more: Record<string, unknown> = {}) => ({
  transactionId: 'T1',
  transactionType: 'Refund',
  transactionStatus: 'RELEASED',
  postedDate: '2026-11-20T10:00:00Z',
  totalAmount: money(-8.5),
  relatedIdentifiers: ids(),
  items: [
    {
      contexts: [{ contextType: 'ProductContext', sku: 'SKU-1' }],
      breakdowns: [
        part('ProductCharges', -10, [part('OurPricePrincipal', -10)]),
        part('AmazonFees', 1.5, [part('Commission', 1.5)]),
      ],
    },
  ],
  ...more,
});
const one = (more: Record<string, unknown> = {}) => toMoves([refund(more)]);
const line = (...breakdowns: unknown[]) => ({ items: [{ contexts: [{ sku: 'S' }], breakdowns }] });

describe('toMoves', () => {
  it("REF-4: takes what the buyer got, without Amazon's fees", () => {
    expect(one()).toEqual({
      skipped: 0,
      moves: [
        {
          transactionId: 'T1',
          amazonOrderId: '902-1',
          kind: 'refund',
          postedAt: Date.parse('2026-11-20T10:00:00Z'),
          currency: 'USD',
          amount: 1000,
          items: [{ sku: 'SKU-1', components: { principal: 1000 } }],
        },
      ],
      postings: [
        {
          transactionId: 'T1',
          amazonOrderId: '902-1',
          postedAt: Date.parse('2026-11-20T10:00:00Z'),
          currency: 'USD',
          fees: 150,
          withheld: 0,
        },
      ],
    });
  });

  it.each<[string, unknown[], number, Record<string, number>]>([
    [
      'all components, live names',
      [
        part('ProductCharges', -10, [part('OurPricePrincipal', -10)]),
        part('Tax', -1.3, [part('OurPriceTax', -0.8), part('ShippingTax', -0.3), part('GiftwrapTax', -0.2)]),
        part('Shipping', -4, [part('ShippingPrincipal', -4)]),
        part('GiftWrap', -2, [part('GiftwrapPrincipal', -2)]),
      ],
      1730,
      { principal: 1000, tax: 80, shipping: 400, shippingTax: 30, giftWrap: 200, giftWrapTax: 20 },
    ],
    [
      'groups without parts',
      [part('Product Charges', -10), part('Tax', -0.8)],
      1080,
      { principal: 1000, tax: 80 },
    ],
    [
      'tax that Amazon keeps for the state',
      [
        part('ProductCharges', -10),
        part('Tax', -0.8),
        part('MarketplaceFacilitatorTax', 0.8, [part('MarketplaceWithheldTax', 0.8)]),
      ],
      1080,
      { principal: 1000, tax: 80 },
    ],
    [
      'a discount that goes back too',
      [part('ProductCharges', -10), part('PromotionDiscounts', 1, [part('ItemPromotion', 1)])],
      900,
      { principal: 900 },
    ],
    [
      'goodwill, and a fee kept back, are beyond the components',
      [part('ProductCharges', -10), part('Other', -1, [part('Goodwill', -3), part('RestockingFee', 2)])],
      1100,
      { principal: 1000 },
    ],
    [
      'parts that do not explain their group',
      [part('ProductCharges', -10, [part('OurPricePrincipal', -9)])],
      1000,
      { principal: 1000 },
    ],
    ['an amount in text', [part('ProductCharges', '-10.00')], 1000, { principal: 1000 }],
    ['noise of floating point', [part('ProductCharges', -0.1 - 0.2)], 30, { principal: 30 }],
  ])('REF-4: reads %s', (_what, breakdowns, amount, components) => {
    expect(one(line(...breakdowns)).moves).toMatchObject([{ amount, items: [{ sku: 'S', components }] }]);
  });

  it('REF-4: without amounts by line those of the transaction count, else its total', () => {
    const breakdowns = [part('Sales', -10), part('Expenses', 1.5)];
    expect(one({ items: [], breakdowns }).moves).toMatchObject([{ amount: 1000, items: [] }]);
    expect(one({ items: null }).moves).toMatchObject([{ amount: 850, items: [] }]);
  });

  it.each([
    ['GuaranteeClaim', 'claim'],
    ['A-to-z Guarantee Claim', 'claim'],
    ['Chargeback', 'chargeback'],
    ['ChargebackRefund', 'chargeback'],
    ['RefundEvent', 'refund'],
    ['Adjustment', 'other'],
    [null, 'other'],
  ])('REF-3: a transaction %s is a %s', (transactionType, kind) => {
    expect(one({ transactionType }).moves).toMatchObject([{ kind }]);
  });

  it.each<[string, Record<string, unknown>]>([
    ['a sale', { transactionType: 'Shipment', ...line(part('ProductCharges', 10)) }],
    ['the cost of a label', { transactionType: 'ShippingServices', ...line(part('ShippingLabel', -4)) }],
    ['a fee', { transactionType: 'ServiceFee', ...line(part('AmazonFees', -4)) }],
    ['a refund taken back', line(part('ProductCharges', 10))],
    ['what belongs to no order', { relatedIdentifiers: [] }],
  ])('REF-3: leaves out %s', (_what, more) => {
    expect(one(more)).toMatchObject({ moves: [], skipped: 0 });
  });

  it('REP-1: tells of a sale what Amazon kept as fees and as tax for the state, and not what only waits', () => {
    const sale = line(
      part('ProductCharges', 10),
      part('AmazonFees', -1.5, [part('Commission', -1.5)]),
      part('MarketplaceWithheldTax', -0.8, [part('MarketplaceFacilitatorTax', -0.8)]),
      part('DeferredReserve', -3),
    );
    expect(one({ transactionType: 'Shipment', ...sale })).toMatchObject({
      moves: [],
      postings: [{ fees: -150, withheld: -80 }],
    });
  });

  it('REF-3: money that was deferred counts, and once when it is released', () => {
    const deferred = refund({ transactionStatus: 'DEFERRED' });
    const released = refund({
      transactionId: 'T2',
      relatedIdentifiers: ids({ DEFERRED_TRANSACTION_ID: 'T1' }),
    });
    expect(toMoves([deferred]).moves).toMatchObject([{ transactionId: 'T1' }]);
    expect(toMoves([deferred, released]).moves).toMatchObject([{ transactionId: 'T1', amount: 1000 }]);
  });

  it.each<[string, unknown]>([
    ['nothing', null],
    ['a text', 'Refund'],
    ['no id', refund({ transactionId: null })],
    ['no date', refund({ postedDate: 'yesterday' })],
    ['no currency', refund(line({ ...part('Tax', 1), breakdownAmount: money(-1, '') }))],
    [
      'two currencies',
      refund(line(part('Tax', -1), { ...part('Tax', 1), breakdownAmount: money(-1, 'EUR') })),
    ],
    ['an amount that is none', refund(line(part('Tax', 'much')))],
    ['items that are none', refund({ items: 'x' })],
  ])('PRO-4: counts %s as skipped, and reads on', (_what, broken) => {
    expect(toMoves([broken, refund({ transactionId: 'T9' })])).toMatchObject({
      skipped: 1,
      moves: [{ transactionId: 'T9' }],
    });
  });
});
