import { amazonOrderId, type AmazonOrderId, type ShopDomain } from '../domain/ids.ts';
import type { Tx } from './client.ts';

/** The Amazon order that a Shopify order (its global id) stands for; null where it is not one of Amazon's. */
export async function orderOfShopify(
  tx: Tx,
  shop: ShopDomain,
  shopifyOrderId: string,
): Promise<AmazonOrderId | null> {
  const row = await tx.order.findUnique({
    where: { shop_shopifyOrderId: { shop, shopifyOrderId } },
    select: { amazonOrderId: true },
  });
  return row && amazonOrderId(row.amazonOrderId);
}
