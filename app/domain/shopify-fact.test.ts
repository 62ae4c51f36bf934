import { expect, it } from 'vitest';
import { quarantineOf } from './shopify-fact.ts';

const hour = 3_600_000;
const day = Date.parse('2026-11-21T00:00:00Z');
const of = (happenedAt: number, at: Partial<Parameters<typeof quarantineOf>[1]> = {}) =>
  quarantineOf(
    { key: 'cancel', happenedAt },
    { now: day + 12 * hour, installedAt: day - 30 * 24 * hour, quiet: [], ...at },
  );

it('CAN-12: what is older than the installation, or than a day at first sight, waits', () => {
  expect(of(day)).toBe('');
  expect(of(day, { installedAt: day })).toBe('');
  expect(of(day, { installedAt: day + 1 })).toBe('before_installation');
  expect(of(day, { now: day + 24 * hour })).toBe('');
  expect(of(day, { now: day + 24 * hour + 1 })).toBe('too_old');
});

it('CAN-12: what was done while nothing was sent waits, by the whole seconds that Shopify tells', () => {
  const quiet = [{ since: day + 500, until: day + 10_000 }];
  // At 00:00:00.900, of which Shopify says 00:00:00.
  expect(of(day, { quiet })).toBe('sending_off');
  expect(of(day - 1000, { quiet })).toBe('');
  expect(of(day + 10_000, { quiet })).toBe('sending_off');
  expect(of(day + 11_000, { quiet })).toBe('');
  expect(of(day + 11_000, { quiet: [{ since: day + 500, until: null }] })).toBe('sending_off');
});
