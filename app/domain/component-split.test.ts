import { expect, it } from 'vitest';
import type { Balances } from './balances.ts';
import { isWithin, itemsFrom, readComponentSplit } from './component-split.ts';

const balances: Balances = {
  currency: 'USD',
  lines: [
    { orderItemId: '101', sku: 'MUG', left: { principal: 2000, tax: 150, shipping: 500 } },
    { orderItemId: '102', sku: 'A=B', left: { principal: 1200 } },
    { orderItemId: '103', sku: 'TWICE', left: { principal: 100 } },
    { orderItemId: '104', sku: 'TWICE', left: { principal: 100 } },
  ],
  left: 4050,
  totals: { principal: 3400, tax: 150, shipping: 500 },
  over: 0,
  unclear: false,
};
const read = (text: string, most = 2500, given = balances, currency = 'USD') =>
  readComponentSplit(text, given, { amount: most, currency });
const items = (text: string) => {
  const one = read(text);
  return one.ok ? one.items : one.guard;
};

it('REF-1: amounts by line and component, by SKU or the line’s own id, as words or as JSON', () => {
  const expected = [
    { orderItemId: '101', components: { principal: 490, tax: 40 } },
    { orderItemId: '102', components: { principal: 1200 } },
  ];
  expect(items('MUG=principal:4.90,tax:0.40;102=principal:full')).toEqual(expected);
  expect(items(' 101 = principal:4.9 , tax: .40 ; 102=principal:12')).toEqual(expected);
  expect(items('{"MUG":{"principal":4.9,"tax":"0,40"},"A=B":{"principal":"12.00"}}')).toEqual(expected);
});

it('REF-3: no more than is left of each, and in all no more than was refunded in Shopify', () => {
  expect(read('MUG=tax:1.51')).toMatchObject({ guard: 'amount_too_high', params: { max: '1.50' } });
  expect(read('MUG=giftWrap:1')).toMatchObject({ guard: 'amount_too_high', params: { max: '0.00' } });
  expect(items('MUG=principal:20,shipping:5')).toHaveLength(1);
  expect(read('MUG=principal:20,shipping:5', 2499)).toMatchObject({
    guard: 'amount_too_high',
    params: { max: '24.99', currency: 'USD' },
  });
  expect(read('MUG=principal:20;102=principal:5.01')).toMatchObject({ guard: 'amount_too_high' });
});

it.each([
  ['', 'components_unreadable'],
  ['5.00', 'components_unreadable'],
  ['MUG=5.00', 'components_unreadable'],
  ['MUG=principal:', 'components_unreadable'],
  ['MUG=principal:4,90', 'components_unreadable'],
  ['{"MUG":{}}', 'components_unreadable'],
  ['{"MUG":', 'components_unreadable'],
  ['CUP=principal:1', 'line_unknown'],
  ['TWICE=principal:1', 'line_unknown'],
  ['MUG=principal:1;101=tax:1', 'line_unknown'],
  ['MUG=price:1', 'component_unknown'],
  ['MUG=tax:1,tax:0.10', 'component_unknown'],
  ['MUG=principal:0', 'amount_not_positive'],
  ['MUG=principal:-1', 'amount_not_positive'],
  ['MUG=principal:1e1', 'amount_invalid'],
  ['MUG=principal:1.005', 'amount_decimals'],
])('CAN-1: %j is not taken (%s)', (text, guard) => {
  expect(items(text)).toBe(guard);
});

it('REF-3: where nobody can tell what is left nothing is taken', () => {
  expect(read('MUG=tax:1', 2500, { ...balances, unclear: true })).toMatchObject({ guard: 'money_unknown' });
  expect(read('MUG=tax:1', 2500, { ...balances, currency: null })).toMatchObject({ guard: 'money_unknown' });
});

it('REF-1 REF-3: what was refunded in another currency is no measure, and is not split', () => {
  expect(read('MUG=tax:1', 2500, balances, 'JPY')).toMatchObject({ guard: 'money_unknown' });
  expect(read('MUG=tax:1', 250_000, balances, 'JPY')).toMatchObject({ guard: 'money_unknown' });
});

it('REF-3: what is kept is looked at again by what is left then', () => {
  const kept = itemsFrom('[{"orderItemId":"101","components":{"tax":150}}]');
  expect(isWithin(kept, balances.lines)).toBe(true);
  expect(isWithin(kept, [{ orderItemId: '101', sku: null, left: { tax: 149 } }])).toBe(false);
  expect(isWithin(kept, [])).toBe(false);
});
