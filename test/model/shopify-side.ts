import type { PretendShopify } from '../../app/sandbox/shopify/pretend-shopify.ts';
import { shop } from './world.ts';

type Listed = ReturnType<PretendShopify['listOrders']>[number];

const all = 1_000_000;

/** Amazon's id as our own metafield holds it; null where the order has none. */
const markOf = (order: Listed): string | null =>
  order.metafields.find(({ key }) => key === 'order_id')?.value ?? null;

/** All orders in Shopify, as they are (no search, no lag). */
export function ordersInShopify(shopify: PretendShopify): Listed[] {
  return shopify.listOrders(shop, { limit: all });
}

/** The orders in Shopify that stand for an Amazon order, told by source identifier or metafield. */
export function copiesOf(shopify: PretendShopify, id: string): Listed[] {
  return ordersInShopify(shopify).filter((order) => order.sourceIdentifier === id || markOf(order) === id);
}

/** Amazon ids that stand in Shopify more than once. */
export function doubles(shopify: PretendShopify): string[] {
  const seen = new Map<string, number>();
  for (const order of ordersInShopify(shopify)) {
    const ids = new Set([order.sourceIdentifier, markOf(order)].filter((id) => id !== null));
    for (const id of ids) seen.set(id, (seen.get(id) ?? 0) + 1);
  }
  return [...seen].filter(([, count]) => count > 1).map(([id]) => id);
}
