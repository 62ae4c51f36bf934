import { z } from 'zod';
import { ratesOf } from '../db/rate.ts';
import { planReportMail, reportMailDue } from '../db/shops.ts';
import type { Tx } from '../db/client.ts';
import { cancellers } from '../domain/cancellation-rate.ts';
import type { ShopDomain } from '../domain/ids.ts';
import { nextReportAt, reportMailDays } from '../domain/notice-timing.ts';
import { reasonCategories } from '../domain/reason-category.ts';
import { now } from '../lib/clock.ts';
import { reasonsReport } from '../sync/reasons-report.ts';
import { rateView } from '../ui/rate-view.ts';
import { mailToAll } from './mail-to-all.ts';
import type { NoticeShop } from './notice-shop.ts';
import { reportMoney, reportMoneyOf } from './report-money.ts';

const count = z.number();

/** The numbers of a mail of the reports, as they are kept with its deliveries. Rates in percent, as they were when it was made. */
export const reportNumbers = z.object({
  from: z.string(),
  to: z.string(),
  orders: count,
  reasons: z.array(z.object({ category: z.enum(reasonCategories), n: count })),
  cancellers: z.record(z.enum(cancellers), count),
  outstanding: z.object({ key: z.string(), asked: count, orders: count }).nullable(),
  rates: z.array(
    z.object({ storefront: z.string(), percent: count, counted: count, total: count, limit: count }),
  ),
  /** Null in mails that were written before they told of it. */
  money: reportMoney.nullable().default(null),
});
export type ReportNumbers = z.infer<typeof reportNumbers>;

/** What the reports tell of the days from one to another, of all marketplaces, each in its own days. */
async function numbersOf(
  tx: Tx,
  shop: ShopDomain,
  days: { readonly from: string; readonly to: string },
): Promise<ReportNumbers> {
  const report = await reasonsReport(tx, shop, { marketplaceId: null, period: days }, now());
  const rates = (await ratesOf(tx, shop, now())).map(rateView);
  return reportNumbers.parse({
    ...{ ...days, ...report },
    rates: rates.filter(({ percent }) => percent !== null),
    money: await reportMoneyOf(tx, shop, days),
  });
}

/** Writes the mail of the reports down for each address, where it is due, and plans the next one. A time without orders has none. */
export async function writeReportMail(tx: Tx, of: NoticeShop): Promise<void> {
  const { shop, notices, hours } = of;
  if (!(await reportMailDue(tx, shop, now()))) return;
  const { reports: rhythm } = notices;
  await planReportMail(tx, shop, nextReportAt(now(), rhythm, hours.timeZone));
  if (rhythm === 'off') return;
  await mailToAll(tx, of, 'report', async () => {
    const numbers = await numbersOf(tx, shop, reportMailDays(now(), rhythm, hours.timeZone));
    return numbers.orders === 0 ? null : numbers;
  });
}
