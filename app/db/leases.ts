import type { Prisma } from '@prisma/client';
import {
  amazonOrderId,
  sellerId,
  shopifyOrderId,
  type AmazonOrderId,
  type SellerId,
  type ShopDomain,
} from '../domain/ids.ts';
import type { Link } from '../domain/shopify-order.ts';
import { recall, type Remembered } from '../domain/remembered.ts';
import type { Tx } from './client.ts';

/** How long a lease holds without being renewed, in real time. */
export const leaseSeconds = 15;

/** An order that this worker holds. `knocks` as it was when leased: a later one is not lost at release. */
export interface LeasedOrder {
  readonly amazonOrderId: AmazonOrderId;
  readonly sellerId: SellerId;
  readonly knocks: number;
  readonly link: Link;
  readonly failures: number;
  readonly wantedAt: number | null;
  readonly amazonUpdatedAt: number | null;
  readonly amazonHash: string | null;
  /** Knocks so far that asked for a look at Amazon; `lookAtAmazon`: one of them is not served yet. */
  readonly amazonKnocks: number;
  readonly lookAtAmazon: boolean;
  /** The newest of them, ms UTC. */
  readonly amazonNewsAt: number | null;
  /** What Amazon last said of it, while it is open. */
  readonly remembered: Remembered | null;
  /** It was put off until a service had room, and nothing was heard of it since. */
  readonly onlyWaited: boolean;
}

/** The columns that `toLeased` reads. */
export interface LeasedRow {
  amazon_order_id: string;
  seller_id: string;
  knocks: number;
  shopify_order_id: string | null;
  shopify_name: string | null;
  adopted: boolean;
  stock_taken: boolean;
  failures: number;
  wanted_at: Date | null;
  amazon_updated_at: Date | null;
  amazon_hash: string | null;
  amazon_knocks: number;
  amazon_served: number;
  amazon_news_at: Date | null;
  remembered: Prisma.JsonValue;
  due_reason: string | null;
}

/** A row as the loop knows it. */
export function toLeased(row: LeasedRow): LeasedOrder {
  const id = amazonOrderId(row.amazon_order_id);
  return {
    amazonOrderId: id,
    sellerId: sellerId(row.seller_id),
    knocks: row.knocks,
    link: {
      amazonOrderId: id,
      shopifyOrderId: row.shopify_order_id === null ? null : shopifyOrderId(row.shopify_order_id),
      shopifyName: row.shopify_name,
      adopted: row.adopted,
      stockTaken: row.stock_taken,
    },
    failures: row.failures,
    wantedAt: row.wanted_at?.getTime() ?? null,
    amazonUpdatedAt: row.amazon_updated_at?.getTime() ?? null,
    amazonHash: row.amazon_hash,
    amazonKnocks: row.amazon_knocks,
    lookAtAmazon: row.amazon_knocks > row.amazon_served,
    amazonNewsAt: row.amazon_news_at?.getTime() ?? null,
    remembered: recall(row.remembered),
    onlyWaited: row.due_reason === 'slot',
  };
}

/**
 * Leases up to `limit` orders of a shop that are due at `now` (ms UTC) and that nobody holds, the longest due first.
 * Expired leases count as free. Leases run in the database server's real time, which all workers share.
 */
export async function leaseDueOrders(
  tx: Tx,
  shop: ShopDomain,
  token: string,
  now: number,
  limit: number,
): Promise<LeasedOrder[]> {
  const rows = await tx.$queryRaw<LeasedRow[]>`
    with due as (
      select amazon_order_id from amazon_order
      where shop = ${shop} and due_at <= ${new Date(now)} and (lease_until is null or lease_until < clock_timestamp())
      order by due_at limit ${limit} for update skip locked)
    update amazon_order o
    set lease_until = clock_timestamp() + make_interval(secs => ${leaseSeconds}), lease_token = ${token}::uuid
    from due where o.shop = ${shop} and o.amazon_order_id = due.amazon_order_id
    returning o.amazon_order_id, o.seller_id, o.knocks, o.shopify_order_id, o.shopify_name, o.adopted, o.failures,
      o.wanted_at, o.amazon_updated_at, o.amazon_hash, o.amazon_knocks, o.amazon_served, o.amazon_news_at, o.remembered, o.stock_taken, o.due_reason`;
  return rows.map(toLeased);
}

/** How many orders of a shop `leaseDueOrders` would lease now. */
export async function countDueOrders(tx: Tx, shop: ShopDomain, now: number, limit: number): Promise<number> {
  const [row] = await tx.$queryRaw<{ n: number }[]>`
    select count(*)::int as n from (
      select from amazon_order
      where shop = ${shop} and due_at <= ${new Date(now)} and (lease_until is null or lease_until < clock_timestamp())
      limit ${limit}) due`;
  return row?.n ?? 0;
}

/** How many orders of a shop wait after `now` (ms UTC) until a service has room. */
export async function countWaitingForRoom(tx: Tx, shop: ShopDomain, now: number): Promise<number> {
  return tx.order.count({ where: { shop, dueAt: { gt: new Date(now) }, dueReason: 'slot' } });
}

/**
 * Puts up to `limit` orders that are due at `now` off to `at` (both ms UTC), since a service has no room before; the
 * longest due come first. A knock that comes meanwhile makes its order due at once again.
 */
export async function postponeDueOrders(
  tx: Tx,
  shop: ShopDomain,
  now: number,
  limit: number,
  at: number,
): Promise<number> {
  return tx.$executeRaw`
    with due as (
      select amazon_order_id from amazon_order
      where shop = ${shop} and due_at <= ${new Date(now)} and (lease_until is null or lease_until < clock_timestamp())
      order by due_at limit ${limit} for update skip locked)
    update amazon_order o set due_at = ${new Date(at)}, due_reason = 'slot'
    from due where o.shop = ${shop} and o.amazon_order_id = due.amazon_order_id`;
}

/**
 * Renews the leases that a token still holds of these orders, and answers how many. By their ids: nothing else leads to
 * them without reading all orders of the shop. Locks rows in the order of their ids.
 */
export async function renewLeases(
  tx: Tx,
  shop: ShopDomain,
  token: string,
  ids: readonly AmazonOrderId[],
): Promise<number> {
  return tx.$executeRaw`
    with held as (
      select amazon_order_id from amazon_order
      where shop = ${shop} and amazon_order_id = any(${ids}::text[]) and lease_token = ${token}::uuid
      order by amazon_order_id for update)
    update amazon_order o set lease_until = clock_timestamp() + make_interval(secs => ${leaseSeconds})
    from held where o.shop = ${shop} and o.amazon_order_id = held.amazon_order_id and o.lease_token = ${token}::uuid`;
}

/** An order as a page of Amazon's gave it. Times in ms UTC. */
export interface SeenOrder {
  readonly id: AmazonOrderId;
  readonly updatedAt: number;
  readonly createdAt: number;
  readonly marketplaceId: string | null;
  readonly hash: string;
}

/**
 * Takes a page of orders in: new ones get a row, changed ones a knock, and all that nobody else holds are leased to
 * `token` at once, so that the page in hand can be worked on. Orders that are as they were and not due are left alone,
 * unless a person wanted them. Where the page is older than what is known it is no news, and is not worked on. An order
 * that was knocked after the page was asked for (`askedAt`, ms UTC), due before or not, stays due and is read anew: the
 * page may be older than the knock.
 * Rows are touched in the order of their ids: knocks in opposite order cannot deadlock.
 */
export async function receiveOrders(
  tx: Tx,
  shop: ShopDomain,
  seller: SellerId,
  token: string,
  now: number,
  seen: readonly SeenOrder[],
  askedAt: number,
  wanted: boolean,
): Promise<LeasedOrder[]> {
  const rows = await tx.$queryRaw<(LeasedRow & { mine: boolean | null })[]>`
    with page as materialized (
      select distinct on (x.id) x.*, to_timestamp(x."updatedAt" / 1000.0) as updated
      from jsonb_to_recordset(${JSON.stringify(seen)}::jsonb)
        as x(id text, "updatedAt" float8, "createdAt" float8, "marketplaceId" text, hash text)
      order by x.id, x."updatedAt" desc)
    insert into amazon_order as o (shop, amazon_order_id, seller_id, due_at, knocks, lease_until, lease_token,
      amazon_created_at, marketplace_id, wanted_at)
    select ${shop}, x.id, ${seller}, ${new Date(now)}, 1, clock_timestamp() + make_interval(secs => ${leaseSeconds}),
      ${token}::uuid, to_timestamp(x."createdAt" / 1000.0), x."marketplaceId",
      ${wanted ? new Date(now) : null}::timestamptz
    from page x order by x.id
    on conflict (shop, amazon_order_id) do update set
      knocks = o.knocks + 1,
      amazon_knocks = o.amazon_knocks + 1,
      amazon_changed_at = greatest(o.amazon_changed_at, ${new Date(askedAt)}),
      due_at = least(o.due_at, excluded.due_at),
      due_reason = null,
      wanted_at = coalesce(excluded.wanted_at, o.wanted_at),
      (lease_until, lease_token, amazon_news_at) = (
        select
          case when kept then o.lease_until else excluded.lease_until end,
          case when kept then o.lease_token else excluded.lease_token end,
          -- Whoever works on it began to read before this page: that does not serve it.
          case when kept then greatest(o.amazon_news_at, ${new Date(askedAt)}) else o.amazon_news_at end
        from (
          select coalesce(o.lease_until >= clock_timestamp(), false) or coalesce(o.due_at <= excluded.due_at and o.due_at >= ${new Date(askedAt)}, false)
            or coalesce(o.due_at is not null and o.amazon_news_at <= excluded.due_at and o.amazon_news_at >= ${new Date(askedAt)}, false)
            or coalesce(o.due_at is not null and o.wanted_at >= ${new Date(askedAt)}, false)
            or coalesce(o.amazon_updated_at > y.updated, false) as kept
          from page y where y.id = o.amazon_order_id) k)
    where ${wanted} or o.due_at is not null or exists (
      select from page y where y.id = o.amazon_order_id and o.amazon_hash is distinct from y.hash
        and (o.amazon_updated_at is null or o.amazon_updated_at <= y.updated))
    returning o.amazon_order_id, o.seller_id, o.knocks, o.shopify_order_id, o.shopify_name, o.adopted, o.failures,
      o.wanted_at, o.amazon_updated_at, o.amazon_hash, o.amazon_knocks, o.amazon_served, o.amazon_news_at, o.remembered, o.stock_taken, o.due_reason, o.lease_token = ${token}::uuid as mine`;
  return rows.filter((row) => row.mine).map(toLeased);
}

/**
 * How an order is knocked: `wanted` by a person, or by news of one side only (both, where nothing is said). `news: false`: nobody
 * said that something changed; what was read merely became too old.
 */
export interface KnockOptions {
  readonly wanted?: boolean;
  readonly side?: 'shopify';
  readonly news?: false;
}

/**
 * Makes orders due at `at` (ms UTC), or earlier where they were already: nothing else. Unknown ids get a row when their
 * seller is known. Locks rows in the order of their ids.
 */
export async function knockOrders(
  tx: Tx,
  shop: ShopDomain,
  seller: SellerId,
  ids: readonly AmazonOrderId[],
  at: number,
  { wanted = false, side, news }: KnockOptions = {},
): Promise<void> {
  const sorted = [...new Set(ids)].sort();
  const changedAt = side === 'shopify' || news === false ? null : new Date(at);
  const shopifyChangedAt = news === false ? null : new Date(at);
  await tx.$executeRaw`
    insert into amazon_order as o (shop, amazon_order_id, seller_id, due_at, knocks, amazon_news_at, amazon_changed_at,
      shopify_changed_at, wanted_at)
    select ${shop}, id, ${seller}, ${new Date(at)}, 1, ${side === 'shopify' ? null : new Date(at)}::timestamptz,
      ${changedAt}::timestamptz, ${shopifyChangedAt}::timestamptz, ${wanted ? new Date(at) : null}::timestamptz
    from unnest(${sorted}::text[]) as id order by id
    on conflict (shop, amazon_order_id) do update set
      knocks = o.knocks + 1, due_at = least(o.due_at, excluded.due_at), due_reason = null,
      amazon_knocks = o.amazon_knocks + ${side === 'shopify' ? 0 : 1},
      amazon_news_at = greatest(o.amazon_news_at, excluded.amazon_news_at),
      amazon_changed_at = greatest(o.amazon_changed_at, excluded.amazon_changed_at),
      shopify_changed_at = greatest(o.shopify_changed_at, excluded.shopify_changed_at),
      wanted_at = coalesce(excluded.wanted_at, o.wanted_at)`;
}

/** Those of the orders of which nobody said that Amazon changed something after its last word of them began (`readAt`, ms UTC). */
export async function unchangedSince(
  tx: Tx,
  shop: ShopDomain,
  readAt: ReadonlyMap<AmazonOrderId, number>,
): Promise<ReadonlySet<AmazonOrderId>> {
  const rows = await tx.order.findMany({
    where: { shop, amazonOrderId: { in: [...readAt.keys()] } },
    select: { amazonOrderId: true, amazonChangedAt: true },
  });
  const still = rows.filter(({ amazonOrderId: id, amazonChangedAt: at }) => {
    const since = readAt.get(amazonOrderId(id));
    return since !== undefined && (at === null || at.getTime() <= since);
  });
  return new Set(still.map((row) => amazonOrderId(row.amazonOrderId)));
}
