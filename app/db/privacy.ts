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

type Found = { id: string; seller: string }[];
const own = (rows: Found): OwnOrder[] =>
  rows.map(({ id, seller }) => ({ id: amazonOrderId(id), seller: sellerId(seller) }));

/**
 * Orders, by global ids of Shopify's, of which words of a buyer are kept; nothing else of a buyer ever is (SEC-5). Their rows
 * are locked, in the order of their ids, before anything of them is changed: whoever reconciles them does so too.
 */
export async function ordersWithWords(
  tx: Tx,
  shop: ShopDomain,
  shopifyOrderIds: readonly string[],
): Promise<OwnOrder[]> {
  return own(
    await tx.$queryRaw<Found>`
    select o.amazon_order_id as id, o.seller_id as seller from amazon_order o
    where o.shop = ${shop} and o.shopify_order_id = any(${[...shopifyOrderIds]}::text[])
      and (exists (select from request r where r.shop = o.shop and r.amazon_order_id = o.amazon_order_id and r.reasons is not null)
        or exists (select from claim c where c.shop = o.shop and c.amazon_order_id = o.amazon_order_id and c.reason is not null))
    order by o.amazon_order_id for update`,
  );
}

/**
 * Erases the buyers' words of these orders; their time is over from `now` (ms UTC) on, so that they are not kept again. The
 * request's version grows: Shopify is shown it anew, without the words.
 */
export async function eraseWordsOf(
  tx: Tx,
  shop: ShopDomain,
  ids: readonly AmazonOrderId[],
  now: number,
): Promise<void> {
  await tx.$executeRaw`
    update request set reasons = null, erase_at = least(erase_at, ${new Date(now)}),
      version = version + case when reasons is null then 0 else 1 end
    where shop = ${shop} and amazon_order_id = any(${[...ids]}::text[])`;
  await tx.$executeRaw`
    update claim set reason = null where shop = ${shop} and amazon_order_id = any(${[...ids]}::text[]) and reason is not null`;
}

/** So many orders at a time. */
const batch = 500;
const keptMs = 30 * 86_400_000;

/** Orders of which words are kept whose time is over at `now` (ms UTC): 30 days after they were first seen at the latest. Locked. */
export async function ordersWithOldWords(tx: Tx, shop: ShopDomain, now: number): Promise<OwnOrder[]> {
  return own(
    await tx.$queryRaw<Found>`
    select o.amazon_order_id as id, o.seller_id as seller from amazon_order o
    where o.shop = ${shop} and o.amazon_order_id = any (array(
      select distinct amazon_order_id from request
      where shop = ${shop} and reasons is not null and (erase_at <= ${new Date(now)} or requested_at <= ${new Date(now - keptMs)})
      order by amazon_order_id limit ${batch}))
    order by o.amazon_order_id for update`,
  );
}

/** Erases of these orders the words whose time is over, as above; those of a newer wish stay. */
export async function eraseOldWordsOf(
  tx: Tx,
  shop: ShopDomain,
  ids: readonly AmazonOrderId[],
  now: number,
): Promise<void> {
  const at = new Date(now);
  await tx.$executeRaw`
    update request set reasons = null, erase_at = least(erase_at, ${at}), version = version + 1
    where shop = ${shop} and amazon_order_id = any(${[...ids]}::text[]) and reasons is not null
      and (erase_at <= ${at} or requested_at <= ${new Date(now - keptMs)})`;
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
