import { Prisma } from '@prisma/client';
import { z } from 'zod';
import type { ShopDomain } from '../domain/ids.ts';
import { marketplaces } from '../domain/marketplaces.ts';
import { reasonCategories, type ReasonCategory } from '../domain/reason-category.ts';
import type { ReasonGroup, ReasonGrouping } from '../domain/reason-group.ts';
import { zoneOf } from '../domain/report-filter.ts';
import type { Tx } from './client.ts';
import type { ListPlace } from './order-list.ts';

/**
 * Seller-fulfilled orders (`o`) that fit `where`, and the last wish to cancel of each that has one (`r`): whether it came by the
 * account or by a message.
 */
const asked = (shop: ShopDomain, where: Prisma.Sql) => Prisma.sql`
  o as materialized (select o.amazon_order_id as id, o.marketplace_id as marketplace, o.skus, o.amazon_created_at as created
    from amazon_order o where o.shop = ${shop} and o.state <> 'fba_view' and o.marketplace_id is not null and ${where}),
  r as materialized (select distinct on (r.amazon_order_id) r.amazon_order_id as id, r.reason_category as category, r.lines,
      r.requested_at as requested, r.closed_at as closed
    from request r join o on o.id = r.amazon_order_id where r.shop = ${shop} order by r.amazon_order_id, r.n desc)`;

const category = z.enum(reasonCategories).catch('other');

/** How many buyers asked to cancel, by their reason, the most frequent first. */
export async function countReasons(
  tx: Tx,
  shop: ShopDomain,
  where: Prisma.Sql,
): Promise<{ category: ReasonCategory; n: number }[]> {
  const rows = await tx.$queryRaw<{ category: string; n: number }[]>`
    with ${asked(shop, where)} select category, count(*)::int as n from r group by 1 order by 2 desc, 1`;
  return rows.map((row) => ({ category: category.parse(row.category), n: row.n }));
}

/** How fast requests were answered in a marketplace: medians in ms, null where there is nothing to tell of. */
export interface ResponseTimes {
  readonly marketplaceId: string;
  readonly asked: number;
  readonly decided: number;
  readonly closed: number;
  readonly toDecision: number | null;
  readonly toOutcome: number | null;
  readonly whole: number | null;
}

/**
 * Response times by marketplace: from the first sight of a request to the decision that stands, from there to what both sides
 * show, and the whole. What was decided outside the app has no decision here, and only the whole is known.
 */
export async function responseTimes(tx: Tx, shop: ShopDomain, where: Prisma.Sql): Promise<ResponseTimes[]> {
  const median = (span: Prisma.Sql) =>
    Prisma.sql`percentile_cont(0.5) within group (order by extract(epoch from ${span}) * 1000)::float8`;
  return tx.$queryRaw<ResponseTimes[]>`
    with ${asked(shop, where)}, x as (
      select o.marketplace, r.requested, r.closed, (select min(c.at) from choice c where c.shop = ${shop} and c.amazon_order_id = r.id
        and c.kind in ('cancel', 'cancel_lines', 'decline') and c.state in ('open', 'done') and c.at >= r.requested) as decided
      from r join o on o.id = r.id)
    select marketplace as "marketplaceId", count(*)::int as asked, count(decided)::int as decided, count(closed)::int as closed,
      ${median(Prisma.sql`decided - requested`)} as "toDecision",
      ${median(Prisma.sql`case when closed >= decided then closed - decided end`)} as "toOutcome",
      ${median(Prisma.sql`closed - requested`)} as whole
    from x group by 1 order by 2 desc, 1`;
}

const zones = JSON.stringify(Object.fromEntries(marketplaces.map(({ id }) => [id, zoneOf(id)])));

/** The key of each order's groups, and whether its request is one of the group's. */
const keys: Readonly<
  Record<ReasonGrouping, { readonly from: Prisma.Sql; readonly key: Prisma.Sql; readonly is: Prisma.Sql }>
> = {
  sku: {
    from: Prisma.sql`cross join lateral unnest(o.skus) as k(sku)`,
    key: Prisma.sql`k.sku`,
    is: Prisma.sql`r.lines @> jsonb_build_array(jsonb_build_object('sku', k.sku))`,
  },
  market: { from: Prisma.empty, key: Prisma.sql`o.marketplace`, is: Prisma.sql`true` },
  week: {
    from: Prisma.sql`left join jsonb_each_text(${zones}::jsonb) as z on z.key = o.marketplace`,
    key: Prisma.sql`(date_trunc('week', o.created at time zone coalesce(z.value, 'UTC'))::date)::text`,
    is: Prisma.sql`true`,
  },
};

interface GroupRow {
  readonly key: string;
  readonly orders: number;
  readonly asked: number;
  readonly top: string | null;
  readonly first: string;
  readonly last: string;
  readonly medianMs: number | null;
}

/** What narrows and orders groups. */
interface GroupQuery {
  readonly by: ReasonGrouping;
  readonly limit: number;
  readonly after?: ListPlace | undefined;
}

/** The condition for what comes behind a group: weeks go back in time, all else from most requests to fewest. */
function behind(by: ReasonGrouping, after: ListPlace | undefined): Prisma.Sql {
  if (!after) return Prisma.sql`true`;
  if (by === 'week') return Prisma.sql`key < ${after.id}`;
  return Prisma.sql`(asked < ${after.at ?? 0} or (asked = ${after.at ?? 0} and key > ${after.id}))`;
}

/** One page of groups, and where the next one starts (`at`: its requests). Every order counts once in each of its groups. */
export async function reasonGroups(
  tx: Tx,
  shop: ShopDomain,
  where: Prisma.Sql,
  { by, limit, after }: GroupQuery,
): Promise<{ rows: ReasonGroup[]; next: ListPlace | null }> {
  const { from, key, is } = keys[by];
  const order = by === 'week' ? Prisma.sql`key desc` : Prisma.sql`asked desc, key`;
  const found = await tx.$queryRaw<GroupRow[]>`
    with ${asked(shop, where)}, x as (
      select ${key} as key, o.marketplace, r.category, r.closed - r.requested as took, coalesce(r.id is not null and ${is}, false) as mine
      from o ${from} left join r on r.id = o.id),
    g as (
      select key, count(*)::int as orders, (count(*) filter (where mine))::int as asked,
        mode() within group (order by category) filter (where mine) as top, min(marketplace) as first, max(marketplace) as last,
        (percentile_cont(0.5) within group (order by extract(epoch from took) * 1000) filter (where mine))::float8 as "medianMs"
      from x group by key)
    select * from g where ${behind(by, after)} order by ${order} limit ${limit + 1}`;
  const rows = found.slice(0, limit).map(({ top, first, last, ...row }): ReasonGroup => ({
    ...row,
    top: top === null ? null : category.parse(top),
    marketplaceId: first === last ? first : null,
  }));
  const end = rows.at(-1);
  return { rows, next: found.length > limit && end ? { at: end.asked, id: end.key } : null };
}
