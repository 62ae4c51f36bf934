import { expect, it } from 'vitest';
import { endsSoon, grantEnds } from './authorisation.ts';

const at = Date.UTC(2026, 10, 22);
const day = 86_400_000;

it('REQ-12: the end of the yearly grant is told in its last 30 days, and of one without an end never', () => {
  const until = grantEnds(at);
  expect(new Date(until).toISOString()).toBe('2027-11-22T00:00:00.000Z');
  expect(endsSoon(until, until - 30 * day - 1)).toBe(false);
  expect(endsSoon(until, until - 30 * day)).toBe(true);
  expect(endsSoon(until, until + day)).toBe(true);
  expect(endsSoon(null, until)).toBe(false);
});
