import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generatedOrder } from '../../test/samples/generated-orders.ts';
import { lamp, lineOf, money, orderOf, proceedsOf } from '../../test/samples/orders.ts';
import type { AmazonOrder } from './amazon-order.ts';
import { amazonOrderId, amazonOrderItemId } from './ids.ts';
import { currencyOf, draftOrder, mostLines, type OrderDraft } from './order-draft.ts';
import { settingsSchema } from './settings.ts';

const settings = settingsSchema.parse({});
const skus = new Map([['LAMP', lamp]]);

function draftOf(order: AmazonOrder): OrderDraft {
  const draft = draftOrder(order, skus, settings);
  if (!draft) throw new Error('no draft');
  return draft;
}
const of = (changes: Partial<AmazonOrder> = {}) => draftOf(orderOf(changes));
/** The first line's money is these, all else as in the sample. */
const withCents = (cents: Parameters<typeof proceedsOf>[0], changes: Partial<AmazonOrder> = {}) =>
  of({ lines: [lineOf({ proceeds: proceedsOf(cents) })], ...changes });

/** What Shopify will add up, in minor units. */
function shownBy(draft: OrderDraft) {
  const add = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
  const net =
    add(draft.lines.map((l) => l.unitPrice.amount * l.quantity)) +
    add(draft.shipping.map((l) => l.price.amount));
  const tax = add([...draft.lines, ...draft.shipping].map((l) => l.tax.amount));
  return { tax, total: draft.taxesIncluded ? net : net + tax };
}

describe('IMP-3: exact money', () => {
  it('whatever the parts, Shopify adds up to Amazon’s total and no tax is lost', () => {
    fc.assert(
      fc.property(generatedOrder, ({ order, tax, inclusive }) => {
        const draft = draftOf(order);
        const total =
          order.total?.amount ?? order.lines.reduce((all, l) => all + (l.proceeds?.total?.amount ?? 0), 0);
        expect(draft.difference).toEqual(money(0, draft.currency));
        expect(shownBy(draft)).toEqual({ tax, total });
        expect(draft.total).toEqual(money(total, draft.currency));
        if (tax > 0) expect(draft.taxesIncluded).toBe(inclusive);
      }),
      { numRuns: 500 },
    );
  });

  it('every unit that was ordered is there, at a price that is no fraction', () => {
    fc.assert(
      fc.property(generatedOrder, ({ order }) => {
        const draft = draftOf(order);
        const ordered = order.lines.reduce((all, l) => all + l.quantityOrdered, 0);
        expect(draft.lines.reduce((all, l) => all + l.quantity, 0)).toBe(ordered);
        for (const line of draft.lines) {
          expect(line.quantity).toBeGreaterThan(0);
          expect(Number.isSafeInteger(line.unitPrice.amount) && line.unitPrice.amount >= 0).toBe(true);
          expect(line.tax.amount).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  it('a remainder that cannot be divided splits the line', () => {
    const draft = of({
      lines: [lineOf({ quantityOrdered: 3, proceeds: proceedsOf({ item: 1000, itemTax: 100 }) })],
      total: money(1100),
    });
    expect(draft.lines.map((l) => [l.quantity, l.unitPrice.amount, l.tax.amount])).toEqual([
      [2, 333, 67],
      [1, 334, 33],
    ]);
    expect(new Set(draft.lines.map((l) => l.properties[0]?.[1]))).toEqual(new Set(['147645420374961']));
    expect(draft.difference?.amount).toBe(0);
  });

  it('one cent for three units is two lines, and its tax is kept', () => {
    const draft = of({
      lines: [lineOf({ quantityOrdered: 3, proceeds: proceedsOf({ item: 1, itemTax: 2 }) })],
      total: money(3),
    });
    expect(draft.lines.map((l) => [l.quantity, l.unitPrice.amount])).toEqual([
      [2, 0],
      [1, 1],
    ]);
    expect(shownBy(draft)).toEqual({ tax: 2, total: 3 });
  });

  it('yen have no decimals', () => {
    const lines = [lineOf({ quantityOrdered: 2, proceeds: proceedsOf({ currency: 'JPY', item: 3491 }) })];
    const draft = of({ lines, total: money(3491, 'JPY'), marketplaceId: 'A1VC38T7YXB528' });
    expect(draft.lines.map((l) => l.unitPrice)).toEqual([money(1745, 'JPY'), money(1746, 'JPY')]);
    expect(draft.difference).toEqual(money(0, 'JPY'));
  });

  it('unit prices are discounted, and so is shipping', () => {
    const draft = withCents(
      { item: 2000, itemDiscount: 300, shipping: 500, shippingDiscount: 500 },
      { total: money(1700) },
    );
    expect(draft.lines[0]?.unitPrice).toEqual(money(1700));
    expect(draft.shipping.map((l) => [l.code, l.price.amount])).toEqual([['shipping', 0]]);
    expect(draft.difference?.amount).toBe(0);
  });

  it('gift wrap is a second shipping line; fees are lines too; each has its tax', () => {
    const draft = withCents(
      {
        item: 2000,
        shipping: 500,
        shippingTax: 40,
        giftWrap: 300,
        giftWrapTax: 24,
        codFee: 200,
        other: 10,
        otherTax: 1,
      },
      { total: money(3075) },
    );
    expect(draft.shipping.map((l) => [l.code, l.price.amount, l.tax.amount])).toEqual([
      ['shipping', 500, 40],
      ['gift_wrap', 300, 24],
      ['cod_fee', 200, 0],
      ['other', 10, 0],
    ]);
    expect(draft.lines[0]?.tax).toEqual(money(1));
    expect(draft.difference?.amount).toBe(0);
  });

  it.each([
    ['ATVPDKIKX0DER', 2160, false],
    ['ATVPDKIKX0DER', 2000, true],
    ['A1PA6795UKMFR9', 2000, true],
    ['A1PA6795UKMFR9', 2160, false],
    ['A1PA6795UKMFR9', 9999, true],
    ['ATVPDKIKX0DER', 9999, false],
    ['NEWMARKET', 9999, false],
  ])('in %s a total of %i tells whether prices hold the tax: %s', (marketplaceId, total, included) => {
    const draft = withCents({ item: 2000, itemTax: 160 }, { marketplaceId, total: money(total) });
    expect(draft.taxesIncluded).toBe(included);
    expect(draft.difference?.amount).toBe(total === 9999 ? 9999 - (included ? 2000 : 2160) : 0);
  });

  it('tax that the marketplace collects is marked so, of shipping only where all lines agree', () => {
    const cents = { item: 2000, itemTax: 160, shipping: 100, shippingTax: 8 };
    const lines = (marks: readonly (boolean | null)[]) =>
      of({
        lines: marks.map((taxByMarketplace) => lineOf({ taxByMarketplace, proceeds: proceedsOf(cents) })),
      });
    expect(lines([true, true])).toMatchObject({
      lines: [{ taxByMarketplace: true }, { taxByMarketplace: true }],
      shipping: [{ taxByMarketplace: true }],
    });
    expect(lines([true, null])).toMatchObject({
      lines: [{ taxByMarketplace: true }, { taxByMarketplace: null }],
      shipping: [{ taxByMarketplace: null }],
    });
  });

  it('where Amazon gave no total, its lines’ totals tell; where one of them is missing, nobody knows', () => {
    const lines = [lineOf({ proceeds: proceedsOf({ item: 2000, total: 2100 }) })];
    expect(of({ total: null, lines }).difference).toEqual(money(100));
    expect(of({ total: null, lines: [...lines, lineOf()] }).difference).toBeNull();
  });

  it('where Amazon gave no money the unit prices stand', () => {
    const lines = [lineOf({ quantityOrdered: 3, proceeds: null })];
    expect(of({ total: null, lines })).toMatchObject({ total: money(6000), difference: null });
    expect(of({ total: money(6000), lines }).difference).toEqual(money(0));
  });

  it('IMP-1: more taken off than there was, or a tax below zero, is cut at nothing and shows as a difference', () => {
    const draft = withCents({ item: 500, itemDiscount: 700, itemTax: -50 }, { total: money(-250) });
    expect(draft.lines[0]).toMatchObject({ unitPrice: money(0), tax: money(0) });
    expect(draft.difference).toEqual(money(-250));
  });
});

describe('IMP-3: which order is made at all', () => {
  it('a free replacement costs nothing, though it names the article’s price', () => {
    const free = {
      replacementFor: amazonOrderId('902-0-1'),
      total: null,
      lines: [lineOf({ proceeds: null })],
    };
    expect(of(free)).toMatchObject({
      total: money(0),
      difference: money(0),
      lines: [{ unitPrice: money(0) }],
    });
    expect(of({ ...free, given: ['FULFILLMENT'] }).difference).toBeNull();
  });

  it('lines that were cancelled, or hold no unit, are left out', () => {
    const cancelled = { by: 'BUYER', reason: null };
    const lines = [
      lineOf({ cancelled, proceeds: proceedsOf({ item: 700, total: 700 }) }),
      lineOf({ quantityOrdered: 0 }),
      lineOf({ proceeds: proceedsOf({ item: 2000, total: 2000 }) }),
    ];
    expect(of({ lines }).lines).toHaveLength(1);
    expect(of({ lines, total: null }).difference).toEqual(money(0));
    expect(draftOrder(orderOf({ lines: lines.slice(0, 2) }), skus, settings)).toBeNull();
    expect(of({ status: 'cancelled', lines }).lines).toHaveLength(2);
  });

  it('nobody knows the currency: no order; an unknown code is taken as it is', () => {
    const bare = {
      marketplaceId: 'NEWMARKET',
      total: null,
      lines: [lineOf({ proceeds: null, unitPrice: null })],
    };
    expect(currencyOf(orderOf(bare))).toBeNull();
    expect(draftOrder(orderOf(bare), skus, settings)).toBeNull();
    expect(draftOrder(orderOf({ lines: [] }), skus, settings)).toBeNull();
    expect(withCents({ currency: 'XYZ', item: 1 }, { total: money(1, 'XYZ') }).currency).toBe('XYZ');
    expect(of({ ...bare, marketplaceId: 'A1VC38T7YXB528' }).total).toEqual(money(0, 'JPY'));
  });

  it('IMP-1: 500 lines become 250 with the same sum, and the draft says so', () => {
    const lines = Array.from({ length: 500 }, (_, i) =>
      lineOf({
        orderItemId: amazonOrderItemId(String(i + 1)),
        sku: `SKU-${i}`,
        proceeds: proceedsOf({ item: i, itemTax: 1 }),
      }),
    );
    const total = money((499 * 500) / 2 + 500);
    const draft = of({ lines, total });
    expect(draft).toMatchObject({ joined: 251, total, difference: money(0) });
    expect(draft.lines).toHaveLength(mostLines);
    expect(shownBy(draft)).toEqual({ tax: 500, total: total.amount });
    expect(draft.lines.at(-1)?.properties[0]?.[1]).toMatch(/^1 × SKU-249\n.*1 × SKU-499$/s);
  });

  it('IMP-1: 130 lines of which each splits are joined too; 250 are not', () => {
    const many = (n: number, quantityOrdered: number) =>
      of({
        lines: Array.from({ length: n }, () =>
          lineOf({ quantityOrdered, proceeds: proceedsOf({ item: 1001 }) }),
        ),
      });
    expect([many(130, 2).lines.length, many(130, 2).joined]).toEqual([250, 11]);
    expect([many(250, 1).lines.length, many(250, 1).joined]).toEqual([250, 0]);
  });
});
