import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineOf, orderOf } from '../../test/samples/orders.ts';
import { moveOf } from '../../test/samples/refunds.ts';
import type { AmazonOrder } from './amazon-order.ts';
import { sumOfLines } from './amazon-paid.ts';
import { balancesOf, type Movements } from './balances.ts';
import { components, type Components } from './components.ts';
import { amazonOrderItemId } from './ids.ts';

const [a, b, c] = ['1', '2', '3'].map(amazonOrderItemId);
/** Two lines of one SKU and one of another. */
const order: AmazonOrder = orderOf({
  lines: [a, b, c].map((orderItemId, i) =>
    lineOf({ ...(orderItemId ? { orderItemId } : {}), sku: i < 2 ? 'LAMP' : 'MUG' }),
  ),
});
const paid = new Map<string, Components>([
  ['1', { principal: 1000, tax: 80 }],
  ['2', { principal: 1000, tax: 80, shipping: 500 }],
  ['3', { principal: 300 }],
]);
const of = (given: Partial<Movements>) => balancesOf(order, { paid, moves: [], inFlight: [], ...given });
const left = (given: Partial<Movements>) => of(given).lines.map((line) => line.left);

describe('REF-3: what is left', () => {
  it('REF-3: all of it while nothing went back', () => {
    expect(of({})).toEqual({
      currency: 'USD',
      lines: [
        { orderItemId: '1', sku: 'LAMP', left: { principal: 1000, tax: 80 } },
        { orderItemId: '2', sku: 'LAMP', left: { principal: 1000, tax: 80, shipping: 500 } },
        { orderItemId: '3', sku: 'MUG', left: { principal: 300 } },
      ],
      left: 2960,
      totals: { principal: 2300, tax: 160, shipping: 500 },
      over: 0,
      unclear: false,
    });
  });

  it('REF-3: what is in flight counts on its own line', () => {
    expect(left({ inFlight: [{ orderItemId: '2', components: { principal: 1000, tax: 30 } }] })).toEqual([
      { principal: 1000, tax: 80 },
      { tax: 50, shipping: 500 },
      { principal: 300 },
    ]);
  });

  it('REF-3: lines of one SKU are a pool, taken from in their order', () => {
    const moves = [moveOf([{ sku: 'LAMP', components: { principal: 1200, shipping: 100 } }])];
    expect(left({ moves })).toEqual([
      { tax: 80 },
      { principal: 800, tax: 80, shipping: 400 },
      { principal: 300 },
    ]);
  });

  it('REF-3: an own refund that Finances show tells which line of the pool it was', () => {
    const moves = [moveOf([{ sku: 'LAMP', components: { principal: 1000 } }])];
    const shown = [{ orderItemId: '2', components: { principal: 1000 } }];
    expect(left({ moves, shown })).toEqual([
      { principal: 1000, tax: 80 },
      { tax: 80, shipping: 500 },
      { principal: 300 },
    ]);
  });

  it('REF-3: what is in flight names its line and comes before what names a SKU only', () => {
    const moves = [moveOf([{ sku: 'LAMP', components: { principal: 1000 } }])];
    const inFlight = [{ orderItemId: '1', components: { principal: 1000 } }];
    expect(left({ moves, inFlight })[1]).toEqual({ tax: 80, shipping: 500 });
  });

  it('REF-3: claims and chargebacks count like refunds', () => {
    for (const kind of ['refund', 'claim', 'chargeback', 'other'] as const)
      expect(of({ moves: [moveOf([{ sku: 'MUG', components: { principal: 300 } }], { kind })] }).left).toBe(
        2660,
      );
  });

  it('REF-3: what does not fit its component is taken from the line’s others, then from all', () => {
    const mug = [moveOf([{ sku: 'MUG', components: { principal: 100, tax: 200 } }])];
    expect(left({ moves: mug })[2]).toEqual({});
    const more = [moveOf([{ sku: 'MUG', components: { principal: 1350 } }])];
    expect(left({ moves: more })).toEqual([{ tax: 30 }, { principal: 1000, tax: 80, shipping: 500 }, {}]);
  });

  it('REF-3: money without lines, or of an unknown SKU, is taken from all', () => {
    expect(left({ moves: [moveOf([], { amount: 1080 })] })[0]).toEqual({});
    expect(left({ moves: [moveOf([{ sku: 'GONE', components: { shipping: 500 } }])] })[1]).toEqual({
      principal: 1000,
      tax: 80,
    });
    expect(of({ moves: [moveOf([{ sku: null, components: {} }], { amount: 60 })] }).left).toBe(2900);
  });

  it('REF-3: what was kept from the buyer leaves nothing to give twice', () => {
    const moves = [moveOf([{ sku: 'MUG', components: { principal: 300, shipping: -50 } }], { amount: 250 })];
    expect(of({ moves }).left).toBe(2660);
  });

  it('REF-3: more than was paid is told', () => {
    const all = of({ moves: [moveOf([{ sku: 'MUG', components: { principal: 5000 } }])] });
    expect([all.left, all.over, all.totals]).toEqual([0, 2040, {}]);
  });

  it('REF-3: money in another currency leaves nothing that is known', () => {
    const all = of({ moves: [moveOf([], { amount: 1, currency: 'CAD' })] });
    expect([all.left, all.unclear]).toEqual([0, true]);
    const none = balancesOf(orderOf({ lines: [], total: null, marketplaceId: null }), {
      paid,
      moves: [],
      inFlight: [],
    });
    expect([none.currency, none.left]).toEqual([null, 0]);
  });

  it('REF-3: Japan’s tax counts as the price it belongs to', () => {
    const all = balancesOf(
      { ...order, marketplaceId: 'A1VC38T7YXB528' },
      {
        paid: new Map([['3', { principal: 3490, shipping: 550 }]]),
        moves: [moveOf([{ sku: 'MUG', components: { principal: 3173, tax: 300, shippingTax: 50 } }])],
        inFlight: [],
      },
    );
    expect(all.totals).toEqual({ principal: 17, shipping: 500 });
  });
});

describe('REF-3: properties of what is left', () => {
  const parts = fc
    .record(
      Object.fromEntries(
        components.map((name) => [name, fc.option(fc.nat({ max: 300 }), { nil: undefined })]),
      ),
    )
    .map(
      (all) =>
        Object.fromEntries(Object.entries(all).filter(([, amount]) => amount !== undefined)) as Components,
    );
  const line = fc.constantFrom('1', '2', '3');
  const item = fc.record({ orderItemId: line, components: parts });
  const sku = fc.constantFrom('LAMP', 'MUG', 'GONE', null);
  const move = fc
    .tuple(fc.array(fc.record({ sku, components: parts }), { maxLength: 3 }), fc.nat({ max: 200 }))
    .map(([items, more]) => {
      const made = moveOf(items);
      return { ...made, amount: made.amount + more };
    });
  const given = fc.record({
    paid: fc
      .array(parts, { minLength: 3, maxLength: 3 })
      .map((all) => new Map(all.map((one, i) => [String(i + 1), one]))),
    moves: fc.array(move, { maxLength: 3 }),
    inFlight: fc.array(item, { maxLength: 3 }),
    shown: fc.array(item, { maxLength: 2 }),
  });

  it('REF-3: left is paid less all that went back, to the minor unit; no pot is below zero or above what was paid', () => {
    fc.assert(
      fc.property(given, (all) => {
        const balances = balancesOf(order, all);
        const back =
          all.moves.reduce((sum, one) => sum + one.amount, 0) +
          sumOfLines(new Map(all.inFlight.map((one, i) => [String(i), one.components])));
        const whole = sumOfLines(all.paid);
        expect(balances.left).toBe(Math.max(0, whole - back));
        expect(balances.over).toBe(Math.max(0, back - whole));
        expect(sumOfLines(new Map([['all', balances.totals]]))).toBe(balances.left);
        for (const one of balances.lines)
          for (const [name, amount] of Object.entries(one.left)) {
            expect(amount).toBeGreaterThan(0);
            expect(amount).toBeLessThanOrEqual(
              all.paid.get(one.orderItemId)?.[name as keyof Components] ?? 0,
            );
          }
      }),
      { numRuns: 500 },
    );
  });
});
