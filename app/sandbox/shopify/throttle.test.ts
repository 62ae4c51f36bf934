import { expect, it } from 'vitest';
import { createThrottle } from './throttle.ts';

it('takes points, refuses what is not there, and fills by 100 a second up to 2000', () => {
  const throttle = createThrottle();
  expect(throttle.take('a', 1990, 0)).toMatchObject({ taken: true, status: { currentlyAvailable: 10 } });
  expect(throttle.take('a', 11, 0).taken).toBe(false);
  expect(throttle.take('b', 11, 0).taken).toBe(true);
  expect(throttle.take('a', 11, 10).taken).toBe(true);
  expect(throttle.giveBack('a', 90, 10).currentlyAvailable).toBe(90);
  expect(throttle.take('a', 0, 60_000).status.currentlyAvailable).toBe(2000);
});
