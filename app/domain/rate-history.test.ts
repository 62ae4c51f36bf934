import { expect, it } from 'vitest';
import { addDays } from './local-time.ts';
import { rateForecast, rateHistory, type RateCourse } from './rate-history.ts';

const today = '2026-11-22';
const back = (n: number) => addDays(today, -n);
/** Ten orders on each of 40 days, and cancels that count: so many days ago the order was made, and cancelled. */
const course = (...cancels: readonly (readonly [number, number])[]): RateCourse => ({
  orders: new Map(Array.from({ length: 40 }, (_, n) => [back(n), 10])),
  counted: cancels.map(([made, cancelled]) => ({ made: back(made), cancelled: back(cancelled) })),
  windowDays: 7,
  today,
});
const percents = (days: readonly { percent: number | null }[]) =>
  days.map(({ percent }) => (percent === null ? null : Math.round(percent * 100) / 100));

it('REP-4: a cancel counts from the day on which it was made, until its order leaves the window', () => {
  // Made on the 14th and cancelled on the 16th: its window ends with the 20th.
  const history = rateHistory(course([8, 6]), 9);
  expect(history.map(({ day }) => day)).toEqual(Array.from({ length: 9 }, (_, n) => back(8 - n)));
  expect(percents(history)).toEqual([0, 0, 1.43, 1.43, 1.43, 1.43, 1.43, 0, 0]);
});

it('REP-4: days without orders in their window have no rate', () => {
  const few = { ...course(), orders: new Map([[back(9), 3]]) };
  expect(percents(rateHistory(few, 5))).toEqual([0, 0, null, null, null]);
});

it('REP-4: ahead what counts leaves with its orders, and nothing new is guessed', () => {
  expect(percents(rateForecast(course([1, 0], [4, 4]), 7))).toEqual([2.86, 2.86, 1.43, 1.43, 1.43, 0, 0]);
});

it('REP-4: ahead orders come in as in the mean of 28 days, and today is not over yet', () => {
  const begun = course([0, 0]);
  const early = { ...begun, orders: new Map([...begun.orders, [today, 1]]) };
  expect(percents(rateForecast(early, 1))).toEqual([1.43]);
});

it('REP-4: below 40 orders there is no forecast', () => {
  const few = { ...course([1, 1]), orders: new Map([[back(1), 39]]) };
  expect(rateForecast(few, 7)).toEqual([]);
  expect(rateForecast({ ...few, orders: new Map([[back(1), 40]]) }, 7)).toHaveLength(7);
});
