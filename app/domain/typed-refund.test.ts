import { describe, expect, it } from 'vitest';
import type { Balances } from './balances.ts';
import { readTypedRefund, type TypedRefund } from './typed-refund.ts';

const balances: Balances = {
  currency: 'USD',
  lines: [
    { orderItemId: '1', sku: 'MUG', left: { principal: 2000, tax: 200, shipping: 500 } },
    { orderItemId: '2', sku: 'CUP', left: { principal: 1000 } },
    { orderItemId: '3', sku: 'TWICE', left: { principal: 100 } },
    { orderItemId: '4', sku: 'TWICE', left: { principal: 100 } },
  ],
  left: 3900,
  totals: { principal: 3200, tax: 200, shipping: 500 },
  over: 0,
  unclear: false,
};
const read = (typed: TypedRefund, changes: Partial<Balances> = {}) =>
  readTypedRefund(typed, { ...balances, ...changes }, { lines: [], taxesIncluded: false });
const line = (sku: string, amount: string) => ({ sku, amount });
const sum = (found: ReturnType<typeof read>) =>
  found.ok
    ? found.items.flatMap(({ components }) => Object.values(components)).reduce((all, one) => all + one, 0)
    : found.guard;

describe('a typed refund', () => {
  it('REF-1: all of it takes all that is left', () => {
    expect(sum(read({ amount: 'full' }))).toBe(3900);
  });

  it('REF-1: a part of it is spread to the minor unit', () => {
    expect(sum(read({ amount: '12.34' }))).toBe(1234);
  });

  it('REF-1: a line’s money is its price and tax first, and carriage only beyond', () => {
    expect(read({ lines: [line('MUG', '11.00'), line('CUP', '10')] })).toEqual({
      ok: true,
      items: [
        { orderItemId: '1', components: { principal: 1000, tax: 100 } },
        { orderItemId: '2', components: { principal: 1000 } },
      ],
    });
    expect(read({ lines: [line('MUG', '27.00')] })).toMatchObject({
      items: [{ components: { principal: 2000, tax: 200, shipping: 500 } }],
    });
  });

  it.each<[string, TypedRefund, string]>([
    ['CAN-1: nothing', { amount: '0' }, 'amount_not_positive'],
    ['CAN-1: no number', { amount: 'some' }, 'amount_invalid'],
    ['CAN-1: too many decimals', { amount: '1.001' }, 'amount_decimals'],
    ['REF-3: more than is left', { amount: '39.01' }, 'amount_too_high'],
    ['REF-3: more than the line holds', { lines: [line('CUP', '10.01')] }, 'amount_too_high'],
    ['no such SKU', { lines: [line('VASE', '1')] }, 'line_unknown'],
    ['an SKU on two lines', { lines: [line('TWICE', '1')] }, 'line_unknown'],
    ['an SKU named twice', { lines: [line('CUP', '1'), line('CUP', '1')] }, 'line_unknown'],
    ['no line at all', { lines: [] }, 'amount_invalid'],
  ])('%s is refused', (_, typed, guard) => {
    expect(sum(read(typed))).toBe(guard);
  });

  it('REF-3: nothing where nobody can tell what is left', () => {
    expect(sum(read({ amount: '1' }, { unclear: true }))).toBe('money_unknown');
    expect(sum(read({ amount: '1' }, { currency: null }))).toBe('money_unknown');
  });
});
