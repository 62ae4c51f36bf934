import { plainReports } from '../amazon/reports.ts';
import { newestReports, reportIdsTaken, startOrderReport, startReadyReport } from '../db/order-reports.ts';
import type { SellerRow } from '../db/sellers.ts';
import { ok, type Result } from '../domain/failure.ts';
import type { SellerId, ShopDomain } from '../domain/ids.ts';
import { now } from '../lib/clock.ts';
import { enqueueReport } from '../queue/enqueue.ts';
import type { Services } from './services.ts';

const dayMs = 86_400_000;
/** Between two documents: Amazon gives one a minute after a burst. */
const apartMs = 60_000;

/** Finds the settlements that Amazon made since then (ms UTC), and begins to take in those that were not taken before. */
export async function findSettlements(
  services: Services,
  shop: ShopDomain,
  seller: SellerRow,
  since: number,
): Promise<Result<{ readonly found: number; readonly begun: number }>> {
  const reportType = plainReports.settlement;
  const listed = await services.amazon(seller).findReports(reportType, since);
  if (!listed.ok) return listed;
  const made = listed.value.flatMap(({ state, reportId, documentId, dataUntil }) =>
    state === 'made' && documentId !== null ? [{ reportId, documentId, dataUntil }] : [],
  );
  const begun = await services.db.forShop(shop, async (tx) => {
    const ids = made.map(({ reportId }) => reportId);
    const taken = await reportIdsTaken(tx, shop, seller.sellerId, ids);
    const fresh = made.filter(({ reportId }) => !taken.has(reportId));
    for (const [at, one] of fresh.entries()) {
      const wish = { sellerId: seller.sellerId, reportType, ...one };
      const row = await startReadyReport(tx, shop, now(), wish);
      await enqueueReport(tx, shop, row.id, now() + at * apartMs);
    }
    return fresh.length;
  });
  return ok({ found: made.length, begun });
}

/** What is fetched by itself once a day, and how many days back: Amazon changes what it reported a while later too. */
const daily = [
  ['all_orders', 3],
  ['returns', 14],
  ['settlement', 45],
] as const;

/** Begins the day's reports of an account that has been connected for a day, each where none was begun within a day. */
export async function beginDailyReports(
  services: Services,
  shop: ShopDomain,
  seller: SellerRow,
): Promise<void> {
  const dayAgo = now() - dayMs;
  if (seller.connectedAt > dayAgo) return;
  await services.db.forShop(shop, async (tx) => {
    const newest = await newestReports(tx, shop, seller.sellerId);
    for (const [report, days] of daily) {
      const reportType = plainReports[report];
      if ((newest.get(reportType) ?? 0) > dayAgo) continue;
      const sellerId: SellerId = seller.sellerId;
      const row = await startOrderReport(tx, shop, now(), { sellerId, reportType, days });
      await enqueueReport(tx, shop, row.id, now());
    }
  });
}
