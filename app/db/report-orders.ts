import { Prisma } from '@prisma/client';
import { marketplaces } from '../domain/marketplaces.ts';
import { reportZones, type ReportFilter, type ZoneDays } from '../domain/report-filter.ts';
import type { ShopDomain } from '../domain/ids.ts';
import type { Tx } from './client.ts';

const known = marketplaces.map(({ id }) => id);
/** Whether a column holds one of these marketplaces; null: none of those that are known. */
export const isOfZone = (column: Prisma.Sql, ids: ZoneDays['marketplaceIds']): Prisma.Sql =>
  ids === null
    ? Prisma.sql`(${column} is null or ${column} <> all(${known}::text[]))`
    : Prisma.sql`${column} = any(${[...ids]}::text[])`;
const time = (ms: number) => Prisma.sql`${new Date(ms).toISOString()}::timestamptz`;

/**
 * The condition that an order (`amazon_order o`) was made in the days of a report, each marketplace by its own calendar. The
 * first part is the widest of them, for the index. `now` in ms UTC.
 */
export function madeIn(filter: ReportFilter, now: number): Prisma.Sql {
  const zones = reportZones(filter, now);
  const each = zones.map(
    ({ marketplaceIds, from, until }) =>
      Prisma.sql`(${isOfZone(Prisma.sql`o.marketplace_id`, marketplaceIds)} and o.amazon_created_at >= ${time(from)} and o.amazon_created_at < ${time(until)})`,
  );
  const from = Math.min(...zones.map((zone) => zone.from));
  const until = Math.max(...zones.map((zone) => zone.until));
  return Prisma.sql`o.amazon_created_at >= ${time(from)} and o.amazon_created_at < ${time(until)}
    and (${Prisma.join(each, ' or ')})`;
}

/** So many of the newest orders tell where a shop sells. */
const newest = 5_000;

/** The marketplaces that a shop's newest orders are of. */
export async function reportMarketplaces(tx: Tx, shop: ShopDomain): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select distinct o.marketplace_id as id from (
      select marketplace_id from amazon_order where shop = ${shop} and amazon_created_at is not null
      order by amazon_created_at desc, amazon_order_id desc limit ${newest}) o
    where o.marketplace_id is not null order by id`;
  return rows.map(({ id }) => id);
}

/** How many orders fit; those that Amazon fulfils itself are none of a report's. */
export async function countMade(tx: Tx, shop: ShopDomain, where: Prisma.Sql): Promise<number> {
  const [row] = await tx.$queryRaw<{ n: number }[]>`
    select count(*)::int as n from amazon_order o where o.shop = ${shop} and o.state <> 'fba_view' and ${where}`;
  return row?.n ?? 0;
}
