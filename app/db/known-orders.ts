import {
  amazonOrderId,
  sellerId,
  type AmazonOrderId,
  type SellerId,
  type ShopDomain,
} from '../domain/ids.ts';
import type { Tx } from './client.ts';

/** Which of these orders the shop has a row of, with Amazon's status as it was last seen (null: never yet). */
export async function knownOrders(
  tx: Tx,
  shop: ShopDomain,
  ids: readonly string[],
): Promise<Map<string, string | null>> {
  const rows = await tx.$queryRaw<{ id: string; status: string | null }[]>`
    select amazon_order_id as id, amazon_status as status from amazon_order
    where shop = ${shop} and amazon_order_id = any(${[...new Set(ids)]}::text[])`;
  return new Map(rows.map(({ id, status }) => [id, status]));
}

/** Orders of the shop that stand in Shopify and were created on Amazon after `since` (ms UTC). */
export async function linkedOrders(
  tx: Tx,
  shop: ShopDomain,
  since: number,
): Promise<{ readonly id: AmazonOrderId; readonly seller: SellerId }[]> {
  const rows = await tx.order.findMany({
    where: { shop, shopifyOrderId: { not: null }, amazonCreatedAt: { gte: new Date(since) } },
    select: { amazonOrderId: true, sellerId: true },
  });
  return rows.map((row) => ({ id: amazonOrderId(row.amazonOrderId), seller: sellerId(row.sellerId) }));
}

/** Orders still open on Amazon whose prints were made before the key with this id was there, of a shop that has the app. */
export async function ordersOfOlderKeys(
  tx: Tx,
  shop: ShopDomain,
  key: string,
): Promise<{ readonly id: AmazonOrderId; readonly seller: SellerId }[]> {
  const rows = await tx.$queryRaw<{ id: string; seller: string }[]>`
    select o.amazon_order_id as id, o.seller_id as seller from amazon_order o
    join shop s on s.shop = o.shop and s.uninstalled_at is null
    join command c on c.shop = o.shop and c.amazon_order_id = o.amazon_order_id and c.kind = 'create_order'
    where o.shop = ${shop} and o.shopify_order_id is not null and o.amazon_status in ('unshipped', 'partially_shipped')
      and strpos(c.args->'carried'->>'quantities', ${`${key}:`}) = 0
    order by o.amazon_order_id`;
  return rows.map(({ id, seller }) => ({ id: amazonOrderId(id), seller: sellerId(seller) }));
}
