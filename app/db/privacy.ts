import type { Prisma } from '@prisma/client';
import {
  amazonOrderId,
  sellerId,
  type AmazonOrderId,
  type SellerId,
  type ShopDomain,
} from '../domain/ids.ts';
import type { Tx } from './client.ts';

interface OwnOrder {
  readonly id: AmazonOrderId;
  readonly seller: SellerId;
}

/** Orders, by global ids of Shopify's, of which words of a buyer are kept. Nothing else of a buyer ever is (SEC-5). */
export async function ordersWithWords(
  tx: Tx,
  shop: ShopDomain,
  shopifyOrderIds: readonly string[],
): Promise<OwnOrder[]> {
  const rows = await tx.$queryRaw<{ id: string; seller: string }[]>`
    select o.amazon_order_id as id, o.seller_id as seller from amazon_order o
    where o.shop = ${shop} and o.shopify_order_id = any(${[...shopifyOrderIds]}::text[])
      and (exists (select from request r where r.shop = o.shop and r.amazon_order_id = o.amazon_order_id and r.reasons is not null)
        or exists (select from claim c where c.shop = o.shop and c.amazon_order_id = o.amazon_order_id and c.reason is not null))
    order by o.amazon_order_id`;
  return rows.map(({ id, seller }) => ({ id: amazonOrderId(id), seller: sellerId(seller) }));
}

/** Erases the buyers' words of these orders; their time is over from `now` (ms UTC) on, so that they are not kept again. */
export async function eraseWordsOf(
  tx: Tx,
  shop: ShopDomain,
  ids: readonly AmazonOrderId[],
  now: number,
): Promise<void> {
  const at = new Date(now);
  await tx.$executeRaw`
    update request set reasons = null, erase_at = least(erase_at, ${at})
    where shop = ${shop} and amazon_order_id = any(${[...ids]}::text[])`;
  await tx.$executeRaw`
    update claim set reason = null where shop = ${shop} and amazon_order_id = any(${[...ids]}::text[]) and reason is not null`;
}

/** Writes into the audit log what was asked from outside. Nothing of a buyer belongs into `after`. */
export async function writeAudit(
  tx: Tx,
  shop: ShopDomain,
  entry: { readonly at: number; readonly action: string; readonly after: Prisma.InputJsonValue },
): Promise<void> {
  const { at, action, after } = entry;
  await tx.auditEntry.create({ data: { shop, at: new Date(at), actor: 'shopify', action, after } });
}
