import {
  amazonOrderId,
  sellerId,
  type AmazonOrderId,
  type SellerId,
  type ShopDomain,
} from '../domain/ids.ts';
import type { Tx } from './client.ts';

/** An order of ours that Shopify names. */
export interface NamedOrder {
  readonly id: AmazonOrderId;
  readonly seller: SellerId;
  /** Its global id in Shopify; null where it was never seen there. */
  readonly shopifyOrder: string | null;
  /** Up to when Shopify's news of it is known, ms UTC; null where it was never read. */
  readonly knownUntil: number | null;
}

/**
 * Our orders behind global ids of Shopify's orders and fulfilment orders. None for orders that are not from Amazon, and
 * none where the shop does not have the app.
 */
export async function ordersNamed(
  tx: Tx,
  shop: ShopDomain,
  {
    orders,
    fulfillmentOrders,
  }: { readonly orders: readonly string[]; readonly fulfillmentOrders: readonly string[] },
): Promise<NamedOrder[]> {
  const rows = await tx.$queryRaw<
    { id: string; seller: string; shopify: string | null; known: Date | null }[]
  >`
    select o.amazon_order_id as id, o.seller_id as seller, o.shopify_order_id as shopify, o.shopify_updated_at as known
    from amazon_order o join shop s on s.shop = o.shop and s.uninstalled_at is null
    where o.shop = ${shop} and o.amazon_order_id = any (array(
      select amazon_order_id from amazon_order where shop = ${shop} and shopify_order_id = any(${[...orders]}::text[])
      union select concord_orders_with(${[...fulfillmentOrders]}::text[])))
    order by o.amazon_order_id`;
  return rows.map(({ id, seller, shopify, known }) => ({
    id: amazonOrderId(id),
    seller: sellerId(seller),
    shopifyOrder: shopify,
    knownUntil: known?.getTime() ?? null,
  }));
}

/** Notes that a webhook is taken in at `now` (ms UTC); false where it was before: Shopify may send one twice. */
export async function firstTime(tx: Tx, shop: ShopDomain, webhookId: string, now: number): Promise<boolean> {
  const added = await tx.$executeRaw`
    insert into seen_webhook (shop, webhook_id, at) values (${shop}, ${webhookId}, ${new Date(now)})
    on conflict do nothing`;
  return added > 0;
}
