import type { AmazonOrderId, ShopDomain } from '../domain/ids.ts';
import type { Tx } from './client.ts';
import { toLeased, type LeasedOrder, type LeasedRow } from './leases.ts';

/** What is kept of one order, without taking it; null where it is not known. */
export async function storedOrder(tx: Tx, shop: ShopDomain, id: AmazonOrderId): Promise<LeasedOrder | null> {
  const rows = await tx.$queryRaw<LeasedRow[]>`
    select o.amazon_order_id, o.seller_id, o.knocks, o.shopify_order_id, o.shopify_name, o.adopted, o.failures, o.wanted_at,
      o.amazon_updated_at, o.amazon_hash, o.amazon_knocks, o.amazon_served, o.amazon_news_at, o.remembered, o.stock_taken, o.due_reason
    from amazon_order o where o.shop = ${shop} and o.amazon_order_id = ${id}`;
  const [row] = rows;
  return row ? toLeased(row) : null;
}
