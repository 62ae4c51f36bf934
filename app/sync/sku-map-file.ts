import { listSkuLinks, type SkuRow } from '../db/sku-list.ts';
import type { ShopDomain } from '../domain/ids.ts';
import { writeSkuFile, type SkuFileLine } from '../reports/write-sku-file.ts';
import type { Services } from './services.ts';

const perPage = 1_000;

function lineOf({ sku, variantId, byHand, candidates, orders }: SkuRow): SkuFileLine {
  if (variantId !== null)
    return { sku, variant: variantId, linked: byHand ? 'by hand' : 'by its SKU', orders };
  if (byHand) return { sku, variant: '', linked: 'never', orders };
  return { sku, variant: '', linked: candidates > 1 ? 'on several variants' : 'unlinked', orders };
}

/** The whole SKU map as the text of a file. */
export async function skuMapFile(services: Services, shop: ShopDomain): Promise<string> {
  const lines: SkuFileLine[] = [];
  let after: string | undefined;
  do {
    const from = after;
    const page = await services.db.forShop(shop, (tx) =>
      listSkuLinks(tx, shop, { tab: 'all', limit: perPage, after: from }),
    );
    lines.push(...page.rows.map(lineOf));
    after = page.next ?? undefined;
  } while (after !== undefined);
  return writeSkuFile(lines);
}
