import type { Tx } from '../db/client.ts';
import { knockByNews, type AmazonNews } from '../db/knock-by-news.ts';
import { knockOrders, type KnockOptions } from '../db/leases.ts';
import type { AmazonOrderId, SellerId, ShopDomain } from '../domain/ids.ts';
import { now } from '../lib/clock.ts';
import { enqueueDrain } from '../queue/enqueue.ts';

/**
 * An event became known: the orders are looked at again, now. That is all an event ever does. Rows and job are written in
 * the caller's transaction. `wanted`: a person asked for these very orders. `side: 'shopify'`: only Shopify has news, so that
 * Amazon need not be asked again. `news: false`: what was read became too old, and nobody said that it changed.
 */
export async function knock(
  tx: Tx,
  shop: ShopDomain,
  seller: SellerId,
  ids: readonly AmazonOrderId[],
  options: KnockOptions = {},
): Promise<void> {
  if (ids.length === 0) return;
  await knockOrders(tx, shop, seller, ids, now(), options);
  await enqueueDrain(tx, shop, now());
}

/**
 * Knocks by Amazon's news, each with the time at which Amazon says it happened. What was looked at since then is not asked
 * of Amazon again: messages of a day's outage come after the page that holds them all. `claimed`: there is a claim to work
 * in, whatever is known; `moved`: something changed, which may be known.
 */
export async function knockNews(
  tx: Tx,
  shop: ShopDomain,
  seller: SellerId,
  { claimed, moved }: { readonly claimed: readonly AmazonNews[]; readonly moved: readonly AmazonNews[] },
): Promise<void> {
  if (claimed.length + moved.length === 0) return;
  await knockByNews(tx, shop, seller, claimed, now(), true);
  await knockByNews(tx, shop, seller, moved, now(), false);
  await enqueueDrain(tx, shop, now());
}

/** The same for orders that may be of several accounts of the shop. */
export async function knockOwn(
  tx: Tx,
  shop: ShopDomain,
  orders: readonly { readonly id: AmazonOrderId; readonly seller: SellerId }[],
  options: KnockOptions = {},
): Promise<void> {
  for (const seller of new Set(orders.map((order) => order.seller))) {
    const ids = orders.filter((order) => order.seller === seller).map((order) => order.id);
    await knockOrders(tx, shop, seller, ids, now(), options);
  }
  // After all orders: whoever writes both locks orders first.
  if (orders.length > 0) await enqueueDrain(tx, shop, now());
}
