import type { Prisma } from '@prisma/client';
import type { ShopDomain } from '../domain/ids.ts';
import type { KeptKind } from '../domain/kept-kind.ts';
import { parseMoney, sum, type Money } from '../domain/money.ts';
import type { Tx } from './client.ts';
import type { ListPlace } from './order-list.ts';

/** Something that is kept back from Amazon, for a list. Times in ms UTC. */
export interface KeptRow {
  /** The problem that stands for it. */
  readonly id: string;
  readonly amazonOrderId: string;
  readonly shopifyName: string | null;
  /** Amazon's status as it was last read. */
  readonly amazonStatus: string | null;
  readonly shipBy: number | null;
  readonly happenedAt: number;
  /** Why it is kept back: before_installation, too_old or sending_off. */
  readonly why: string;
  readonly params: Prisma.JsonValue;
}

type Row = Omit<KeptRow, 'happenedAt' | 'shipBy'> & {
  readonly happenedAt: Date;
  readonly shipBy: Date | null;
};

const keyOf: Record<KeptKind, string> = { shipment: 'fulfillment:%', cancel: 'cancel', refund: 'refund:%' };

/** What is kept back of one kind, the oldest deed first (CAN-12). */
export async function keptBack(
  tx: Tx,
  shop: ShopDomain,
  {
    kind,
    limit,
    after,
  }: { readonly kind: KeptKind; readonly limit: number; readonly after?: ListPlace | undefined },
): Promise<{ rows: KeptRow[]; next: ListPlace | null }> {
  const { at, id } = { at: null, id: null, ...after };
  const found = await tx.$queryRaw<Row[]>`
    select p.id::text, p.amazon_order_id as "amazonOrderId", o.shopify_name as "shopifyName", o.amazon_status as "amazonStatus",
      o.ship_by as "shipBy", f.happened_at as "happenedAt", f.quarantine as why, p.params
    from problem p
    join shopify_fact f on f.shop = p.shop and f.amazon_order_id = p.amazon_order_id and f.key = p.subject
    join amazon_order o on o.shop = p.shop and o.amazon_order_id = p.amazon_order_id
    where p.shop = ${shop} and p.open_key is not null and p.kind = 'quarantined' and p.subject like ${keyOf[kind]}
      and (${at}::float8 is null or (f.happened_at, p.id) > (to_timestamp(${at}::float8 / 1000.0), ${id}::uuid))
    order by f.happened_at, p.id limit ${limit + 1}`;
  const rows = found.slice(0, limit).map((row) => ({
    ...row,
    happenedAt: row.happenedAt.getTime(),
    shipBy: row.shipBy?.getTime() ?? null,
  }));
  const last = rows.at(-1);
  return { rows, next: found.length > limit && last ? { at: last.happenedAt, id: last.id } : null };
}

/** How much is kept back. Money in minor units, per currency. */
export interface KeptTotals {
  readonly count: Readonly<Record<KeptKind, number>>;
  /** Shipments that Amazon would still have in time. */
  readonly inTime: number;
  /** When the oldest and the newest of it was done, ms UTC; null: nothing is kept back. */
  readonly from: number | null;
  readonly to: number | null;
  /** What the refunds come to, per currency. */
  readonly refunds: readonly Money[];
}

/** Counts what is kept back, by kind. `now` in ms UTC. */
export async function countKept(tx: Tx, shop: ShopDomain, now: number): Promise<KeptTotals> {
  const rows = await tx.$queryRaw<
    {
      kind: KeptKind;
      amount: string | null;
      currency: string | null;
      n: number;
      inTime: number;
      from: Date;
      to: Date;
    }[]
  >`
    select case when p.subject = 'cancel' then 'cancel' when p.subject like 'refund:%' then 'refund' else 'shipment' end as kind,
      p.params->>'amount' as amount, p.params->>'currency' as currency, count(*)::int as n,
      (count(*) filter (where o.ship_by >= ${new Date(now)} and p.subject like 'fulfillment:%'))::int as "inTime",
      min(f.happened_at) as "from", max(f.happened_at) as "to"
    from problem p
    join shopify_fact f on f.shop = p.shop and f.amazon_order_id = p.amazon_order_id and f.key = p.subject
    join amazon_order o on o.shop = p.shop and o.amazon_order_id = p.amazon_order_id
    where p.shop = ${shop} and p.open_key is not null and p.kind = 'quarantined'
    group by 1, 2, 3`;
  const count = { shipment: 0, cancel: 0, refund: 0 };
  for (const { kind, n } of rows) count[kind] += n;
  const refunded = rows.flatMap(({ amount, currency, n }) => {
    const read = amount === null || currency === null ? null : parseMoney(amount, currency);
    return read ? [{ amount: read.money.amount * n, currency: read.money.currency }] : [];
  });
  const times = (pick: 'from' | 'to') => rows.map((row) => row[pick].getTime());
  return {
    count,
    inTime: rows.reduce((all, row) => all + row.inTime, 0),
    from: rows.length === 0 ? null : Math.min(...times('from')),
    to: rows.length === 0 ? null : Math.max(...times('to')),
    refunds: [...Map.groupBy(refunded, ({ currency }) => currency)].map(([currency, all]) =>
      sum(currency, all),
    ),
  };
}

/** What was left as it is on Amazon in the last 30 days, and can be brought back. Times in ms UTC. */
export interface DroppedRow {
  /** The choice that left it. */
  readonly id: string;
  readonly amazonOrderId: string;
  readonly shopifyName: string | null;
  readonly kind: KeptKind;
  readonly happenedAt: number;
  readonly droppedAt: number;
}

const backDays = 30;

/** What a person left as it is, the last one first, at most 50. `now` in ms UTC. */
export async function dropped(tx: Tx, shop: ShopDomain, now: number): Promise<DroppedRow[]> {
  const since = new Date(now - backDays * 24 * 3_600_000);
  const rows = await tx.$queryRaw<
    (Omit<DroppedRow, 'happenedAt' | 'droppedAt'> & { happenedAt: Date; droppedAt: Date })[]
  >`
    select c.id::text, c.amazon_order_id as "amazonOrderId", o.shopify_name as "shopifyName", f.happened_at as "happenedAt",
      c.at as "droppedAt",
      case when f.key = 'cancel' then 'cancel' when f.key like 'refund:%' then 'refund' else 'shipment' end as kind
    from choice c
    join shopify_fact f on f.shop = c.shop and f.amazon_order_id = c.amazon_order_id and c.subject = 'quarantined|' || f.key
    join amazon_order o on o.shop = c.shop and o.amazon_order_id = c.amazon_order_id
    where c.shop = ${shop} and c.kind = 'answer' and c.state = 'open' and c.open_key is not null
      and c.subject like 'quarantined|%' and c.args->>'choice' = 'drop' and c.at >= ${since}
    order by c.at desc, c.id limit 50`;
  return rows.map((row) => ({
    ...row,
    happenedAt: row.happenedAt.getTime(),
    droppedAt: row.droppedAt.getTime(),
  }));
}
