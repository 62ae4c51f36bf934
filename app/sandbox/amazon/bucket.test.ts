import { describe, expect, it } from 'vitest';
import { createBucket } from './bucket.ts';

const takeAll = (bucket: { take(now: number): boolean }, now: number, most = 100) => {
  let taken = 0;
  while (taken < most && bucket.take(now)) taken += 1;
  return taken;
};

describe('token bucket', () => {
  it('PRO-5: gives the burst at once, then one per restore time', () => {
    const bucket = createBucket({ rate: 0.0056, burst: 20 }, 0);
    expect(takeAll(bucket, 0)).toBe(20);
    expect(bucket.take(178_000)).toBe(false);
    expect(bucket.take(179_000)).toBe(true);
    expect(bucket.take(179_000)).toBe(false);
  });

  it('PRO-5: is never fuller than its burst', () => {
    const bucket = createBucket({ rate: 0.5, burst: 30 }, 0);
    expect(takeAll(bucket, 365 * 24 * 3600 * 1000)).toBe(30);
  });

  it('adds up fractions', () => {
    const bucket = createBucket({ rate: 0.1, burst: 1 }, 0);
    bucket.take(0);
    for (let second = 1; second < 10; second += 1) expect(bucket.take(second * 1000)).toBe(false);
    expect(bucket.take(10_000)).toBe(true);
  });

  it('neither fills nor empties when the clock jumps backwards', () => {
    const bucket = createBucket({ rate: 1, burst: 2 }, 1_000_000);
    expect(bucket.take(1_000_000)).toBe(true);
    expect(takeAll(bucket, 0)).toBe(1);
    expect(bucket.take(1000)).toBe(true);
  });
});
