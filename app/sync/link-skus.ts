import type { Tx } from '../db/client.ts';
import { setSkus, type KnownSku, type SkuWish } from '../db/sku-links.ts';
import type { Result } from '../domain/failure.ts';
import { amazonOrderId, sellerId, type ShopDomain } from '../domain/ids.ts';
import { now } from '../lib/clock.ts';
import { knockOwn } from './knock.ts';
import { lookAtSkus } from './look-at-skus.ts';
import type { Services } from './services.ts';

/** Lets orders be looked at again that wait for these SKUs: years of orders in step have nothing to gain from a look. */
async function knockWaiting(tx: Tx, shop: ShopDomain, skus: readonly string[]): Promise<void> {
  const orders = await tx.$queryRaw<{ id: string; seller: string }[]>`
    select o.amazon_order_id as id, o.seller_id as seller from amazon_order o
    where o.shop = ${shop} and o.amazon_order_id in (
      select p.amazon_order_id from problem p
      where p.shop = ${shop} and p.open_key is not null and p.kind in ('sku_unlinked', 'sku_ambiguous')
        and p.subject = any(${[...skus]}::text[]))`;
  await knockOwn(
    tx,
    shop,
    orders.map(({ id, seller }) => ({ id: amazonOrderId(id), seller: sellerId(seller) })),
  );
}

/**
 * Sets by hand which variants SKUs mean, or takes that back, and answers how many became another. It counts for lines that come
 * in from now on (IMP-7): a line that stands in Shopify stays as it is, since nothing of the product edits one. `by` for the audit log.
 */
export function linkSkus(
  services: Services,
  shop: ShopDomain,
  wishes: readonly SkuWish[],
  by: string,
): Promise<number> {
  return services.db.forShop(shop, async (tx) => {
    const changed = await setSkus(tx, shop, wishes, { by, at: now() });
    await knockWaiting(tx, shop, changed);
    return changed.length;
  });
}

/** Looks SKUs up anew in Shopify, also those that were set by hand, and answers what they mean now. `by` for the audit log. */
export async function lookUpSkus(
  services: Services,
  shop: ShopDomain,
  skus: readonly string[],
  by: string,
): Promise<Result<Map<string, KnownSku>>> {
  const freed = skus.map((sku) => ({ sku, variant: null }));
  await services.db.forShop(shop, (tx) => setSkus(tx, shop, freed, { by, at: now() }));
  const found = await lookAtSkus(services, shop, skus);
  if (!found.ok) return found;
  const linked = skus.filter((sku) => found.value.get(sku)?.variantId != null);
  await services.db.forShop(shop, (tx) => knockWaiting(tx, shop, linked));
  return found;
}
