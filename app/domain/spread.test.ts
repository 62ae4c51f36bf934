import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spread } from './spread.ts';

describe('REF-1: spreading an amount', () => {
  it.each([
    [0, [1, 2], [0, 0]],
    [3, [1, 2], [1, 2]],
    [1, [1, 2], [0, 1]],
    [1, [2, 2], [1, 0]],
    [10, [3, 3, 3, 3], [3, 3, 2, 2]],
    [5, [0, 10, 0], [0, 5, 0]],
    [0, [], []],
  ])('%i over %j is %j', (amount, held, parts) => {
    expect(spread(amount, held)).toEqual(parts);
  });

  it('the parts add up, none is above what is held or a unit from its share, also of the largest amounts', () => {
    const held = fc.array(fc.oneof(fc.nat({ max: 50 }), fc.nat({ max: 900_000_000_000_000 })), {
      maxLength: 9,
    });
    fc.assert(
      fc.property(held, fc.double({ min: 0, max: 1, noNaN: true }), (all, part) => {
        const total = all.reduce((sum, one) => sum + one, 0);
        const amount = Math.min(total, Math.round(total * part));
        const parts = spread(amount, all);
        expect(parts.reduce((sum, one) => sum + one, 0)).toBe(amount);
        for (const [i, one] of parts.entries()) {
          const most = all[i] ?? 0;
          expect(one >= 0 && one <= most).toBe(true);
          const away = BigInt(one) * BigInt(total) - BigInt(amount) * BigInt(most);
          expect(away < BigInt(total || 1) && -away < BigInt(total || 1)).toBe(true);
        }
      }),
    );
  });

  it('more than there is, or less than nothing, is a bug', () => {
    expect(() => spread(4, [1, 2])).toThrow(/spread/);
    expect(() => spread(-1, [1, 2])).toThrow(/spread/);
  });
});
