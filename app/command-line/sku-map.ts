import { listSkus } from '../db/sku-links.ts';
import { variantIn } from '../domain/ids.ts';
import { linkSkus, lookUpSkus } from '../sync/link-skus.ts';
import { UsageError, type Said, type Session } from './command-line.ts';
import { operator } from './said.ts';

/** What was mapped by hand and what has no variant. */
async function listSkuLinks({ services, shop }: Session): Promise<Said> {
  const rows = await services.db.forShop(shop, (tx) => listSkus(tx, shop));
  const data = rows.map(({ sku, variantId, candidates, byHand }) => ({ sku, variantId, candidates, byHand }));
  const lines = data.map(
    (row) =>
      `${row.sku}  ${row.variantId ?? (row.byHand ? 'never' : row.candidates > 1 ? `on ${row.candidates} variants` : 'no variant')}${row.byHand ? '  (by hand)' : ''}`,
  );
  return { ok: true, data, lines: lines.length > 0 ? lines : ['Every SKU has its variant.'] };
}

/** Sets which variant an SKU means, or looks it up again; orders that wait for it are looked at again. */
async function mapSkuTo(
  { services, shop }: Session,
  sku: string,
  variant: string | undefined,
): Promise<Said> {
  if (variant === undefined) {
    const found = await lookUpSkus(services, shop, [sku], operator);
    const lines = [found.ok ? `${sku} is looked up again.` : found.failure.sentence];
    return { ok: found.ok, data: { sku, variantId: null }, lines };
  }
  if (variant === 'never') {
    await linkSkus(services, shop, [{ sku, variant }], operator);
    return { ok: true, data: { sku, variantId: null }, lines: [`${sku} is never linked.`] };
  }
  const id = variantIn(variant);
  if (id === null) throw new UsageError(`${variant} is no variant id.`);
  await linkSkus(services, shop, [{ sku, variant: id }], operator);
  return { ok: true, data: { sku, variantId: id }, lines: [`${sku} means ${id}.`] };
}

/** Shows the map, or sets one SKU of it. */
export function mapSkus(session: Session, [sku, variant]: readonly string[]): Promise<Said> {
  return sku === undefined ? listSkuLinks(session) : mapSkuTo(session, sku, variant);
}
