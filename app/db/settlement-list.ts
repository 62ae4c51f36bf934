import { Prisma } from '@prisma/client';
import type { ShopDomain } from '../domain/ids.ts';
import type { Tx } from './client.ts';

/** A settlement as lists show it. Times in ms UTC, money in minor units of `currency`. */
export interface SettlementRow {
  readonly settlementId: string;
  readonly sellerId: string;
  readonly currency: string;
  readonly startsAt: number | null;
  readonly endsAt: number | null;
  readonly depositedAt: number | null;
  /** What Amazon says was paid out; null: its head was not read. */
  readonly total: bigint | null;
  readonly rows: number;
  /** What its rows add up to: the same as the total where it is whole. */
  readonly sum: bigint;
  readonly matched: number;
  /** Rows of an order or refund that is not known here; rows that a person named are not among them. */
  readonly unmatched: number;
  readonly named: number;
  readonly broken: number;
  readonly cut: string | null;
}

/** Where the next page of settlements starts. */
export interface SettlementPlace {
  readonly endsAt: number;
  readonly id: string;
}

interface Found {
  readonly id: string;
  readonly seller: string;
  readonly currency: string;
  readonly starts: Date | null;
  readonly ends: Date | null;
  readonly deposited: Date | null;
  readonly total: bigint | null;
  readonly broken: number;
  readonly cut: string | null;
  readonly n: number;
  readonly sum: string;
  readonly matched: number;
  readonly named: number;
}

const ms = (date: Date | null): number | null => date?.getTime() ?? null;

function toRow(row: Found): SettlementRow {
  return {
    settlementId: row.id,
    sellerId: row.seller,
    currency: row.currency,
    startsAt: ms(row.starts),
    endsAt: ms(row.ends),
    depositedAt: ms(row.deposited),
    total: row.total,
    rows: row.n,
    sum: BigInt(row.sum),
    matched: row.matched,
    unmatched: row.n - row.matched - row.named,
    named: row.named,
    broken: row.broken,
    cut: row.cut,
  };
}

/** One page of settlements, the newest first. `id`: only this one. */
export async function listSettlements(
  tx: Tx,
  shop: ShopDomain,
  {
    limit,
    after,
    id,
  }: {
    readonly limit: number;
    readonly after?: SettlementPlace | undefined;
    readonly id?: string | undefined;
  },
): Promise<{ readonly rows: SettlementRow[]; readonly next: SettlementPlace | null }> {
  const only = id === undefined ? Prisma.empty : Prisma.sql`and s.settlement_id = ${id}`;
  const behind = after
    ? Prisma.sql`and (coalesce(s.ends_at, 'epoch'::timestamptz), s.settlement_id) < (${new Date(after.endsAt)}::timestamptz, ${after.id})`
    : Prisma.empty;
  const found = await tx.$queryRaw<Found[]>`
    select s.settlement_id as id, s.seller_id as seller, s.currency, s.starts_at as starts, s.ends_at as ends,
      s.deposited_at as deposited, s.total, s.broken, s.cut, r.n, r.sum, r.matched, r.named
    from (select * from settlement s where s.shop = ${shop} ${only} ${behind}
      order by coalesce(s.ends_at, 'epoch'::timestamptz) desc, s.settlement_id desc limit ${limit + 1}) s
    cross join lateral (select count(*)::int as n, coalesce(sum(r.amount), 0)::text as sum,
        count(*) filter (where r.matched_to <> '')::int as matched,
        count(*) filter (where r.matched_to = '' and r.note is not null)::int as named
      from settlement_row r where r.shop = ${shop} and r.settlement_id = s.settlement_id) r
    order by coalesce(s.ends_at, 'epoch'::timestamptz) desc, s.settlement_id desc`;
  const rows = found.slice(0, limit).map(toRow);
  const last = rows.at(-1);
  const next = found.length > limit && last ? { endsAt: last.endsAt ?? 0, id: last.settlementId } : null;
  return { rows, next };
}

/** Why a row is not matched: its order is older than the import, not known here, or no refund here fits it. */
type Unmatched = 'older' | 'unknown_order' | 'no_refund';

/** A row of one settlement. Amounts in minor units of the settlement's currency. */
export interface SettledLine {
  readonly line: number;
  readonly type: string;
  readonly amountType: string;
  readonly description: string;
  readonly amazonOrderId: string;
  readonly sku: string;
  readonly amount: number;
  readonly postedAt: number | null;
  /** sale, fee, tax, other, order, account, refund:KEY, own:NUMBER; empty: not matched. */
  readonly matchedTo: string;
  readonly why: Unmatched | null;
  readonly note: string | null;
}

/** One page of a settlement's rows by their line. */
export async function settlementLines(
  tx: Tx,
  shop: ShopDomain,
  settlementId: string,
  {
    limit,
    after,
    unmatched,
  }: { readonly limit: number; readonly after?: number | undefined; readonly unmatched: boolean },
): Promise<{ readonly rows: SettledLine[]; readonly next: number | null }> {
  const only = unmatched ? Prisma.sql`and r.matched_to = ''` : Prisma.empty;
  const found = await tx.$queryRaw<
    (Omit<SettledLine, 'amount' | 'postedAt'> & { amount: bigint; posted: Date | null })[]
  >`
    select r.line, r.type, r.amount_type as "amountType", r.description, r.amazon_order_id as "amazonOrderId", r.sku,
      r.amount, r.posted_at as posted, r.matched_to as "matchedTo", r.note,
      case when r.matched_to <> '' then null
        when o.amazon_order_id is not null then 'no_refund'
        when r.posted_at < l.import_from then 'older' else 'unknown_order' end as why
    from settlement_row r
    join settlement s on s.shop = r.shop and s.settlement_id = r.settlement_id
    left join seller l on l.shop = r.shop and l.seller_id = s.seller_id
    left join amazon_order o on o.shop = r.shop and o.amazon_order_id = r.amazon_order_id
    where r.shop = ${shop} and r.settlement_id = ${settlementId} and r.line > ${after ?? 0} ${only}
    order by r.line limit ${limit + 1}`;
  const rows = found
    .slice(0, limit)
    .map(({ amount, posted, ...row }) => ({ ...row, amount: Number(amount), postedAt: ms(posted) }));
  return { rows, next: found.length > limit ? (rows.at(-1)?.line ?? null) : null };
}
