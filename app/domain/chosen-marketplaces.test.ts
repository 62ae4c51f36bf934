import { describe, expect, it } from 'vitest';
import { choose, comesInFrom } from './chosen-marketplaces.ts';

const [us, ca, mx] = ['ATVPDKIKX0DER', 'A2EUQ1WTGCTBG2', 'A1AM78C64UM0Y8'] as const;
const start = Date.UTC(2026, 10, 1);
const later = Date.UTC(2026, 10, 22);

describe('IMP-2: orders of a marketplace', () => {
  it('come in since the account’s start where nothing was chosen, and where an order does not tell', () => {
    expect(comesInFrom(undefined, us, start)).toBe(start);
    expect(comesInFrom({ [ca]: null }, null, start)).toBe(start);
  });

  it('do not come in where it was not chosen', () => {
    expect(comesInFrom({ [ca]: null }, us, start)).toBeNull();
    expect(comesInFrom({}, us, start)).toBeNull();
  });

  it('that was chosen at the first choice come in since the account’s start', () => {
    const first = choose(undefined, [us, ca], later);
    expect([comesInFrom(first, us, start), comesInFrom(first, mx, start)]).toEqual([start, null]);
  });

  it('that is chosen later come in from then on, and keep that when it is saved again', () => {
    const second = choose(choose(undefined, [us], start), [us, ca], later);
    expect([comesInFrom(second, us, start), comesInFrom(second, ca, start)]).toEqual([start, later]);
    expect(choose(second, [us, ca], later + 1)).toEqual(second);
  });

  it('that was given up and chosen again begin anew', () => {
    const again = choose(choose(choose(undefined, [us, ca], start), [us], start), [us, ca], later);
    expect(comesInFrom(again, ca, start)).toBe(later);
  });

  it('never begin before the account does', () => {
    expect(comesInFrom({ [us]: new Date(start - 1).toISOString() }, us, start)).toBe(start);
  });
});
