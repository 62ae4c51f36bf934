import { expect, it } from 'vitest';
import { findLost, searchedSince } from './lost-batch.ts';

const minute = 60_000;
const sentAt = Date.UTC(2026, 10, 23, 12);
const listed = (feedId: string, minutes: number) => ({ feedId, createdAt: sentAt + minutes * minute });
const found = (all: readonly ReturnType<typeof listed>[], after = minute, known: readonly string[] = []) =>
  findLost({ sentAt, now: sentAt + after }, all, new Set(known));

it('CAN-13: the one batch of Amazon’s that is not known is the one whose answer was lost', () => {
  expect(found([listed('1', -1), listed('2', 0)], minute, ['1'])).toEqual({ is: 'made', feedId: '2' });
  expect(found([listed('old', -30), listed('2', 0)])).toEqual({ is: 'made', feedId: '2' });
});

it('CAN-13: where none is there it may still appear, and after ten minutes was never made', () => {
  expect(found([listed('1', 0)], minute, ['1'])).toEqual({ is: 'open' });
  expect(found([], 10 * minute - 1)).toEqual({ is: 'open' });
  expect(found([], 10 * minute)).toEqual({ is: 'never' });
});

it('CAN-13: which of several is ours nobody can tell', () => {
  expect(found([listed('1', 0), listed('2', 1)])).toMatchObject({ is: 'unsure' });
});

it('CAN-13: with a clock that is minutes ahead ours stands there from before, and is not said to be never made', () => {
  const behind = listed('ours', -3);
  expect(behind.createdAt).toBeGreaterThan(searchedSince(sentAt));
  expect(found([behind])).toEqual({ is: 'open' });
  expect(found([behind], 10 * minute)).toMatchObject({ is: 'unsure' });
  expect(found([behind], 10 * minute, ['ours'])).toEqual({ is: 'never' });
});
