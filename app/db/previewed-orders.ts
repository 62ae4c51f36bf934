import type { ShopDomain } from '../domain/ids.ts';
import { isKnownCurrency, type Money } from '../domain/money.ts';
import type { Tx } from './client.ts';

/** What becomes of an order when older ones are brought in. `odd`: not known. */
export const fates = ['create', 'adopt', 'leave', 'odd'] as const;
export type Fate = (typeof fates)[number];

/** An order as a preview saw it. `createdAt` in ms UTC; null, like the others, where it could not be read. */
export interface PreviewedOrder {
  readonly amazonOrderId: string;
  readonly createdAt: number | null;
  readonly marketplaceId: string | null;
  readonly total: Money | null;
  readonly fate: Fate;
  /** Why it is left or not known; of one to be adopted its name in Shopify. */
  readonly why: string;
}

/** Keeps what a preview saw; an order that comes twice is kept as it came first. */
export async function keepPreviewed(
  tx: Tx,
  shop: ShopDomain,
  backfillId: string,
  orders: readonly PreviewedOrder[],
): Promise<void> {
  if (orders.length === 0) return;
  await tx.previewedOrder.createMany({
    data: orders.map(({ amazonOrderId, createdAt, marketplaceId, total, fate, why }) => ({
      shop,
      backfillId,
      amazonOrderId,
      createdAt: createdAt === null ? null : new Date(createdAt),
      marketplaceId,
      currency: total?.currency ?? null,
      total: total === null ? null : BigInt(total.amount),
      fate,
      why,
    })),
    skipDuplicates: true,
  });
}

/** Forgets what earlier previews of an account listed: the newest counts. */
export async function dropPreviewed(tx: Tx, shop: ShopDomain, seller: string): Promise<void> {
  await tx.$executeRaw`
    delete from previewed_order p using backfill b
    where p.shop = ${shop} and b.shop = p.shop and b.id = p.backfill_id and b.seller_id = ${seller}`;
}

/** So many orders of a preview with one fate, the newest first, from the `skip`ped ones on. */
export async function previewedOrders(
  tx: Tx,
  shop: ShopDomain,
  backfillId: string,
  fate: Fate,
  { skip, take }: { readonly skip: number; readonly take: number },
): Promise<PreviewedOrder[]> {
  const rows = await tx.previewedOrder.findMany({
    where: { shop, backfillId, fate },
    orderBy: [{ createdAt: { sort: 'desc', nulls: 'last' } }, { amazonOrderId: 'asc' }],
    skip,
    take,
  });
  return rows.map((row) => ({
    amazonOrderId: row.amazonOrderId,
    createdAt: row.createdAt?.getTime() ?? null,
    marketplaceId: row.marketplaceId,
    total:
      row.total !== null && row.currency !== null && isKnownCurrency(row.currency)
        ? { amount: Number(row.total), currency: row.currency }
        : null,
    fate,
    why: row.why,
  }));
}
