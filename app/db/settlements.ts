import { Prisma } from '@prisma/client';
import type { SellerId, ShopDomain } from '../domain/ids.ts';
import type { LineSpan } from '../domain/line-spans.ts';
import { movedNames, type NamedRow } from '../domain/moved-names.ts';
import type { SettlementHead, SettlementLine } from '../domain/reported.ts';
import type { Tx } from './client.ts';

/** Keeps what settlements say of themselves; what was kept of the same settlement before is replaced. `now` in ms UTC. */
export async function keepSettlements(
  tx: Tx,
  shop: ShopDomain,
  seller: SellerId,
  heads: readonly SettlementHead[],
  now: number,
): Promise<void> {
  const day = (ms: number | null) => (ms === null ? null : new Date(ms));
  for (const { settlementId, currency, startsAt, endsAt, depositedAt, total } of heads) {
    const data = {
      currency,
      startsAt: day(startsAt),
      endsAt: day(endsAt),
      depositedAt: day(depositedAt),
      total,
      takenAt: new Date(now),
    };
    await tx.settlement.upsert({
      where: { shop_settlementId: { shop, settlementId } },
      create: { shop, settlementId, sellerId: seller, ...data },
      update: data,
    });
  }
}

/** To which account a settlement that was kept before belongs; null: it is new. */
export async function settlementOwner(
  tx: Tx,
  shop: ShopDomain,
  settlementId: string,
): Promise<string | null> {
  const row = await tx.settlement.findUnique({ where: { shop_settlementId: { shop, settlementId } } });
  return row?.sellerId ?? null;
}

interface KeptRow {
  readonly settlementId: string;
  readonly line: number;
  readonly order: string;
}

const ordersOf = (rows: readonly Pick<KeptRow, 'order'>[]): string[] =>
  [...new Set(rows.map(({ order }) => order))].filter((id) => id !== '');

/**
 * Keeps rows of settlements by their line: the same row again changes nothing. Rows without an order belong to the account.
 * Answers how many were new or changed, and the orders of those and of the rows that stood there before.
 */
export async function keepSettlementRows(
  tx: Tx,
  shop: ShopDomain,
  rows: readonly SettlementLine[],
): Promise<{ readonly changed: number; readonly orders: readonly string[] }> {
  if (rows.length === 0) return { changed: 0, orders: [] };
  const given = rows.map(({ postedAt, ...row }) => ({
    ...row,
    postedAt: postedAt === null ? null : new Date(postedAt),
  }));
  const lines = rows.map(({ settlementId, line }) => ({ settlementId, line }));
  const before = await tx.$queryRaw<KeptRow[]>`
    select r.settlement_id as "settlementId", r.line, r.amazon_order_id as order from settlement_row r
    join jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as x("settlementId" text, line int)
      on r.settlement_id = x."settlementId" and r.line = x.line
    where r.shop = ${shop}`;
  const kept = await tx.$queryRaw<KeptRow[]>`
    insert into settlement_row as r (shop, settlement_id, line, type, amazon_order_id, order_item_id, adjustment_id,
      own_adjustment_id, marketplace_name, amount_type, description, amount, posted_at, sku, matched_to)
    select ${shop}, x."settlementId", x.line, x.type, x."amazonOrderId", x."orderItemId", x."adjustmentId",
      x."ownAdjustmentId", x."marketplaceName", x."amountType", x.description, x.amount, x."postedAt", x.sku,
      case when x."amazonOrderId" = '' then 'account' else '' end
    from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as x("settlementId" text, line int, type text,
      "amazonOrderId" text, "orderItemId" text, "adjustmentId" text, "ownAdjustmentId" text, "marketplaceName" text,
      "amountType" text, description text, amount bigint, "postedAt" timestamptz, sku text)
    on conflict (shop, settlement_id, line) do update set
      type = excluded.type, amazon_order_id = excluded.amazon_order_id, order_item_id = excluded.order_item_id,
      adjustment_id = excluded.adjustment_id, own_adjustment_id = excluded.own_adjustment_id,
      marketplace_name = excluded.marketplace_name, amount_type = excluded.amount_type, description = excluded.description,
      amount = excluded.amount, posted_at = excluded.posted_at, sku = excluded.sku, matched_to = excluded.matched_to
    where (r.type, r.amazon_order_id, r.order_item_id, r.adjustment_id, r.own_adjustment_id, r.amount_type, r.description,
        r.amount, r.posted_at, r.sku)
      is distinct from (excluded.type, excluded.amazon_order_id, excluded.order_item_id, excluded.adjustment_id,
        excluded.own_adjustment_id, excluded.amount_type, excluded.description, excluded.amount, excluded.posted_at, excluded.sku)
    returning r.settlement_id as "settlementId", r.line, r.amazon_order_id as order`;
  const placeOf = ({ settlementId, line }: KeptRow) => `${settlementId} ${String(line)}`;
  const changed = new Set(kept.map(placeOf));
  return {
    changed: kept.length,
    orders: ordersOf([...before.filter((row) => changed.has(placeOf(row))), ...kept]),
  };
}

/**
 * Removes rows of a settlement that stand on these lines, at most `limit` at a time. Answers how many it were, and their orders.
 */
export async function removeSettlementRows(
  tx: Tx,
  shop: ShopDomain,
  settlementId: string,
  lines: readonly LineSpan[],
  limit: number,
): Promise<{ readonly removed: number; readonly orders: readonly string[] }> {
  const gone = await tx.$queryRaw<{ order: string }[]>`
    delete from settlement_row r where r.shop = ${shop} and r.settlement_id = ${settlementId} and r.line = any(array(
      select s.line from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as x(first int, last int)
      join settlement_row s on s.shop = ${shop} and s.settlement_id = ${settlementId} and s.line between x.first and x.last
      limit ${limit}))
    returning r.amazon_order_id as order`;
  return { removed: gone.length, orders: ordersOf(gone) };
}

/** All that a row says, in one text: where it stands is no part of it. */
const content = Prisma.sql`row(r.type, r.amazon_order_id, r.order_item_id, r.adjustment_id, r.own_adjustment_id, r.amount_type,
  r.description, r.amount, r.posted_at, r.sku)::text`;

/** The rows of a settlement that people named, in the order of their lines. */
export async function namedSettlementRows(
  tx: Tx,
  shop: ShopDomain,
  settlementId: string,
): Promise<NamedRow[]> {
  return tx.$queryRaw<NamedRow[]>`
    select r.line, r.note, ${content} as content from settlement_row r
    where r.shop = ${shop} and r.settlement_id = ${settlementId} and r.note is not null order by r.line`;
}

/** Puts the names that rows had `before` where these rows stand now; those on `gone` lines are about to be removed. */
export async function moveNames(
  tx: Tx,
  shop: ShopDomain,
  settlementId: string,
  before: readonly NamedRow[],
  gone: readonly LineSpan[],
): Promise<void> {
  if (before.length === 0) return;
  const found = await tx.$queryRaw<NamedRow[]>`
    select * from (select r.line, r.note, ${content} as content from settlement_row r
      where r.shop = ${shop} and r.settlement_id = ${settlementId}) r
    where r.line = any(${before.map(({ line }) => line)}::int[]) or r.content = any(${before.map((row) => row.content)}::text[])
    order by r.line`;
  const after = found.filter(({ line }) => !gone.some(({ first, last }) => first <= line && line <= last));
  await tx.$executeRaw`
    update settlement_row r set note = x.note
    from jsonb_to_recordset(${JSON.stringify(movedNames(before, after))}::jsonb) as x(line int, note text)
    where r.shop = ${shop} and r.settlement_id = ${settlementId} and r.line = x.line`;
}

/** How the reading of a settlement ended. */
export async function endSettlement(
  tx: Tx,
  shop: ShopDomain,
  settlementId: string,
  end: { readonly broken: number; readonly cut: string | null },
): Promise<void> {
  await tx.settlement.update({ where: { shop_settlementId: { shop, settlementId } }, data: end });
}

/** What a person names a row that nothing matches; empty takes the name away. False: there is no such row. */
export async function nameSettlementRow(
  tx: Tx,
  shop: ShopDomain,
  row: { readonly settlementId: string; readonly line: number },
  note: string,
): Promise<boolean> {
  const { count } = await tx.settlementRow.updateMany({
    where: { shop, ...row },
    data: { note: note === '' ? null : note },
  });
  return count === 1;
}
