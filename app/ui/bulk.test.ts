import { expect, it } from 'vitest';
import type { DecisionAnswer } from './decision.ts';
import { refundedBy, restockedBy, sorted, undoableUntil } from './bulk.ts';

const yes = (undoUntil: number | null): DecisionAnswer => ({
  intent: 'cancel',
  ok: true,
  outcome: 'chosen',
  effects: [],
  version: null,
  undoUntil,
});

it('REQ-11: what was taken and what is left out are told apart, an answer that never came among the latter', () => {
  const refused = { intent: 'cancel', ok: false, guard: 'already_shipped', params: {} } as const;
  const all = sorted([
    { id: '1', answer: yes(2_000) },
    { id: '2', answer: refused },
    { id: '3', answer: null },
    { id: '4', answer: yes(1_000) },
  ]);
  expect(all.taken.map(({ id }) => id)).toEqual(['1', '4']);
  expect(all.left).toEqual([
    { id: '2', refused },
    { id: '3', refused: null },
  ]);
  expect(undoableUntil(all)).toBe(1_000);
  expect(undoableUntil(sorted([{ id: '1', answer: yes(null) }]))).toBeNull();
});

it('IMP-3: sums are per currency, to the minor unit', () => {
  const recorded = (amount: string, currency: string) =>
    ({ key: 'shopify_cancel', params: { name: '#1', amount, currency } }) as const;
  expect(
    refundedBy([
      recorded('34.90', 'USD'),
      recorded('3490', 'JPY'),
      recorded('0.10', 'USD'),
      { key: 'shopify_cancel', params: { name: '#2' } },
      { key: 'restock', params: { n: 2 } },
    ]),
  ).toEqual([
    { amount: 3500, currency: 'USD' },
    { amount: 3490, currency: 'JPY' },
  ]);
  expect(
    restockedBy([
      { key: 'restock', params: { n: 2 } },
      { key: 'restock', params: { n: 1 } },
    ]),
  ).toBe(3);
});
