import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generatedOrder } from '../../test/samples/generated-orders.ts';
import { lineOf, money, orderOf, proceedsOf, type Cents } from '../../test/samples/orders.ts';
import { booksOf, refundOf } from '../../test/samples/refunds.ts';
import type { AmazonOrder } from './amazon-order.ts';
import { paidOf } from './amazon-paid.ts';
import { balancesOf, type Balances } from './balances.ts';
import { components, sumOfComponents, type Components } from './components.ts';
import { amazonOrderItemId } from './ids.ts';
import { partsOf } from './line-money.ts';
import { splitRefund, type RefundItem, type SplitRefund } from './split-refund.ts';

const orderWith = (lines: readonly Cents[], changes: Partial<AmazonOrder> = {}) =>
  orderOf({
    lines: lines.map((cents, i) =>
      lineOf({
        orderItemId: amazonOrderItemId(String(i + 1)),
        sku: `S${String(i)}`,
        proceeds: proceedsOf(cents),
      }),
    ),
    total: null,
    ...changes,
  });
/** Two lines, the first with all that a line can have. */
const usa = orderWith([
  { item: 2000, itemTax: 160, shipping: 500, shippingTax: 40, giftWrap: 300, giftWrapTax: 24, total: 3024 },
  { item: 1000, itemTax: 80, shipping: 100, shippingTax: 8, total: 1188 },
]);
/** The same in Europe's way: prices hold the tax. */
const germany = orderWith(
  [
    { currency: 'EUR', item: 1190, itemTax: 190, shipping: 119, shippingTax: 19, total: 1309 },
    { currency: 'EUR', item: 1070, itemTax: 70, total: 1070 },
  ],
  { marketplaceId: 'A1PA6795UKMFR9' },
);
const japan = orderWith(
  [{ currency: 'JPY', item: 3490, itemTax: 317, shipping: 550, shippingTax: 50, total: 4040 }],
  {
    marketplaceId: 'A1VC38T7YXB528',
  },
);

const balanced = (order: AmazonOrder, gone: readonly RefundItem[] = []) =>
  balancesOf(order, {
    paid: paidOf(order),
    moves: [],
    inFlight: gone.map((one) => ({ ...one, adjustmentId: 'x' })),
  });
const split = (
  order: AmazonOrder,
  refund: Parameters<typeof splitRefund>[0],
  gone: readonly RefundItem[] = [],
) => splitRefund(refund, booksOf(order), balanced(order, gone));
const items = (found: SplitRefund): Readonly<Record<string, Components>> =>
  Object.fromEntries(
    (found.fits ? found.items : found.fitting).map((one) => [one.orderItemId, one.components]),
  );
const sumOf = (found: SplitRefund) =>
  Object.values(items(found)).reduce((sum, one) => sum + sumOfComponents(one), 0);

describe('REF-1: a Shopify refund in Amazon’s components', () => {
  it('REF-1: a line goes to its own line, price to principal and tax to tax', () => {
    const found = split(usa, refundOf(540, [['L1', 500, 40]]));
    expect(found).toEqual({
      fits: true,
      items: [{ orderItemId: '2', components: { principal: 500, tax: 40 } }],
    });
  });

  it('REF-1: shipping goes to shipping and its tax by what the lines hold, what is more to gift wrap', () => {
    expect(items(split(usa, refundOf(324, [], [300, 24])))).toEqual({
      '1': { shipping: 250, shippingTax: 20 },
      '2': { shipping: 50, shippingTax: 4 },
    });
    expect(items(split(usa, refundOf(972, [], [900, 72])))).toEqual({
      '1': { shipping: 500, shippingTax: 40, giftWrap: 300, giftWrapTax: 24 },
      '2': { shipping: 100, shippingTax: 8 },
    });
  });

  it('REF-1: an amount without lines is spread over all by what is left', () => {
    expect(items(split(usa, refundOf(2106)))).toEqual({
      '1': { principal: 1000, tax: 80, shipping: 250, shippingTax: 20, giftWrap: 150, giftWrapTax: 12 },
      '2': { principal: 500, tax: 40, shipping: 50, shippingTax: 4 },
    });
    expect(sumOf(split(usa, refundOf(1)))).toBe(1);
  });

  it('REF-1: an amount below its lines makes them smaller alike', () => {
    expect(items(split(usa, refundOf(270, [['L1', 500, 40]])))).toEqual({ '2': { principal: 250, tax: 20 } });
  });

  it('REF-1: an amount above its lines is spread with what is above', () => {
    const found = split(usa, refundOf(1090, [['L1', 1000, 80]]));
    expect([found.fits, sumOf(found), items(found)['2']?.principal]).toEqual([true, 1090, 1000]);
  });

  it('REF-1: all that is left takes all that is left, whatever its lines say', () => {
    const gone = [{ orderItemId: '1', components: { principal: 2000, tax: 1 } }];
    const found = split(usa, refundOf(2211, [['L0', 2000, 160]]), gone);
    expect(found.fits).toBe(true);
    expect(sumOf(found)).toBe(2211);
  });

  it('REF-1: where prices hold the tax it is split as Amazon has it', () => {
    expect(items(split(germany, refundOf(119, [['L0', 119, 19]], [0, 0], 'EUR')))).toEqual({
      '1': { principal: 100, tax: 19 },
    });
    expect(items(split(germany, refundOf(1189, [['L1', 1070, 70]], [119, 19], 'EUR')))).toEqual({
      '1': { shipping: 100, shippingTax: 19 },
      '2': { principal: 1000, tax: 70 },
    });
  });

  it('REF-1: in Japan all of the goods is principal, and all of the shipping is shipping', () => {
    expect(items(split(japan, refundOf(1000, [['L0', 1000, 91]], [0, 0], 'JPY')))).toEqual({
      '1': { principal: 1000 },
    });
    expect(items(split(japan, refundOf(4040, [['L0', 3490, 317]], [550, 50], 'JPY')))).toEqual({
      '1': { principal: 3490, shipping: 550 },
    });
  });

  it('REF-1: what price or tax alone cannot take, the other of the line does', () => {
    const gone = [{ orderItemId: '2', components: { tax: 80 } }];
    expect(items(split(usa, refundOf(540, [['L1', 500, 40]]), gone))).toEqual({ '2': { principal: 540 } });
  });

  it('REF-1: a price above the principal left goes to the tax', () => {
    const gone = [{ orderItemId: '2', components: { principal: 900 } }];
    expect(items(split(usa, refundOf(150, [['L1', 150, 0]]), gone))).toEqual({
      '2': { principal: 100, tax: 50 },
    });
  });

  it('REF-1: what does not fit its line is not put elsewhere: a person decides', () => {
    const gone = [{ orderItemId: '2', components: { principal: 900 } }];
    expect(split(usa, refundOf(1080, [['L1', 1000, 80]]), gone)).toEqual({
      fits: false,
      fitting: [{ orderItemId: '2', components: { principal: 100, tax: 80 } }],
      missing: 900,
    });
  });

  it('REF-1: more than is left is told', () => {
    const found = split(usa, refundOf(5000));
    expect([found.fits, sumOf(found), found.fits ? 0 : found.missing]).toEqual([false, 4212, 788]);
  });

  it('REF-1: a line that Amazon does not know, or another currency, fits nowhere', () => {
    expect(split(usa, refundOf(100, [['L9', 100, 0]]))).toEqual({ fits: false, fitting: [], missing: 100 });
    expect(split(usa, refundOf(100, [], [0, 0], 'CAD'))).toEqual({ fits: false, fitting: [], missing: 100 });
  });

  it('REF-1: another app’s line is known by its SKU', () => {
    const books = booksOf(usa);
    const foreign = { ...books, lines: books.lines.map((line) => ({ ...line, orderItemId: null })) };
    expect(items(splitRefund(refundOf(540, [['L1', 500, 40]]), foreign, balanced(usa)))).toEqual({
      '2': { principal: 500, tax: 40 },
    });
  });

  it('REF-1: a refund without money is no item', () => {
    expect(split(usa, refundOf(0, [['L1', 500, 40]]))).toEqual({ fits: true, items: [] });
  });

  it('REF-1: a fee without a component does not fit', () => {
    const cod = orderWith([{ item: 1000, codFee: 300, total: 1300 }]);
    expect(split(cod, refundOf(1300, [['L0', 1000, 0]], [300, 0]))).toMatchObject({
      fits: false,
      missing: 300,
    });
    expect(split(cod, refundOf(300, [], [300, 0]))).toEqual({ fits: false, fitting: [], missing: 300 });
  });
});

describe('REF-1: properties of the split', () => {
  const many = fc.array(
    fc.tuple(fc.constantFrom('L0', 'L1', 'L2', 'L9'), fc.nat({ max: 3000 }), fc.nat({ max: 300 })),
    {
      maxLength: 3,
    },
  );
  const refund = fc.record({
    amount: fc.nat({ max: 400_000 }),
    lines: many,
    shipping: fc.tuple(fc.nat({ max: 900 }), fc.nat({ max: 90 })),
  });
  const pot = fc.record(
    Object.fromEntries(components.map((name) => [name, fc.integer({ min: 1, max: 5000 })])),
    { requiredKeys: [] },
  );
  const held = (currency: string, pots: readonly Components[]): Balances => {
    const lines = pots.map((left, i) => ({ orderItemId: String(i + 1), sku: `S${String(i)}`, left }));
    const left = pots.reduce((sum, one) => sum + sumOfComponents(one), 0);
    return { currency, lines, left, totals: {}, over: 0, unclear: false };
  };

  function check(found: SplitRefund, balances: Balances, amount: number): void {
    expect(sumOf(found) + (found.fits ? 0 : found.missing)).toBe(amount);
    if (!found.fits) expect(found.missing).toBeGreaterThan(0);
    for (const one of found.fits ? found.items : found.fitting) {
      const left = balances.lines.find(({ orderItemId }) => orderItemId === one.orderItemId)?.left ?? {};
      expect(Object.keys(one)).toEqual(['orderItemId', 'components']);
      expect(Object.keys(one.components).length).toBeGreaterThan(0);
      for (const name of components) {
        const part = one.components[name];
        if (part === undefined) continue;
        expect(Number.isSafeInteger(part) && part > 0 && part <= (left[name] ?? 0)).toBe(true);
      }
    }
  }

  it('REF-1: the sum is exact, nothing is above what is left, all is above nothing, and it is the same each time', () => {
    const place = fc.constantFrom([usa, 'USD'] as const, [germany, 'EUR'] as const, [japan, 'JPY'] as const);
    fc.assert(
      fc.property(
        place,
        fc.array(pot, { minLength: 1, maxLength: 3 }),
        refund,
        ([order, currency], pots, made) => {
          const balances = held(currency, pots);
          const whole = refundOf(made.amount, made.lines, made.shipping, currency);
          const found = splitRefund(whole, booksOf(order), balances);
          check(found, balances, made.amount);
          expect(splitRefund(whole, booksOf(order), balances)).toEqual(found);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('REF-1: an amount without lines fits where that much is left, in every currency', () => {
    const currency = fc.constantFrom('USD', 'JPY', 'KWD');
    fc.assert(
      fc.property(currency, fc.array(pot, { minLength: 1, maxLength: 4 }), fc.nat(), (code, pots, n) => {
        const balances = held(code, pots);
        const amount = balances.left === 0 ? 0 : n % (balances.left + 1);
        const found = splitRefund(refundOf(amount, [], [0, 0], code), booksOf(usa), balances);
        expect(found.fits).toBe(true);
        check(found, balances, amount);
      }),
    );
  });

  it('REF-1: each line and the shipping of an order that came in fit, one after the other, to nothing', () => {
    fc.assert(
      fc.property(generatedOrder, ({ order, tax }) => {
        fc.pre(
          tax > 0 && order.lines.every(({ proceeds: p }) => p?.codFee.amount === 0 && p.other.amount === 0),
        );
        const books = booksOf(order);
        const { currency, taxesIncluded } = books;
        const gone: RefundItem[] = [];
        const give = (whole: ReturnType<typeof refundOf>): void => {
          const balances = balanced(order, gone);
          const found = splitRefund(whole, books, balances);
          check(found, balances, whole.amount.amount);
          expect(found.fits).toBe(true);
          gone.push(...(found.fits ? found.items : []));
        };
        for (const [i, line] of order.lines.entries()) {
          const parts = partsOf(line, currency, false);
          const goods = parts.goods.amount;
          const its = parts.tax.item.amount + parts.tax.other.amount;
          // Amazon's tax above the price it is in cannot be refunded.
          const paid = taxesIncluded ? goods : goods + its;
          give(refundOf(paid, [[`L${String(i)}`, goods, its]], [0, 0], currency));
        }
        const { price, tax: of } = books.shipping;
        give(
          refundOf(price.amount + (taxesIncluded ? 0 : of.amount), [], [price.amount, of.amount], currency),
        );
        expect(balanced(order, gone).left).toBe(0);
      }),
      { numRuns: 300 },
    );
  });

  it('REF-1: a refund of the whole total is all of it', () => {
    expect(
      sumOf(
        split(
          usa,
          refundOf(
            money(4212).amount,
            [
              ['L0', 2000, 160],
              ['L1', 1000, 80],
            ],
            [900, 72],
          ),
        ),
      ),
    ).toBe(4212);
  });
});
