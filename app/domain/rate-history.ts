import { addDays } from './local-time.ts';

/** A cancel that counts, by the marketplace's days (`2026-11-22`) of the order and of the cancel. */
interface CountedDays {
  readonly made: string;
  readonly cancelled: string;
}

/** What the course of a marketplace's rate is made of. */
export interface RateCourse {
  /** How many seller-fulfilled orders were made, by day; a day that is left out has none. */
  readonly orders: ReadonlyMap<string, number>;
  readonly counted: readonly CountedDays[];
  readonly windowDays: number;
  readonly today: string;
}

/** The rate at the end of a day, in percent; null: there were no orders in its window. */
export interface RateDay {
  readonly day: string;
  readonly percent: number | null;
}

/** From so many orders in its window on a rate is worth a forecast. */
const enough = 40;
/** The forecast takes orders to come in as they did in so many days. */
const meanOverDays = 28;

const daysFrom = (first: string, count: number): string[] =>
  Array.from({ length: count }, (_, n) => addDays(first, n));

const sum = (values: readonly number[]): number => values.reduce((all, each) => all + each, 0);

function rateAt(
  day: string,
  windowDays: number,
  ordersOn: (day: string) => number,
  counts: (made: string) => number,
): RateDay {
  const window = daysFrom(addDays(day, 1 - windowDays), windowDays);
  const total = sum(window.map(ordersOn));
  const counted = sum(window.map(counts));
  return { day, percent: total === 0 ? null : (Math.min(counted, total) / total) * 100 };
}

/** The rate at the end of each of the last `back` days, today the last: a cancel counts from the day on which it was made. */
export function rateHistory({ orders, counted, windowDays, today }: RateCourse, back: number): RateDay[] {
  return daysFrom(addDays(today, 1 - back), back).map((day) => {
    const until = Map.groupBy(
      counted.filter(({ cancelled }) => cancelled <= day),
      ({ made }) => made,
    );
    return rateAt(
      day,
      windowDays,
      (each) => orders.get(each) ?? 0,
      (made) => until.get(made)?.length ?? 0,
    );
  });
}

/**
 * The rate of the next `ahead` days if nothing more is cancelled: orders come in as in the mean of the last 28 days, and what
 * counts now leaves with its orders. Empty where the window has too few orders to say anything.
 */
export function rateForecast({ orders, counted, windowDays, today }: RateCourse, ahead: number): RateDay[] {
  const now = daysFrom(addDays(today, 1 - windowDays), windowDays);
  if (sum(now.map((day) => orders.get(day) ?? 0)) < enough) return [];
  const mean =
    sum(daysFrom(addDays(today, -meanOverDays), meanOverDays).map((day) => orders.get(day) ?? 0)) /
    meanOverDays;
  const made = Map.groupBy(counted, (one) => one.made);
  return daysFrom(addDays(today, 1), ahead).map((day) =>
    rateAt(
      day,
      windowDays,
      // Today is not over yet.
      (each) =>
        each > today
          ? mean
          : each === today
            ? Math.max(mean, orders.get(each) ?? 0)
            : (orders.get(each) ?? 0),
      (each) => made.get(each)?.length ?? 0,
    ),
  );
}
