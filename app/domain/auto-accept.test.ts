import { describe, expect, it } from 'vitest';
import { failedCondition, type AskedOrder, type AutoCondition } from './auto-accept.ts';
import { autoAcceptRules } from './auto-accept-rules.ts';
import { previewRules } from './preview-rules.ts';

const hour = 3_600_000;
const asked = (changes: Partial<AskedOrder> = {}): AskedOrder => ({
  status: 'unshipped',
  covers: 'all',
  total: { amount: 2500, currency: 'USD' },
  skus: ['MUG'],
  requestedAt: 0,
  at: hour,
  ...changes,
});
const rules = (given: object = {}) => autoAcceptRules.parse({ on: true, ...given });

describe('CAN-16: rules', () => {
  it('are off by default, and read as JSON or as a word', () => {
    expect(autoAcceptRules.parse({})).toEqual({
      on: false,
      underAmount: null,
      withinHours: null,
      notSkus: [],
    });
    expect(autoAcceptRules.parse('on')).toEqual(rules());
    expect(autoAcceptRules.parse('{"on":true,"withinHours":2}')).toEqual(rules({ withinHours: 2 }));
    for (const wrong of ['maybe', '{"on":1}', '{"on":true,"under":5}', '{"underAmount":{"USD":"-1"}}'])
      expect(autoAcceptRules.safeParse(wrong).success, wrong).toBe(false);
  });

  it.each<[string, object, Partial<AskedOrder>, AutoCondition | null]>([
    ['nothing stands in the way', {}, {}, null],
    ['switched off', { on: false }, {}, 'off'],
    ['shipped', {}, { status: 'shipped' }, 'not_unshipped'],
    ['partly shipped', {}, { status: 'partially_shipped' }, 'not_unshipped'],
    ['some lines', {}, { covers: 'some' }, 'lines'],
    ['not known whether asked', {}, { covers: 'unknown' }, 'lines'],
    ['costs nothing', {}, { total: { amount: 0, currency: 'USD' } }, 'free'],
    ['under the limit', { underAmount: { USD: '25.01' } }, {}, null],
    ['at the limit', { underAmount: { USD: '25.00' } }, {}, 'amount'],
    ['a currency without a limit', { underAmount: { EUR: '99' } }, {}, 'currency'],
    ['no total', { underAmount: { USD: '99' } }, { total: null }, 'currency'],
    [
      'a currency without decimals',
      { underAmount: { JPY: '3000' } },
      { total: { amount: 2999, currency: 'JPY' } },
      null,
    ],
    ['in time', { withinHours: 1 }, {}, null],
    ['a moment late', { withinHours: 1 }, { at: hour + 1 }, 'time'],
    ['a listed SKU', { notSkus: ['MUG'] }, { skus: ['CUP', 'MUG'] }, 'sku'],
    ['another SKU', { notSkus: ['MUG'] }, { skus: ['mug'] }, null],
  ])('%s', (_, given, changes, failed) => {
    expect(failedCondition(rules(given), asked(changes))).toBe(failed);
  });
});

it('CAN-16: the preview counts what would have been approved, its money, and what became of it', () => {
  const past = (state: string, changes: object = {}) => ({
    state,
    requestedAt: 0,
    confirmedAt: 1000,
    lateFromStart: false,
    coversAll: true,
    total: { amount: 1000, currency: 'EUR' },
    skus: [],
    ...changes,
  });
  const all = [
    past('cancelled'),
    past('withdrawn', { total: { amount: 250, currency: 'USD' } }),
    past('too_late'),
    past('too_late', { lateFromStart: true }),
    past('open', { coversAll: false }),
  ];
  expect(previewRules(autoAcceptRules.parse({}), all)).toEqual({
    requests: 5,
    approved: 3,
    sums: { EUR: 2000, USD: 250 },
    shipped: 1,
    withdrawn: 1,
    left: { not_unshipped: 1, lines: 1 },
  });
});
