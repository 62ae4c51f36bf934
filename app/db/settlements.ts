import type { SellerId, ShopDomain } from '../domain/ids.ts';
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

/**
 * Keeps rows of settlements by their line: the same row again changes nothing. Rows without an order belong to the account.
 * Answers how many were new or changed, and the orders of those.
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
  const kept = await tx.$queryRaw<{ order: string }[]>`
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
    returning r.amazon_order_id as order`;
  const orders = [...new Set(kept.map(({ order }) => order))].filter((id) => id !== '');
  return { changed: kept.length, orders };
}

/** How the reading of a settlement ended; rows behind its last line, of a longer file before, go. `lastLine` null: it was cut. */
export async function endSettlement(
  tx: Tx,
  shop: ShopDomain,
  settlementId: string,
  end: { readonly broken: number; readonly cut: string | null; readonly lastLine: number },
): Promise<void> {
  const { broken, cut, lastLine } = end;
  await tx.settlement.update({ where: { shop_settlementId: { shop, settlementId } }, data: { broken, cut } });
  if (cut === null)
    await tx.settlementRow.deleteMany({ where: { shop, settlementId, line: { gt: lastLine } } });
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
