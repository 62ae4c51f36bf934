import { Prisma } from '@prisma/client';
import { judgeCancel, rateWindowDays } from '../domain/cancellation-rate.ts';
import type { ShopDomain } from '../domain/ids.ts';
import { addDays, dayAt, startOfDay } from '../domain/local-time.ts';
import type { RateCourse } from '../domain/rate-history.ts';
import { zoneOf } from '../domain/report-filter.ts';
import { readCancels } from './cancels.ts';
import type { Tx } from './client.ts';

/**
 * What the course of a marketplace's rate over the last `back` days is made of, in the marketplace's days. `now` in ms UTC.
 */
export async function rateCourse(
  tx: Tx,
  shop: ShopDomain,
  marketplaceId: string,
  { now, back }: { readonly now: number; readonly back: number },
): Promise<RateCourse> {
  const timeZone = zoneOf(marketplaceId);
  const windowDays = rateWindowDays(marketplaceId);
  const today = dayAt(now, timeZone);
  const since = new Date(startOfDay(addDays(today, 1 - back - windowDays), timeZone));
  const orders = await tx.$queryRaw<{ day: string; n: number }[]>`
    select ((o.amazon_created_at at time zone ${timeZone})::date)::text as day, count(*)::int as n from amazon_order o
    where o.shop = ${shop} and o.marketplace_id = ${marketplaceId} and o.state <> 'fba_view'
      and o.amazon_created_at >= ${since} and o.amazon_created_at <= ${new Date(now)}
    group by 1`;
  const here = Prisma.sql`o.marketplace_id = ${marketplaceId} and o.amazon_created_at >= ${since}`;
  const cancels = await readCancels(tx, shop, here);
  return {
    ...{ windowDays, today },
    orders: new Map(orders.map(({ day, n }) => [day, n])),
    counted: cancels
      .filter((one) => judgeCancel(one)[0] === 'counted')
      .map(({ createdAt, cancelledAt }) => ({
        made: dayAt(createdAt, timeZone),
        cancelled: dayAt(cancelledAt, timeZone),
      })),
  };
}
