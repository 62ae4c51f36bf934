import { countCancellers } from '../db/cancels.ts';
import type { Tx } from '../db/client.ts';
import type { ListPlace } from '../db/order-list.ts';
import { countReasons, reasonGroups, responseTimes, type ResponseTimes } from '../db/reasons.ts';
import { countMade, madeIn } from '../db/report-orders.ts';
import type { Canceller } from '../domain/cancellation-rate.ts';
import type { ShopDomain } from '../domain/ids.ts';
import type { ReasonCategory } from '../domain/reason-category.ts';
import { standsOut, type ReasonGroup, type ReasonGrouping } from '../domain/reason-group.ts';
import type { ReportFilter } from '../domain/report-filter.ts';
import type { Services } from './services.ts';

const perPage = 50;
const perFilePage = 500;
/** Of so many SKUs with the most requests one may stand out. */
const looked = 200;

/** The report of the reasons (REP-7). */
export interface ReasonsReport {
  readonly orders: number;
  /** The most frequent first. */
  readonly reasons: readonly { readonly category: ReasonCategory; readonly n: number }[];
  readonly cancellers: Readonly<Record<Canceller, number>>;
  readonly times: readonly ResponseTimes[];
  readonly outstanding: ReasonGroup | null;
}

/** Reads what the report tells of all orders of the chosen days. `now` in ms UTC. */
export async function reasonsReport(
  tx: Tx,
  shop: ShopDomain,
  filter: ReportFilter,
  now: number,
): Promise<ReasonsReport> {
  const where = madeIn(filter, now);
  const orders = await countMade(tx, shop, where);
  const reasons = await countReasons(tx, shop, where);
  const asked = reasons.reduce((sum, { n }) => sum + n, 0);
  const skus = await reasonGroups(tx, shop, where, { by: 'sku', limit: looked });
  return {
    ...{ orders, reasons },
    cancellers: await countCancellers(tx, shop, where),
    times: await responseTimes(tx, shop, where),
    outstanding: standsOut(skus.rows, { orders, asked }),
  };
}

/** One page of the report's groups. */
export async function reasonsPage(
  tx: Tx,
  shop: ShopDomain,
  filter: ReportFilter,
  list: { readonly by: ReasonGrouping; readonly after?: ListPlace | undefined; readonly now: number },
): Promise<{ rows: ReasonGroup[]; next: ListPlace | null }> {
  const { by, after, now } = list;
  return reasonGroups(tx, shop, madeIn(filter, now), { by, after, limit: perPage });
}

/** All groups of the report, page by page. */
export async function* everyGroup(
  { db }: Pick<Services, 'db'>,
  shop: ShopDomain,
  filter: ReportFilter,
  { by, now }: { readonly by: ReasonGrouping; readonly now: number },
): AsyncGenerator<readonly ReasonGroup[]> {
  let after: ListPlace | null | undefined;
  do {
    const place = after ?? undefined;
    const { rows, next } = await db.forShop(shop, (tx) =>
      reasonGroups(tx, shop, madeIn(filter, now), { by, limit: perFilePage, after: place }),
    );
    if (rows.length > 0) yield rows;
    after = next;
  } while (after);
}
