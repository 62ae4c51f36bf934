import { keepFoundSkus, knownSkus, type KnownSku } from '../db/sku-links.ts';
import { ok, type Result } from '../domain/failure.ts';
import type { ShopDomain } from '../domain/ids.ts';
import { now } from '../lib/clock.ts';
import { findSkus } from '../shopify/find-skus.ts';
import type { Services } from './services.ts';

/** How long a look-up holds: a variant rarely goes, one that is missing may be added any moment. */
const foundHoldsMs = 10 * 60_000;
const missingHoldsMs = 60_000;

const holds = (known: KnownSku | undefined): boolean =>
  known !== undefined &&
  (known.byHand || now() - known.checkedAt < (known.variantId === null ? missingHoldsMs : foundHoldsMs));

/** What the SKUs mean in the shop: from what is kept where that is young enough, the others looked up together. */
export async function lookAtSkus(
  services: Services,
  shop: ShopDomain,
  skus: readonly string[],
): Promise<Result<Map<string, KnownSku>>> {
  const all = [...new Set(skus)].filter((sku) => sku !== '');
  if (all.length === 0) return ok(new Map());
  const known = await services.db.forShop(shop, (tx) => knownSkus(tx, shop, all));
  const missing = all.filter((sku) => !holds(known.get(sku)));
  if (missing.length === 0) return ok(known);
  const found = await findSkus(services.shopify(shop), missing);
  if (!found.ok) return found;
  return services.db.forShop(shop, async (tx) => {
    await keepFoundSkus(tx, shop, now(), found.value);
    return ok(await knownSkus(tx, shop, all));
  });
}
