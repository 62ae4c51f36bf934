import { afterEach, expect, it, vi } from 'vitest';
import { inTime } from './in-time.ts';

afterEach(() => vi.restoreAllMocks());

it('PRO-3: time is over by the monotonic clock, whatever the wall clock says', () => {
  const begun = performance.now();
  const clock = vi.spyOn(performance, 'now').mockReturnValue(begun);
  const still = inTime(60_000);
  clock.mockReturnValue(begun + 59_999);
  expect(still()).toBe(true);
  clock.mockReturnValue(begun + 60_000);
  expect(still()).toBe(false);
});
