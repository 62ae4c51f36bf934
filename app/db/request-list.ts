import { Prisma } from '@prisma/client';
import type { ShopDomain } from '../domain/ids.ts';
import type { ReasonCategory } from '../domain/reason-category.ts';
import { countLimit, requestTabs, type RequestTab } from '../domain/request-tab.ts';
import type { Vault } from '../lib/crypto.ts';
import type { Tx } from './client.ts';
import { toOrderRow, type ListPlace, type OrderRow } from './order-list.ts';
import { listedRequest, type ListedRequest } from './request-row.ts';
import { tabs } from './request-tabs.ts';

/** One row of the inbox; without a request in the tab of what is not known. */
export interface RequestRow {
  readonly order: OrderRow;
  readonly request: ListedRequest | null;
}

export interface RequestQuery {
  readonly tab: RequestTab;
  readonly limit: number;
  /** The last row of the page before. */
  readonly after?: ListPlace | undefined;
  /** The beginning of an Amazon order id, or a whole Shopify name or SKU. */
  readonly search?: string | undefined;
  readonly marketplaceId?: string | undefined;
  readonly category?: ReasonCategory | undefined;
  /** Only those that ask for every line of their order. */
  readonly allLines?: boolean | undefined;
}

const all = (parts: readonly Prisma.Sql[]) => Prisma.join([...parts], ' and ');

function filters(query: RequestQuery): Prisma.Sql[] {
  const { search, marketplaceId, category, allLines } = query;
  const parts: Prisma.Sql[] = [];
  if (search) {
    // A range, so that the key's index serves whatever the database's language is.
    parts.push(Prisma.sql`((o.amazon_order_id >= ${search} and o.amazon_order_id < ${`${search}\u{10FFFF}`})
      or o.shopify_name in (${search}, ${`#${search}`}) or o.skus @> array[${search}::text])`);
  }
  if (marketplaceId) parts.push(Prisma.sql`o.marketplace_id = ${marketplaceId}`);
  if (query.tab === 'unknown') return parts;
  if (category) parts.push(Prisma.sql`r.reason_category = ${category}`);
  if (allLines) parts.push(Prisma.sql`jsonb_array_length(r.lines) >= r.line_count`);
  return parts;
}

function beyond(tab: RequestTab, place: ListPlace): Prisma.Sql {
  const { at, id, newestFirst } = tabs[tab];
  if (place.at === null) return Prisma.sql`${at} is null and ${id} > ${place.id}`;
  const time = new Date(place.at);
  return newestFirst
    ? Prisma.sql`(${at} < ${time} or (${at} = ${time} and ${id} > ${place.id}))`
    : Prisma.sql`((${at}, ${id}) > (${time}, ${place.id}) or ${at} is null)`;
}

interface Key {
  readonly id: string;
  readonly n: number | null;
  readonly at: Date | null;
}

/** The keys of a page, in its order, and one more where there is a next page. Rows without a time come last. */
function keysOf(tx: Tx, shop: ShopDomain, query: RequestQuery): Promise<Key[]> {
  const { from, where, n, at, id, newestFirst } = tabs[query.tab];
  const after = query.after ? [beyond(query.tab, query.after)] : [];
  return tx.$queryRaw<Key[]>`
    select ${id} as id, ${n} as n, ${at} as at from ${from}
    where ${all([where(shop), ...filters(query), ...after])}
    order by ${at} ${newestFirst ? Prisma.sql`desc` : Prisma.sql`asc`}, ${id} limit ${query.limit + 1}`;
}

/**
 * One page of the inbox and where the next one starts: open ones by what runs out first, those that are over the newest
 * first. The buyers' words are opened for these rows only.
 */
export async function listRequests(
  tx: Tx,
  vault: Vault,
  shop: ShopDomain,
  query: RequestQuery,
): Promise<{ rows: RequestRow[]; next: ListPlace | null }> {
  const keys = await keysOf(tx, shop, query);
  const page = keys.slice(0, query.limit);
  const found = { shop, amazonOrderId: { in: page.map(({ id }) => id) } };
  const orders = new Map((await tx.order.findMany({ where: found })).map((row) => [row.amazonOrderId, row]));
  const requests = new Map(
    (await tx.request.findMany({ where: found })).map((row) => [`${row.amazonOrderId} ${row.n}`, row]),
  );
  const rows = page.flatMap(({ id, n }) => {
    const order = orders.get(id);
    const request = n === null ? undefined : requests.get(`${id} ${n}`);
    return order
      ? [{ order: toOrderRow(order), request: request ? listedRequest(vault, request) : null }]
      : [];
  });
  const last = page.at(-1);
  const more = keys.length > query.limit && last !== undefined;
  return { rows, next: more ? { at: last.at?.getTime() ?? null, id: last.id } : null };
}

/** How many rows each tab has, at most `countLimit` and one. */
export async function countRequests(tx: Tx, shop: ShopDomain): Promise<Record<RequestTab, number>> {
  const count = (tab: RequestTab) => Prisma.sql`(select count(*)::int from
    (select 1 from ${tabs[tab].from} where ${tabs[tab].where(shop)} limit ${countLimit + 1}) x) as ${Prisma.raw(`"${tab}"`)}`;
  const [counts] = await tx.$queryRaw<
    Record<RequestTab, number>[]
  >`select ${Prisma.join(requestTabs.map(count))}`;
  if (!counts) throw new Error('Counting gave nothing');
  return counts;
}

/** When the first of the open requests runs out, ms UTC; null where none has a time. */
export async function mostUrgent(tx: Tx, shop: ShopDomain): Promise<number | null> {
  const first = await tx.request.findFirst({
    where: { shop, state: 'open', runsOutAt: { not: null } },
    orderBy: [{ runsOutAt: 'asc' }, { amazonOrderId: 'asc' }],
    select: { runsOutAt: true },
  });
  return first?.runsOutAt?.getTime() ?? null;
}
