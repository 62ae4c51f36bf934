import { knownSkus } from '../db/sku-links.ts';
import { ok, type Result } from '../domain/failure.ts';
import { shopifyVariantId, variantIn, type ShopDomain, type ShopifyVariantId } from '../domain/ids.ts';
import type { RowOutcome, SkuFileRow } from '../domain/sku-file.ts';
import { readVariants } from '../shopify/read-variants.ts';
import { searchExact } from '../shopify/search-exact.ts';
import type { Services } from './services.ts';

/** A row as a person named it. */
type Row = Pick<SkuFileRow, 'sku' | 'variant'>;

/** What a row would do; `variantId` and its title in Shopify where one variant was found. */
export interface CheckedRow {
  readonly outcome: RowOutcome;
  readonly variantId: ShopifyVariantId | null;
  readonly title: string | null;
}

/**
 * What rows of a file would do, each in its place; nothing is written. A variant is named by its id, or by an SKU or barcode that
 * one variant has exactly; a number may be any of them. A row that names none leaves its SKU as it is.
 */
export async function checkSkuRows(
  services: Services,
  shop: ShopDomain,
  rows: readonly Row[],
): Promise<Result<CheckedRow[]>> {
  const shopify = services.shopify(shop);
  const words = [...new Set(rows.map((row) => row.variant))].filter((word) => word !== '');
  const named = await searchExact(
    shopify,
    words.filter((word) => !word.startsWith('gid://')),
    ['sku', 'barcode'],
  );
  if (!named.ok) return named;
  const candidates = new Map(
    words.map((word) => {
      const byName = (named.value.get(word) ?? []).map(({ id }) => shopifyVariantId(id));
      return [word, new Set([...byName, variantIn(word)].filter((id) => id !== null))];
    }),
  );
  const there = await readVariants(shopify, [
    ...new Set([...candidates.values()].flatMap((ids) => [...ids])),
  ]);
  if (!there.ok) return there;
  const known = await services.db.forShop(shop, (tx) =>
    knownSkus(
      tx,
      shop,
      rows.map((row) => row.sku),
    ),
  );
  const check = ({ sku, variant }: Row): CheckedRow => {
    const nothing = { variantId: null, title: null };
    if (variant === '') return { outcome: 'unchanged', ...nothing };
    const fitting = [...(candidates.get(variant) ?? [])].filter((id) => there.value.has(id));
    const [variantId] = fitting;
    if (variantId === undefined) return { outcome: 'unknown_variant', ...nothing };
    if (fitting.length > 1) return { outcome: 'ambiguous', ...nothing };
    const link = known.get(sku);
    const outcome = !link ? 'unknown_sku' : link.variantId === variantId ? 'unchanged' : 'link';
    return { outcome, variantId, title: there.value.get(variantId)?.title ?? null };
  };
  return ok(rows.map(check));
}
