import { describe, expect, it } from 'vitest';
import { gathers, gathersUntil, isMany, type Gathering } from './gather-batch.ts';

const now = Date.parse('2026-11-21T12:00:00Z');
const minute = 60_000;
const waiting = (changes: Partial<Gathering> = {}): Gathering => ({
  ...{ ready: 1, renewable: 0, stale: 0, soon: 0 },
  ...{ oldest: now - 10_000, oldestRenewable: null, ripeSince: now - 10_000 },
  ...changes,
});

describe('PRO-5: how long a batch is gathered', () => {
  it('a minute for few, and for many as long as Shopify’s points need to show them, at most a quarter of an hour', () => {
    const longest = (changes: Partial<Gathering>) =>
      gathersUntil(waiting({ ripeSince: now, ...changes }), null, now) - now;
    expect(longest({})).toBe(minute);
    expect(longest({ soon: 99 })).toBe(1.5 * minute);
    expect(longest({ stale: 499, soon: 500 })).toBe(15 * minute);
    expect(longest({ soon: 50_000 })).toBe(15 * minute);
  });

  it('counted from the last batch, so that what comes after it does not go one by one', () => {
    const since = waiting({ ripeSince: now - 10 * minute });
    expect(gathersUntil(since, null, now)).toBe(now - 9 * minute);
    expect(gathersUntil(since, now - 20 * minute, now)).toBe(now - 9 * minute);
    expect(gathersUntil(since, now - 10_000, now)).toBe(now + 50_000);
    expect(gathersUntil(waiting({ ripeSince: null }), null, now)).toBe(now + minute);
  });
});

describe('PRO-5: what a batch waits for', () => {
  const until = now + minute;

  it('nothing, where nothing more is on the way', () => {
    expect(gathers(waiting(), until, now)).toBe(false);
    expect(gathers(waiting({ ready: 500 }), until, now)).toBe(false);
  });

  it('proofs still to come, until the time is over', () => {
    for (const more of [{ soon: 1 }, { stale: 1 }, { renewable: 1, oldestRenewable: now - 5 * minute }]) {
      expect(gathers(waiting(more), until, now), JSON.stringify(more)).toBe(true);
      expect(gathers(waiting(more), now, now), JSON.stringify(more)).toBe(false);
    }
    expect(gathers(waiting({ ready: 0, oldest: null, soon: 1 }), now, now)).toBe(true);
  });

  it('not so long that a proof is lost; of many a list renews it, for longer', () => {
    expect(gathers(waiting({ soon: 1, oldest: now - 2 * minute }), until, now)).toBe(true);
    expect(gathers(waiting({ soon: 1, oldest: now - 2 * minute - 1 }), until, now)).toBe(false);
    const many = (oldest: number) =>
      waiting({ renewable: 30, soon: 1, oldestRenewable: oldest, oldest: now - 2 * minute - 1 });
    expect(isMany(many(now))).toBe(true);
    expect(gathers(many(now - 14 * minute), until, now)).toBe(true);
    expect(gathers(many(now - 14 * minute - 1), until, now)).toBe(false);
    // A list renews them all at once: nothing has to be waited for.
    expect(gathers(waiting({ ready: 0, renewable: 30, oldestRenewable: now }), until, now)).toBe(false);
  });
});
