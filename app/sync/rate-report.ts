import { countVerdicts, listCancels, type ListedCancel } from '../db/cancels.ts';
import type { Tx } from '../db/client.ts';
import type { ListPlace } from '../db/order-list.ts';
import { rateCourse } from '../db/rate-course.ts';
import { ratesOf } from '../db/rate.ts';
import { countMade, madeIn } from '../db/report-orders.ts';
import type { MarketplaceRate, Verdict } from '../domain/cancellation-rate.ts';
import type { ShopDomain } from '../domain/ids.ts';
import type { ReportFilter } from '../domain/report-filter.ts';
import { rateForecast, rateHistory, type RateDay } from '../domain/rate-history.ts';
import type { ReportFrameData } from './report-frame.ts';

const backDays = 30;
const aheadDays = 7;
const perPage = 50;

/** The course of one marketplace's rate. */
export interface CourseReport {
  readonly marketplaceId: string;
  readonly limitPercent: number;
  readonly history: readonly RateDay[];
  readonly forecast: readonly RateDay[];
}

/** The report of the cancellation rate (REP-4). */
export interface RateReport {
  /** The nearest to its limit first. */
  readonly rates: readonly MarketplaceRate[];
  /** Of the marketplace that is chosen, else of the one nearest to its limit; null: nothing was sold. */
  readonly course: CourseReport | null;
  readonly counts: Readonly<Record<Verdict, number>>;
  readonly cancels: readonly ListedCancel[];
  readonly next: ListPlace | null;
  readonly empty: boolean;
}

async function courseOf(
  tx: Tx,
  shop: ShopDomain,
  { marketplaceId, limitPercent, rate }: MarketplaceRate,
  now: number,
): Promise<CourseReport> {
  const course = await rateCourse(tx, shop, marketplaceId, { now, back: backDays });
  const history = rateHistory(course, backDays);
  // Today's is the rate that is shown everywhere, whose window goes by the hour.
  const today = { day: course.today, percent: rate && (rate.counted / rate.total) * 100 };
  return {
    ...{ marketplaceId, limitPercent },
    history: [...history.slice(0, -1), today],
    forecast: rateForecast(course, aheadDays),
  };
}

/** The rates of the chosen marketplace, else of all, the nearest to its limit first. */
async function chosenRates(
  tx: Tx,
  shop: ShopDomain,
  { marketplaceId }: ReportFilter,
  now: number,
): Promise<MarketplaceRate[]> {
  const rates = await ratesOf(tx, shop, now);
  return marketplaceId === null ? rates : rates.filter((one) => one.marketplaceId === marketplaceId);
}

/** The course of the rate that the report shows. */
export async function chosenCourse(
  tx: Tx,
  shop: ShopDomain,
  filter: ReportFilter,
  now: number,
): Promise<CourseReport | null> {
  const [first] = await chosenRates(tx, shop, filter, now);
  return first ? courseOf(tx, shop, first, now) : null;
}

/** Reads the report: the rates as they are now, and the cancels of the days that are asked for. */
export async function rateReport(
  tx: Tx,
  shop: ShopDomain,
  { filter, now }: ReportFrameData,
  list: { readonly verdict: Verdict | null; readonly after?: ListPlace | undefined },
): Promise<RateReport> {
  const where = madeIn(filter, now);
  const rates = await chosenRates(tx, shop, filter, now);
  const [first] = rates;
  const { rows, next } = await listCancels(tx, shop, where, { ...list, limit: perPage });
  return {
    rates,
    course: first ? await courseOf(tx, shop, first, now) : null,
    counts: await countVerdicts(tx, shop, where),
    cancels: rows,
    next,
    empty: rates.length === 0 && (await countMade(tx, shop, where)) === 0,
  };
}
