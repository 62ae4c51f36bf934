import type { Tx } from '../db/client.ts';
import { reportMarketplaces } from '../db/report-orders.ts';
import type { ShopDomain } from '../domain/ids.ts';
import { columnDoctor, type ColumnFinding } from './column-doctor.ts';
import { readReportFilter, type ReportFilter } from '../domain/report-filter.ts';

/** What every report shows around its own figures. */
export interface ReportFrameData {
  readonly filter: ReportFilter;
  /** Where the shop sells, and what is chosen. */
  readonly marketplaces: readonly string[];
  /** What is to be said of the cancellation column of order reports; null: nothing. */
  readonly column: ColumnFinding | null;
  /** ms UTC. */
  readonly now: number;
}

/** The frame of the report that an address asks for. */
export async function reportFrame(
  tx: Tx,
  shop: ShopDomain,
  given: URLSearchParams,
  now: number,
): Promise<ReportFrameData> {
  const filter = readReportFilter(given);
  const seen = await reportMarketplaces(tx, shop);
  const { marketplaceId: chosen } = filter;
  return {
    ...{ filter, now, column: await columnDoctor(tx, shop) },
    marketplaces: chosen === null || seen.includes(chosen) ? seen : [...seen, chosen],
  };
}
