import { listCancels, type ListedCancel } from '../db/cancels.ts';
import type { ListPlace } from '../db/order-list.ts';
import { madeIn } from '../db/report-orders.ts';
import type { Verdict } from '../domain/cancellation-rate.ts';
import type { ShopDomain } from '../domain/ids.ts';
import type { ReportFilter } from '../domain/report-filter.ts';
import type { Services } from './services.ts';

const perPage = 500;

/** All cancelled orders of a report, page by page: no transaction is longer than a page, and no more than a page is in memory. */
export async function* everyCancel(
  { db }: Pick<Services, 'db'>,
  shop: ShopDomain,
  filter: ReportFilter,
  verdict: Verdict | null,
  now: number,
): AsyncGenerator<readonly ListedCancel[]> {
  let after: ListPlace | null | undefined;
  do {
    const place = after ?? undefined;
    const { rows, next } = await db.forShop(shop, (tx) =>
      listCancels(tx, shop, madeIn(filter, now), { verdict, limit: perPage, after: place }),
    );
    if (rows.length > 0) yield rows;
    after = next;
  } while (after);
}
