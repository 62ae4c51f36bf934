import { expect, it } from 'vitest';
import { shareOf, standsOut } from './reason-group.ts';

const group = (key: string, orders: number, asked: number) => ({ key, orders, asked });

it('REP-7: below ten orders there is no share', () => {
  expect(shareOf(group('a', 9, 9))).toBeNull();
  expect(shareOf(group('a', 10, 3))).toBe(30);
});

it.each([
  ['twice the usual share', [group('a', 100, 6), group('b', 40, 12)], 'b'],
  ['the largest share, not the most requests', [group('a', 1000, 120), group('b', 20, 6)], 'b'],
  ['less than twice', [group('b', 100, 9)], undefined],
  ['two requests', [group('b', 10, 2)], undefined],
  ['too few orders', [group('b', 9, 9)], undefined],
  ['nothing', [], undefined],
])('REP-7: what stands out: %s', (_, groups, key) => {
  expect(standsOut(groups, group('all', 1000, 50))?.key).toBe(key);
});
