import { describe, expect, it } from 'vitest';
import { groupProblems } from './group-problems.ts';
import { inStep } from './in-step.ts';
import { back, forward, readPlace } from './trail.ts';

const problem = (kind: string, tone: string, since: number, count = 1) => ({
  ...{ id: `${kind}${since}`, kind, tone, amazonOrderId: '1', subject: '', params: {}, since, count },
});

describe('groups of problems', () => {
  it('puts the worst tone first, then the oldest', () => {
    const groups = groupProblems([
      problem('sku_unlinked', 'attention', 1, 2),
      problem('totals_differ', 'warning', 9),
      problem('currency_unknown', 'warning', 5),
      problem('import_failed', 'critical', 99),
      problem('sku_unlinked', 'attention', 0, 2),
    ]);
    expect(groups.map((group) => [group.kind, group.count, group.oldest])).toEqual([
      ['import_failed', 1, 99],
      ['currency_unknown', 1, 5],
      ['totals_differ', 1, 9],
      ['sku_unlinked', 2, 0],
    ]);
  });

  it('shows at most 50 of a kind and counts all', () => {
    const [group] = groupProblems(
      Array.from({ length: 60 }, (_, n) => problem('sku_unlinked', 'attention', n, 1204)),
    );
    expect([group?.count, group?.shown.length]).toEqual([1204, 50]);
  });
});

describe('orders in step', () => {
  it('PRO-1: counts what agrees of what should, and what is not known apart', () => {
    const numbers = inStep([
      { state: 'in_step', count: 7 },
      // Both sides say the same of these, and they have to be shipped, or decided on.
      { state: 'ship_soon', count: 2 },
      { state: 'asked_held', count: 1 },
      { state: 'differs', count: 2 },
      { state: 'amazon_unreadable', count: 1 },
      { state: 'pending_amazon', count: 5 },
    ]);
    expect(numbers).toEqual({ agree: 10, all: 13, notKnown: 1 });
  });
});

describe('the way through pages', () => {
  const place = { at: 1_700_000_000_000, id: '111-0000000-0000001' };

  it('goes forward and back, and keeps the search', () => {
    const there = new URLSearchParams(forward(new URLSearchParams('q=MUG&shop=x'), place));
    expect(readPlace(there.getAll('after').at(-1))).toEqual(place);
    expect(back(there)).toBe('?q=MUG');
  });

  it('goes on behind rows that have no time', () => {
    const there = new URLSearchParams(forward(new URLSearchParams('tab=unknown'), { at: null, id: 'x_1' }));
    expect(readPlace(there.getAll('after').at(-1))).toEqual({ at: null, id: 'x_1' });
    expect(back(there)).toBe('?tab=unknown');
  });

  it.each(['', 'x', '12', '_1', '1e5_x'])('takes %j for no place', (text) => {
    expect(readPlace(text)).toBeUndefined();
  });

  it('does not let the query grow without end', () => {
    let query = new URLSearchParams();
    for (let page = 0; page < 60; page++) query = new URLSearchParams(forward(query, place));
    expect(query.getAll('after')).toHaveLength(40);
  });
});
