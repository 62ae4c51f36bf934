import { shopifyVariantId, type ShopDomain, type ShopifyVariantId } from '../domain/ids.ts';
import type { SkuMeaning } from '../domain/shopify-order.ts';
import type { Tx } from './client.ts';
import type { Changing } from './shops.ts';

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

/** Which variant an SKU shall mean; `never`: none, on purpose; null: whatever a look-up finds. */
export interface SkuWish {
  readonly sku: string;
  readonly variant: ShopifyVariantId | 'never' | null;
}

const said = (sku: string, link: { variantId: string | null; byHand: boolean } | undefined) => ({
  sku,
  variantId: link?.variantId ?? null,
  byHand: link?.byHand ?? false,
});

/**
 * Sets by hand what these SKUs mean, each named once; null takes the hand away again, so that it is looked up. Answers the SKUs
 * of which that made something else; each is in the audit log, before and after (PRO-6).
 */
export async function setSkus(
  tx: Tx,
  shop: ShopDomain,
  wishes: readonly SkuWish[],
  { by, at }: Changing,
): Promise<string[]> {
  const skus = wishes.map((wish) => wish.sku);
  // In the order of keepFoundSkus: who writes many waits for no one that waits for them.
  await tx.$queryRaw`select from sku_link where shop = ${shop} and sku = any(${skus}::text[]) order by sku for update`;
  const rows = await tx.skuLink.findMany({ where: { shop, sku: { in: skus } } });
  const old = new Map(rows.map((row) => [row.sku, row]));
  const meant = (variant: SkuWish['variant']) => (variant === 'never' ? null : variant);
  const changed = wishes.filter(({ sku, variant }) => {
    const link = old.get(sku);
    return variant === null ? link?.byHand === true : !link?.byHand || link.variantId !== meant(variant);
  });
  const set = changed.flatMap(({ sku, variant }) =>
    variant === null ? [] : [{ sku, variant: meant(variant) }],
  );
  await tx.$executeRaw`
    insert into sku_link as l (shop, sku, variant_id, candidates, by_hand, checked_at)
    select ${shop}, x.sku, x.variant, 0, true, ${new Date(at)}
    from jsonb_to_recordset(${JSON.stringify(set)}::jsonb) as x(sku text, variant text) order by x.sku
    on conflict (shop, sku) do update set
      variant_id = excluded.variant_id, by_hand = true, checked_at = excluded.checked_at`;
  const freed = wishes.flatMap((wish) => (wish.variant === null ? [wish.sku] : []));
  // Checked so long ago that the next look asks Shopify.
  await tx.$executeRaw`
    update sku_link set checked_at = 'epoch', by_hand = false, variant_id = case when by_hand then null else variant_id end
    where shop = ${shop} and sku = any(${freed}::text[])`;
  await tx.auditEntry.createMany({
    data: changed.map(({ sku, variant }) => ({
      shop,
      at: new Date(at),
      actor: by,
      action: 'sku_link',
      before: said(sku, old.get(sku)),
      after: said(sku, { variantId: meant(variant), byHand: variant !== null }),
    })),
  });
  return changed.map((wish) => wish.sku);
}

/** SKUs that a person mapped, and SKUs without a variant, by name; at most `limit`. */
export function listSkus(tx: Tx, shop: ShopDomain, limit = 1000) {
  return tx.skuLink.findMany({
    where: { shop, OR: [{ byHand: true }, { variantId: null }] },
    orderBy: { sku: 'asc' },
    take: limit,
  });
}
