import { expect, it } from 'vitest';
import { createStrangers } from './strangers.ts';

it('PRO-8: who locks jobs and was never listed is taken for dead after 15 s, and no sooner', () => {
  const strangers = createStrangers();
  expect(strangers(['one'], 0)).toEqual([]);
  expect(strangers(['one', 'two'], 5_000)).toEqual([]);
  expect(strangers(['one', 'two'], 15_000)).toEqual(['one']);
});

it('PRO-8: a process that was listed meanwhile starts anew', () => {
  const strangers = createStrangers();
  strangers(['one'], 0);
  expect(strangers([], 5_000)).toEqual([]);
  expect(strangers(['one'], 20_000)).toEqual([]);
});
