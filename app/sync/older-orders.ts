import { backfillOf, newestBackfills, type BackfillRow } from '../db/backfills.ts';
import { changeGuide } from '../db/guide.ts';
import { sellerOf } from '../db/sellers.ts';
import type { SellerId, ShopDomain } from '../domain/ids.ts';
import type { Settings } from '../domain/settings.ts';
import { now } from '../lib/clock.ts';
import { beginBackfill, writeBackfill } from './backfill.ts';
import { setSettings } from './change-settings.ts';
import type { Services } from './services.ts';
import { shopContext } from './shop-context.ts';

const dayMs = 86_400_000;
/** What Shopify lets every app read again; older orders only where the shop granted it. */
const readableDays = 60;
/** Amazon shows no orders older than two years. */
const mostDays = 730;

/** How far back older orders may be asked for (days). */
export async function mostDaysBack(services: Services, shop: ShopDomain): Promise<number> {
  const { facts } = await shopContext(services, shop);
  return facts.readsAllOrders ? mostDays : readableDays;
}

/** What a preview is to count. No marketplaces: those of the account that were chosen. */
export interface PreviewWish {
  readonly sellerId: SellerId;
  readonly days: number;
  readonly marketplaceIds: readonly string[];
}

/**
 * Begins to count what bringing older orders in would do; nothing is created. Null: the shop has no such account connected, or
 * it is farther back than can be read.
 */
export async function previewOlder(
  services: Services,
  shop: ShopDomain,
  { sellerId, days, marketplaceIds }: PreviewWish,
): Promise<BackfillRow | null> {
  const account = await services.db.forShop(shop, (tx) => sellerOf(tx, shop, sellerId));
  if (account?.state !== 'connected' || days > (await mostDaysBack(services, shop))) return null;
  return beginBackfill(services, shop, sellerId, { since: now() - days * dayMs, marketplaceIds }, true);
}

/** What a person decided after a preview. */
export interface CreateWish {
  readonly preview: string;
  readonly shippedStock: Settings['shippedStock'];
  readonly by: string;
}

/**
 * Begins to bring in what a preview counted. Pressed twice it is begun once. Null: there is no such preview, or it is not at
 * its end.
 */
export async function createOlder(
  services: Services,
  shop: ShopDomain,
  { preview, shippedStock, by }: CreateWish,
): Promise<BackfillRow | null> {
  return services.db.forShop(shop, async (tx) => {
    // Of two clicks the second waits here, and finds what the first began.
    await tx.$queryRaw`select from shop where shop = ${shop} for update`;
    const row = await backfillOf(tx, shop, preview);
    if (!row?.preview || row.state !== 'done') return null;
    const { sellerId, since, until, marketplaceIds, startedAt } = row;
    const begun = (await newestBackfills(tx, shop)).find(
      (one) => !one.preview && one.sellerId === sellerId && one.startedAt >= startedAt,
    );
    if (begun) return begun;
    await setSettings(tx, shop, { shippedStock }, by);
    await changeGuide(tx, shop, { step: 'import' });
    const range = { since: new Date(since).toISOString(), until: new Date(until).toISOString() };
    const after = { sellerId, marketplaceIds: [...marketplaceIds], ...range };
    await tx.auditEntry.create({
      data: { shop, at: new Date(now()), actor: by, action: 'older_orders', after },
    });
    return writeBackfill(tx, shop, sellerId, { since, until, marketplaceIds }, false);
  });
}
