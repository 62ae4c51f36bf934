import { Prisma } from '@prisma/client';
import type { StateKey } from '../domain/describe.ts';
import type { AmazonOrderId, ShopDomain } from '../domain/ids.ts';
import { marketplaces } from '../domain/marketplaces.ts';
import { currencyDecimals } from '../domain/money.ts';
import {
  statesOf,
  worstFirst,
  type OrderSort,
  type OrderViewName,
  type ShipByWord,
  type ValueRange,
} from '../domain/order-view.ts';
import { countLimit } from '../domain/request-tab.ts';
import type { Tx } from './client.ts';
import { stretchesOf, type OrderPlace } from './order-stretches.ts';

/** An order as the lists show it. Times in ms UTC, money in minor units of `currency`. */
export interface OrderRow {
  readonly amazonOrderId: string;
  readonly shopifyOrderId: string | null;
  readonly shopifyName: string | null;
  readonly marketplaceId: string | null;
  readonly amazonCreatedAt: number | null;
  readonly currency: string | null;
  readonly amazonTotal: number | null;
  readonly shopifyTotal: number | null;
  readonly shipBy: number | null;
  readonly amazonStatus: string | null;
  readonly shopifyStatus: string | null;
  readonly request: string;
  readonly state: string;
  readonly tone: string;
  readonly stateParams: Prisma.JsonValue;
  readonly lookedAt: number | null;
}

/** Where the next page of a list starts: the time (ms UTC) that its last row is sorted by, null for none, and its id. */
export interface ListPlace {
  readonly at: number | null;
  readonly id: string;
}

/** Which orders a list shows, and in which order. */
export interface OrderQuery {
  readonly sort: OrderSort;
  readonly view: OrderViewName;
  /** The beginning of an Amazon order id, or a whole Shopify name, SKU or tracking number. */
  readonly search?: string | undefined;
  readonly marketplaceId?: string | undefined;
  readonly state?: string | undefined;
  /** asked, none or unknown. */
  readonly request?: string | undefined;
  readonly shipBy?: ShipByWord | undefined;
  /** Amazon's name of a programme. */
  readonly programme?: string | undefined;
  /** What Amazon's total lies between, in each order's own currency. */
  readonly value?: ValueRange | undefined;
  /** Ship dates are compared with it, ms UTC. */
  readonly now: number;
}

const ms = (date: Date | null): number | null => date?.getTime() ?? null;
const units = (value: bigint | null): number | null => (value === null ? null : Number(value));

/** What the lists show of an order's row. */
export function toOrderRow(row: Omit<Prisma.OrderGetPayload<object>, 'remembered'>): OrderRow {
  return {
    amazonOrderId: row.amazonOrderId,
    shopifyOrderId: row.shopifyOrderId,
    shopifyName: row.shopifyName,
    marketplaceId: row.marketplaceId,
    amazonCreatedAt: ms(row.amazonCreatedAt),
    currency: row.currency,
    amazonTotal: units(row.amazonTotal),
    shopifyTotal: units(row.shopifyTotal),
    shipBy: ms(row.shipBy),
    amazonStatus: row.amazonStatus,
    shopifyStatus: row.shopifyStatus,
    request: row.request,
    state: row.state,
    tone: row.tone,
    stateParams: row.stateParams,
    lookedAt: ms(row.lookedAt),
  };
}

const all = (parts: readonly Prisma.Sql[]) => Prisma.join([...parts], ' and ');
const dayMs = 86_400_000;

/** The states that a list shows; null: any. */
function statesIn({ view, state }: OrderQuery): readonly string[] | null {
  const states = statesOf(view);
  if (state === undefined) return states;
  return states === null || states.some((each) => each === state) ? [state] : [];
}

/** Concord's own words to either side are where numbers of parcels are kept: what a person entered on both is not found. */
const found = (shop: ShopDomain, search: string) => Prisma.sql`(
  (o.amazon_order_id >= ${search} and o.amazon_order_id < ${`${search}\u{10FFFF}`})
  or o.shopify_name in (${search}, ${`#${search}`}) or o.skus @> array[${search}::text]
  or o.amazon_order_id in (select c.amazon_order_id from command c where c.shop = ${shop} and c.tracking = ${search}))`;

function toShip(word: ShipByWord, now: number): Prisma.Sql {
  const at = (ms: number) => Prisma.sql`${new Date(ms).toISOString()}::timestamptz`;
  const waits = Prisma.sql`o.amazon_status in ('pending', 'unshipped', 'partially_shipped')`;
  if (word === 'late') return Prisma.sql`${waits} and o.ship_by < ${at(now)}`;
  const until = now + (word === 'day' ? 1 : 3) * dayMs;
  return Prisma.sql`${waits} and o.ship_by >= ${at(now)} and o.ship_by < ${at(until)}`;
}

const wholeCurrencies = [...new Set(marketplaces.map(({ currency }) => currency))].filter(
  (currency) => currencyDecimals(currency) === 0,
);

function within({ from, to }: ValueRange): Prisma.Sql {
  const total = Prisma.sql`o.amazon_total / (case when o.currency = any(${wholeCurrencies}::text[]) then 1.0 else 100.0 end)`;
  return all([
    Prisma.sql`o.amazon_total is not null`,
    ...(from === null ? [] : [Prisma.sql`${total} >= ${from}::numeric`]),
    ...(to === null ? [] : [Prisma.sql`${total} <= ${to}::numeric`]),
  ]);
}

function filters(shop: ShopDomain, query: OrderQuery): Prisma.Sql {
  const { search, marketplaceId, request, shipBy, view } = query;
  const parts = [Prisma.sql`o.shop = ${shop} and o.amazon_created_at is not null`];
  const states = statesIn(query);
  if (states) parts.push(Prisma.sql`o.state = any(${states}::text[])`);
  if (view === 'held')
    parts.push(Prisma.sql`exists (select from request r where r.shop = o.shop and r.amazon_order_id = o.amazon_order_id
      and r.state in ('open', 'approved') and r.held in ('lines', 'whole'))`);
  if (marketplaceId) parts.push(Prisma.sql`o.marketplace_id = ${marketplaceId}`);
  if (request) parts.push(Prisma.sql`o.request = ${request}`);
  if (shipBy) parts.push(toShip(shipBy, query.now));
  if (query.programme) parts.push(Prisma.sql`o.programmes @> array[${query.programme}::text]`);
  if (query.value) parts.push(within(query.value));
  if (search) parts.push(found(shop, search));
  return all(parts);
}

interface Page {
  readonly limit: number;
  readonly after?: OrderPlace | undefined;
}

/** The statements for the ids of a page, in its order, and one more where there is a next page: each only where those before it gave too few. */
export function pageOfIds(shop: ShopDomain, query: OrderQuery, { limit, after }: Page): Prisma.Sql[] {
  const matches = filters(shop, query);
  return stretchesOf(query.sort, statesIn(query), after).flatMap((round) => {
    const stretches = round.map(({ where, keys, falling }, n) => {
      const by = Prisma.join(keys.map((key) => (falling ? Prisma.sql`${key} desc` : key)));
      return Prisma.sql`(select ${n}::int as stretch, row_number() over (order by ${by}) as place, o.amazon_order_id as id
        from amazon_order o where ${matches} and ${where} order by ${by} limit ${limit + 1})`;
    });
    // A state that the view has not leaves nothing to read.
    if (stretches.length === 0) return [];
    const all = Prisma.join(stretches, ' union all ');
    return [Prisma.sql`select x.id from (${all}) x order by x.stretch, x.place limit ${limit + 1}`];
  });
}

function placeOf(sort: OrderSort, row: OrderRow): OrderPlace {
  const id = row.amazonOrderId;
  switch (sort) {
    case 'newest':
    case 'oldest':
      return { at: row.amazonCreatedAt, id };
    case 'ship_by':
      return { at: row.shipBy, id };
    case 'total': {
      const { currency, amazonTotal } = row;
      return currency === null || amazonTotal === null
        ? { at: null, id }
        : { at: amazonTotal, group: currency, id };
    }
    case 'state':
      return { at: row.amazonCreatedAt, group: row.state, id };
  }
}

/** One page of the shop's orders, and where the next page starts. */
export async function listOrders(
  tx: Tx,
  shop: ShopDomain,
  query: OrderQuery,
  page: Page,
): Promise<{ rows: OrderRow[]; next: OrderPlace | null }> {
  const keys: { id: string }[] = [];
  for (const statement of pageOfIds(shop, query, page))
    if (keys.length <= page.limit) keys.push(...(await tx.$queryRaw<{ id: string }[]>(statement)));
  const ids = keys.slice(0, page.limit).map(({ id }) => id);
  const orders = await tx.order.findMany({
    where: { shop, amazonOrderId: { in: ids } },
    omit: { remembered: true },
  });
  const byId = new Map(orders.map((row) => [row.amazonOrderId, toOrderRow(row)]));
  const rows = ids.flatMap((id) => byId.get(id) ?? []);
  const last = rows.at(-1);
  return { rows, next: keys.length > page.limit && last ? placeOf(query.sort, last) : null };
}

/** How many orders a list has, at most `countLimit` and one. */
export async function countOrders(tx: Tx, shop: ShopDomain, query: OrderQuery): Promise<number> {
  const [row] = await tx.$queryRaw<{ n: number }[]>`
    select count(*)::int as n from (select from amazon_order o where ${filters(shop, query)} limit ${countLimit + 1}) x`;
  return row?.n ?? 0;
}

/** The states that orders of the shop are in, the worst first. Each costs one look into an index, however many orders there are. */
export async function statesInUse(tx: Tx, shop: ShopDomain): Promise<readonly StateKey[]> {
  const rows = await tx.$queryRaw<{ state: string }[]>`
    with recursive s as (
      (select state from amazon_order where shop = ${shop} order by state limit 1)
      union all
      select (select o.state from amazon_order o where o.shop = ${shop} and o.state > s.state order by o.state limit 1)
      from s where s.state is not null)
    select state from s where state is not null`;
  return worstFirst(rows.map(({ state }) => state));
}

/** One order of the shop; null where it is not known, or Amazon was never read. */
export async function orderRow(tx: Tx, shop: ShopDomain, id: AmazonOrderId): Promise<OrderRow | null> {
  const row = await tx.order.findUnique({ where: { shop_amazonOrderId: { shop, amazonOrderId: id } } });
  return row?.amazonCreatedAt ? toOrderRow(row) : null;
}

/** How many orders are in each state. */
export async function countByState(tx: Tx, shop: ShopDomain): Promise<{ state: string; count: number }[]> {
  const groups = await tx.order.groupBy({ by: ['state'], where: { shop }, _count: true });
  return groups.map((group) => ({ state: group.state, count: group._count }));
}
