import { describe, expect, it } from 'vitest';
import { foundOrder, lamp, lineOf, money, orderId, orderOf, proceedsOf } from '../../test/samples/orders.ts';
import { situationOf } from '../../test/samples/situations.ts';
import type { AmazonOrder, Oddity } from './amazon-order.ts';
import type { Situation } from './decide.ts';
import { amazonOrderItemId } from './ids.ts';
import { importFlags } from './import-flags.ts';
import type { Money } from './money.ts';
import { draftOrder } from './order-draft.ts';
import type { SkuMeaning } from './shopify-order.ts';

const id = orderId;

function flagsOf(
  changes: Partial<AmazonOrder>,
  also: Partial<Situation> = {},
  shown?: Money,
  without: readonly string[] = [],
) {
  const situation = situationOf(also);
  const order = orderOf(changes);
  const draft = draftOrder(order, situation.skus, situation.settings);
  if (!draft) throw new Error('no draft');
  return importFlags(situation, order, draft, shown ?? draft.total, without);
}
const subjects = (flags: ReturnType<typeof flagsOf>) => flags.map((flag) => `${flag.kind} ${flag.subject}`);

describe('IMP-1: what is odd about an order that comes in', () => {
  it('nothing is odd about an ordinary order', () => expect(flagsOf({})).toEqual([]));

  it('IMP-3: totals that differ, with figures; Shopify’s own total counts', () => {
    const params = { id, a: '20.50', b: '20.00', diff: '0.50', currency: 'USD' };
    const flag = [{ kind: 'totals_differ', subject: '', params }];
    expect(flagsOf({ total: money(2050) })).toEqual(flag);
    expect(flagsOf({ total: money(2050) }, {}, money(2050))).toEqual([]);
    expect(flagsOf({}, {}, money(1999))).toMatchObject([
      { params: { a: '20.00', b: '19.99', diff: '0.01' } },
    ]);
    expect(flagsOf({}, {}, money(2000, 'EUR'))).toMatchObject([
      { params: { a: '20.00', b: '20.00', diff: null } },
    ]);
  });

  it('IMP-3: a total nobody knows, and one that only the lines tell', () => {
    const sum = (total: number | null) => ({
      total: null,
      lines: [lineOf({ proceeds: proceedsOf({ item: 2000, total }) })],
    });
    expect(flagsOf(sum(null))).toMatchObject([{ params: { a: null, b: '20.00', diff: null } }]);
    expect(flagsOf(sum(2000))).toEqual([]);
    expect(flagsOf(sum(1990))).toMatchObject([{ params: { a: '19.90', b: '20.00', diff: '-0.10' } }]);
  });

  it('IMP-3: a currency the shop does not use, unless it was accepted; never one that nobody knows', () => {
    const inYen = (currency: string, acceptedCurrencies: string[]) =>
      subjects(
        flagsOf(
          {
            total: money(2000, currency),
            lines: [lineOf({ proceeds: proceedsOf({ currency, item: 2000 }) })],
          },
          { settings: { ...situationOf().settings, acceptedCurrencies } },
        ),
      );
    expect(inYen('JPY', [])).toEqual(['currency_unknown JPY']);
    expect(inYen('JPY', ['JPY'])).toEqual([]);
    expect(inYen('XYZ', ['XYZ'])).toEqual(['currency_unknown XYZ']);
  });

  it('IMP-7: an SKU without a variant, on several, and lines without an SKU, each once', () => {
    const several: SkuMeaning = { variantId: null, candidates: 3, byHand: false };
    const skus = new Map([
      ['LAMP', lamp],
      ['TWIN', several],
    ]);
    const lines = [
      lineOf(),
      lineOf({ sku: 'TWIN' }),
      lineOf({ sku: 'NONE' }),
      lineOf({ sku: 'NONE' }),
      lineOf({ sku: null }),
      lineOf({ sku: null, asin: null, orderItemId: amazonOrderItemId('42') }),
      lineOf({ sku: 'GONE', cancelled: { by: 'BUYER', reason: null } }),
    ];
    expect(flagsOf({ lines, total: money(12000) }, { skus })).toEqual([
      { kind: 'sku_ambiguous', subject: 'TWIN', params: { sku: 'TWIN', n: 3 } },
      { kind: 'sku_unlinked', subject: 'NONE', params: { sku: 'NONE' } },
      { kind: 'sku_unlinked', subject: 'B000000001', params: { sku: 'B000000001' } },
      { kind: 'sku_unlinked', subject: '42', params: { sku: '42' } },
    ]);
    const byHand = new Map([['LAMP', { ...several, variantId: lamp.variantId, byHand: true }]]);
    expect(flagsOf({}, { skus: byHand })).toEqual([]);
    const never = new Map([['LAMP', { ...several, byHand: true }]]);
    expect(flagsOf({}, { skus: never })).toEqual([]);
  });

  it('IMP-13: programmes that nobody knows', () => {
    expect(
      subjects(flagsOf({ programmes: ['PRIME', 'NEW'], lines: [lineOf({ programmes: ['OTHER'] })] })),
    ).toEqual(['programme_unknown NEW', 'programme_unknown OTHER']);
  });

  it.each<Oddity>([
    { field: 'fulfillment.fulfillmentStatus', what: 'unknown_value', value: 'ON_THE_MOON' },
    { field: 'proceeds.grandTotal', what: 'absent' },
    { field: 'orderItems[0].quantityOrdered', what: 'not_a_number', value: 'two' },
    { field: 'proceeds.grandTotal.amount', what: 'too_many_decimals', value: '1.005' },
    { field: 'orderItems[0].proceeds', what: 'currency_mixed', value: 'EUR' },
    { field: 'orderItems[1].orderItemId', what: 'duplicate_line', value: '1' },
    { field: 'orderItems[0].product.title', what: 'text_cleaned' },
  ])('Amazon’s oddity $what of $field', (odd) => {
    expect(flagsOf({ oddities: [odd] })).toEqual([
      {
        kind: 'amazon_data_odd',
        subject: odd.field,
        params: { id, field: odd.field, what: odd.what, value: odd.value ?? null },
      },
    ]);
  });

  it('a marketplace that nobody knows, or that Amazon did not name', () => {
    const field = 'salesChannel.marketplaceId';
    expect(flagsOf({ marketplaceId: 'NEWMARKET' })).toMatchObject([
      { kind: 'amazon_data_odd', params: { field, what: 'unknown_value', value: 'NEWMARKET' } },
    ]);
    expect(flagsOf({ marketplaceId: null })).toMatchObject([
      { params: { field, what: 'absent', value: null } },
    ]);
  });

  it('more lines than Shopify takes, also where splitting made them', () => {
    const many = (n: number, quantityOrdered: number, item: number) =>
      flagsOf({
        lines: Array.from({ length: n }, () => lineOf({ quantityOrdered, proceeds: proceedsOf({ item }) })),
        total: money(n * item),
      });
    expect(many(250, 1, 100)).toEqual([]);
    const params = { id, field: 'orderItems', what: 'too_many' };
    const flag = { kind: 'amazon_data_odd', subject: 'orderItems' };
    expect(many(500, 1, 100)).toEqual([{ ...flag, params: { ...params, value: '500' } }]);
    expect(many(130, 2, 101)).toEqual([{ ...flag, params: { ...params, value: '130' } }]);
  });

  it('what was left out because Shopify refused it', () => {
    expect(subjects(flagsOf({}, {}, undefined, ['phone', 'address']))).toEqual([
      'field_left_out phone',
      'field_left_out address',
    ]);
  });

  it('SEC-5: no flag holds anything of the buyer', () => {
    const all = flagsOf(
      { total: null, marketplaceId: null, lines: [lineOf({ sku: 'X', giftMessage: 'Love, Ada' })] },
      {},
      foundOrder().total,
      ['address'],
    );
    expect(JSON.stringify(all)).not.toMatch(/Ada|Lovelace|1 Road|Reno|555/);
  });
});
