import type { Prisma } from '@prisma/client';
import type { ShopDomain } from '../domain/ids.ts';
import type { SkuTab } from '../domain/sku-tab.ts';
import type { Tx } from './client.ts';

/** An SKU as the list of them shows it. `candidates`: variants that have it in Shopify, when it was last looked up. */
export interface SkuRow {
  readonly sku: string;
  readonly variantId: string | null;
  readonly candidates: number;
  readonly byHand: boolean;
  /** Orders that carry it. */
  readonly orders: number;
}

interface SkuQuery {
  readonly tab: SkuTab;
  readonly limit: number;
  /** The SKU that the page before ended with. */
  readonly after?: string | undefined;
  /** The beginning of SKUs, in any case. */
  readonly search?: string | undefined;
}

const tabs: Readonly<Record<SkuTab, Prisma.SkuLinkWhereInput>> = {
  unlinked: { variantId: null, byHand: false, candidates: { lt: 2 } },
  several: { variantId: null, byHand: false, candidates: { gte: 2 } },
  linked: { variantId: { not: null } },
  never: { variantId: null, byHand: true },
  all: {},
};

/** How many orders carry each of these SKUs; none where it is absent. */
async function ordersOf(tx: Tx, skus: readonly string[]): Promise<Map<string, number>> {
  if (skus.length === 0) return new Map();
  const rows = await tx.$queryRaw<{ sku: string; orders: bigint }[]>`
    select sku, orders from concord_orders_of_skus(${[...skus]}::text[])`;
  return new Map(rows.map((row) => [row.sku, Number(row.orders)]));
}

/** One page of the SKUs that were ever met or set, by name, and the SKU after which the next page starts. */
export async function listSkuLinks(
  tx: Tx,
  shop: ShopDomain,
  { tab, limit, after, search }: SkuQuery,
): Promise<{ rows: SkuRow[]; next: string | null }> {
  const and: Prisma.SkuLinkWhereInput[] = [tabs[tab]];
  // The client passes on what it is given: a sign of the pattern language has to stand for itself.
  if (search) and.push({ sku: { startsWith: search.replace(/[\\%_]/g, '\\$&'), mode: 'insensitive' } });
  if (after !== undefined) and.push({ sku: { gt: after } });
  const found = await tx.skuLink.findMany({
    where: { shop, AND: and },
    orderBy: { sku: 'asc' },
    take: limit + 1,
  });
  const page = found.slice(0, limit);
  const orders = await ordersOf(
    tx,
    page.map((row) => row.sku),
  );
  const rows = page.map(({ sku, variantId, candidates, byHand }) => ({
    sku,
    variantId,
    candidates,
    byHand,
    orders: orders.get(sku) ?? 0,
  }));
  return { rows, next: found.length > limit ? (rows.at(-1)?.sku ?? null) : null };
}

/** How many SKUs stand in each tab. */
export async function countSkus(tx: Tx, shop: ShopDomain): Promise<Readonly<Record<SkuTab, number>>> {
  const [row] = await tx.$queryRaw<Record<SkuTab, number>[]>`
    select count(*) filter (where variant_id is null and not by_hand and candidates < 2)::int as unlinked,
      count(*) filter (where variant_id is null and not by_hand and candidates >= 2)::int as several,
      count(variant_id)::int as linked, count(*) filter (where variant_id is null and by_hand)::int as never,
      count(*)::int as "all"
    from sku_link where shop = ${shop}`;
  return row ?? { unlinked: 0, several: 0, linked: 0, never: 0, all: 0 };
}
