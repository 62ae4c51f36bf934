import type { SellerId, ShopDomain } from '../domain/ids.ts';
import type { AllOrdersLine, ReturnLine } from '../domain/reported.ts';
import type { Tx } from './client.ts';

/**
 * Keeps what all-orders reports tell of orders that the shop knows: of each order what was told last, older news never
 * replaces newer. Answers the orders of which something is new.
 */
export async function keepReportedLines(
  tx: Tx,
  shop: ShopDomain,
  seller: SellerId,
  lines: readonly AllOrdersLine[],
): Promise<string[]> {
  if (lines.length === 0) return [];
  const given = lines.map(({ updatedAt, ...line }) => ({ ...line, updatedAt: new Date(updatedAt) }));
  const kept = await tx.$queryRaw<{ id: string }[]>`
    insert into reported_line as r
      (shop, amazon_order_id, line_key, seller_id, status, item_status, sku, quantity, currency, amount, updated_at)
    select distinct on (x."amazonOrderId", x."lineKey") ${shop}, x."amazonOrderId", x."lineKey", ${seller}, x.status,
      x."itemStatus", x.sku, x.quantity, x.currency, x.amount, x."updatedAt"
    from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as x("amazonOrderId" text, "lineKey" text, status text,
      "itemStatus" text, sku text, quantity int, currency text, amount bigint, "updatedAt" timestamptz)
    join amazon_order o on o.shop = ${shop} and o.amazon_order_id = x."amazonOrderId" and o.seller_id = ${seller}
    order by x."amazonOrderId", x."lineKey", x."updatedAt" desc
    on conflict (shop, amazon_order_id, line_key) do update set status = excluded.status,
      item_status = excluded.item_status, amount = excluded.amount, currency = excluded.currency, updated_at = excluded.updated_at
    where r.updated_at <= excluded.updated_at and (r.status, r.item_status, r.amount, r.currency, r.updated_at)
      is distinct from (excluded.status, excluded.item_status, excluded.amount, excluded.currency, excluded.updated_at)
    returning r.amazon_order_id as id`;
  const ids = [...new Set(kept.map(({ id }) => id))].sort();
  // What an order was made of before is no part of it now.
  if (ids.length > 0)
    await tx.$executeRaw`
      delete from reported_line r using (
        select amazon_order_id, max(updated_at) as newest from reported_line
        where shop = ${shop} and amazon_order_id = any(${ids}::text[]) group by 1) n
      where r.shop = ${shop} and r.amazon_order_id = n.amazon_order_id and r.updated_at < n.newest`;
  return ids;
}

/** Keeps what returns reports tell of orders that the shop knows. Answers the orders of which something is new. */
export async function keepReturns(
  tx: Tx,
  shop: ShopDomain,
  seller: SellerId,
  lines: readonly ReturnLine[],
): Promise<string[]> {
  if (lines.length === 0) return [];
  const given = lines.map(({ returnedAt, ...line }) => ({
    ...line,
    returnedAt: returnedAt === null ? null : new Date(returnedAt),
  }));
  const kept = await tx.$queryRaw<{ id: string }[]>`
    insert into reported_return as r
      (shop, amazon_order_id, line_key, seller_id, sku, quantity, returned_at, status, currency, refunded)
    select distinct on (x."amazonOrderId", x."lineKey") ${shop}, x."amazonOrderId", x."lineKey", ${seller}, x.sku,
      x.quantity, x."returnedAt", x.status, x.currency, x.refunded
    from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as x("amazonOrderId" text, "lineKey" text, sku text,
      quantity int, "returnedAt" timestamptz, status text, currency text, refunded bigint)
    join amazon_order o on o.shop = ${shop} and o.amazon_order_id = x."amazonOrderId" and o.seller_id = ${seller}
    order by x."amazonOrderId", x."lineKey"
    on conflict (shop, amazon_order_id, line_key) do update set
      status = excluded.status, quantity = excluded.quantity, currency = excluded.currency, refunded = excluded.refunded
    where (r.status, r.quantity, r.currency, r.refunded)
      is distinct from (excluded.status, excluded.quantity, excluded.currency, excluded.refunded)
    returning r.amazon_order_id as id`;
  return [...new Set(kept.map(({ id }) => id))].sort();
}
