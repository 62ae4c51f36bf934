import { shopifyVariantId, type ShopDomain, type ShopifyVariantId } from '../domain/ids.ts';
import type { SkuMeaning } from '../domain/shopify-order.ts';
import type { Tx } from './client.ts';

/** What is known of an SKU. `checkedAt` in ms UTC. */
export interface KnownSku extends SkuMeaning {
  readonly checkedAt: number;
}

/** What is known of these SKUs; those never looked up are absent. */
export async function knownSkus(
  tx: Tx,
  shop: ShopDomain,
  skus: readonly string[],
): Promise<Map<string, KnownSku>> {
  const rows = await tx.skuLink.findMany({ where: { shop, sku: { in: [...skus] } } });
  return new Map(
    rows.map((row) => [
      row.sku,
      {
        variantId: row.variantId === null ? null : shopifyVariantId(row.variantId),
        candidates: row.candidates,
        byHand: row.byHand,
        checkedAt: row.checkedAt.getTime(),
      },
    ]),
  );
}

/** Keeps what a look-up found; what a person set stays. One exact variant is taken, several are not guessed (IMP-7). */
export async function keepFoundSkus(
  tx: Tx,
  shop: ShopDomain,
  now: number,
  found: ReadonlyMap<string, readonly ShopifyVariantId[]>,
): Promise<void> {
  const rows = [...found].map(([sku, ids]) => ({
    sku,
    variant: ids.length === 1 ? ids[0] : null,
    n: ids.length,
  }));
  await tx.$executeRaw`
    insert into sku_link as l (shop, sku, variant_id, candidates, checked_at)
    select ${shop}, x.sku, x.variant, x.n, ${new Date(now)}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(sku text, variant text, n int) order by x.sku
    on conflict (shop, sku) do update set
      variant_id = case when l.by_hand then l.variant_id else excluded.variant_id end,
      candidates = excluded.candidates, checked_at = excluded.checked_at`;
}

/** Sets by hand which variant an SKU means; null takes the hand away again, so that it is looked up. */
export async function mapSku(
  tx: Tx,
  shop: ShopDomain,
  now: number,
  sku: string,
  variant: ShopifyVariantId | null,
): Promise<void> {
  if (variant === null) {
    await tx.skuLink.deleteMany({ where: { shop, sku } });
    return;
  }
  const data = { variantId: variant, byHand: true, checkedAt: new Date(now) };
  await tx.skuLink.upsert({
    where: { shop_sku: { shop, sku } },
    create: { shop, sku, candidates: 0, ...data },
    update: data,
  });
}

/** SKUs that a person mapped, and SKUs without a variant, by name; at most `limit`. */
export function listSkus(tx: Tx, shop: ShopDomain, limit = 1000) {
  return tx.skuLink.findMany({
    where: { shop, OR: [{ byHand: true }, { variantId: null }] },
    orderBy: { sku: 'asc' },
    take: limit,
  });
}
