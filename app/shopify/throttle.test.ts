import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { now, setClock } from '../lib/clock.ts';
import { createThrottle } from './throttle.ts';

const start = Date.UTC(2026, 10, 21);
const at = (ms: number) => setClock(start + ms, 0);
beforeEach(() => at(0));
afterEach(() => setClock(Date.now(), 1));

describe('PRO-5: Shopify’s bucket of one shop', () => {
  it('gives what is there, then says when there will be enough', () => {
    const throttle = createThrottle();
    expect(throttle.take(1990)).toEqual({ ok: true });
    expect(throttle.take(10)).toEqual({ ok: true });
    expect(throttle.take(50)).toEqual({ ok: false, at: start + 500 });
    at(499);
    expect(throttle.take(50).ok).toBe(false);
    at(500);
    expect(throttle.take(50)).toEqual({ ok: true });
  });

  it('asking in vain takes nothing', () => {
    const throttle = createThrottle();
    throttle.take(2000);
    for (let i = 0; i < 10; i += 1) throttle.take(100);
    at(1000);
    expect(throttle.take(100)).toEqual({ ok: true });
  });

  it('never fills above its size', () => {
    const throttle = createThrottle();
    at(3_600_000);
    expect(throttle.take(2000)).toEqual({ ok: true });
    expect(throttle.take(1).ok).toBe(false);
  });

  it('learns what an answer says; what is reserved for others on the way stays reserved', () => {
    const throttle = createThrottle();
    throttle.take(1500);
    throttle.learn({ maximumAvailable: 2000, currentlyAvailable: 1990, restoreRate: 100 });
    expect(throttle.take(501).ok).toBe(false);
    throttle.learn({ maximumAvailable: 2000, currentlyAvailable: 0, restoreRate: 50 });
    expect(throttle.take(50)).toEqual({ ok: false, at: now() + 1000 });
  });

  it('grows with a larger plan', () => {
    const throttle = createThrottle();
    throttle.learn({ maximumAvailable: 20_000, currentlyAvailable: 19_990, restoreRate: 1000 });
    at(18_000);
    expect(throttle.take(19_000)).toEqual({ ok: true });
  });

  it('lets each who waits book a place behind the others, and forgets bookings that nobody needs', () => {
    const throttle = createThrottle();
    expect([throttle.book(600), throttle.book(600)]).toEqual([start + 6_000, start + 12_000]);
    throttle.shorten(2_000);
    expect(throttle.book(100)).toBe(start + 13_000);
    throttle.shorten(300);
    expect(throttle.book(100)).toBe(start + 4_000);
    at(10_000);
    expect(throttle.book(100)).toBe(start + 11_000);
  });

  it('keeps points back for who goes first, for a while', () => {
    const throttle = createThrottle();
    throttle.take(1_000);
    throttle.keep(600, start + 5_000);
    expect([throttle.has(400), throttle.has(401), throttle.has(1_000, 'own')]).toEqual([true, false, true]);
    // More than the bucket holds is never wanted.
    at(20_000);
    throttle.keep(1_900, start + 25_000);
    expect(throttle.has(650)).toBe(true);
    at(5_000);
    throttle.keep(0, 0);
    expect(throttle.has(1_000)).toBe(true);
  });

  it('takes a full bucket for room where more is wanted than it can ever hold', () => {
    const throttle = createThrottle();
    throttle.learn({ maximumAvailable: 1000, currentlyAvailable: 900, restoreRate: 50 });
    expect(throttle.has(1250)).toBe(false);
    at(2_000);
    expect(throttle.has(1250)).toBe(true);
  });
});
