import type { ShopDomain } from '../domain/ids.ts';
import type { Tx } from './client.ts';

/** How long something took: of how many cases, the middle one and the one that 95 % are below, in ms. */
export interface Lag {
  readonly n: number;
  readonly median: number;
  readonly most: number;
}

type Row = { readonly n: number; readonly median: number | null; readonly most: number | null };

const lagOf = (row: Row | undefined): Lag => ({
  n: row?.n ?? 0,
  median: row?.median ?? 0,
  most: row?.most ?? 0,
});

/**
 * How long after they were placed on Amazon orders stood in Shopify, of those that came in by themselves since then (ms UTC). The
 * time in which Amazon checks a payment is in it.
 */
export async function arrivalLag(tx: Tx, shop: ShopDomain, since: number): Promise<Lag> {
  const at = new Date(since);
  const [row] = await tx.$queryRaw<Row[]>`
    with x as (
      select extract(epoch from o.linked_at - o.amazon_created_at) * 1000 as ms from amazon_order o
      where o.shop = ${shop} and o.amazon_created_at >= ${at} and o.linked_at >= ${at} and o.wanted_at is null and not o.adopted)
    select count(*)::int as n, (percentile_disc(0.5) within group (order by ms))::float8 as median,
      (percentile_disc(0.95) within group (order by ms))::float8 as most from x`;
  return lagOf(row);
}

/** How long after they were first seen requests were held in Shopify, of those seen since then (ms UTC). */
export async function holdLag(tx: Tx, shop: ShopDomain, since: number): Promise<Lag> {
  const [row] = await tx.$queryRaw<Row[]>`
    with x as (
      select extract(epoch from min(c.ended_at) - r.requested_at) * 1000 as ms
      from request r join command c on c.shop = r.shop and c.amazon_order_id = r.amazon_order_id
        and c.kind = 'hold_order' and c.state in ('accepted', 'confirmed') and c.ended_at >= r.requested_at
      where r.shop = ${shop} and r.requested_at >= ${new Date(since)}
      group by r.amazon_order_id, r.n, r.requested_at)
    select count(*)::int as n, (percentile_disc(0.5) within group (order by ms))::float8 as median,
      (percentile_disc(0.95) within group (order by ms))::float8 as most from x`;
  return lagOf(row);
}

/** When something was last found different: a write that was answered, or a problem that ended (ms UTC); null: never. */
export async function lastDifference(tx: Tx, shop: ShopDomain): Promise<number | null> {
  const [row] = await tx.$queryRaw<{ at: Date | null }[]>`
    select greatest(
      (select max(c.ended_at) from command c where c.shop = ${shop}),
      (select max(p.closed_at) from problem p where p.shop = ${shop})) as at`;
  return row?.at?.getTime() ?? null;
}

/** When Shopify last told something, of the past three days (ms UTC); null: nothing. */
export async function lastWebhook(tx: Tx, shop: ShopDomain): Promise<number | null> {
  const [row] = await tx.$queryRaw<{ at: Date | null }[]>`
    select max(w.at) as at from seen_webhook w where w.shop = ${shop}`;
  return row?.at?.getTime() ?? null;
}

/** The next latest ship date of what still has to be shipped (ms UTC); null: there is none. */
export async function nextShipBy(tx: Tx, shop: ShopDomain, now: number): Promise<number | null> {
  const [row] = await tx.$queryRaw<{ at: Date | null }[]>`
    select min(o.ship_by) as at from amazon_order o
    where o.shop = ${shop} and o.ship_by >= ${new Date(now)} and o.amazon_status in ('unshipped', 'partially_shipped')`;
  return row?.at?.getTime() ?? null;
}
