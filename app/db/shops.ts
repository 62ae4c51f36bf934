import { z } from 'zod';
import type { ShopDomain } from '../domain/ids.ts';
import { settingsSchema, type Settings } from '../domain/settings.ts';
import type { Tx } from './client.ts';

const factsShape = z.object({
  currencies: z.array(z.string()),
  readsAllOrders: z.boolean(),
  locationId: z.string().nullable(),
  timeZone: z.string(),
});

/** What is kept of a shop. Times in ms UTC; facts are null until Shopify was asked. */
export interface ShopRow {
  readonly installed: boolean;
  readonly installedAt: number;
  readonly settings: Settings;
  readonly facts: z.infer<typeof factsShape> | null;
  readonly factsAt: number;
}

/** The shop's row; null where it never had the app. */
export async function shopRow(tx: Tx, shop: ShopDomain): Promise<ShopRow | null> {
  const row = await tx.shop.findUnique({ where: { shop } });
  if (!row) return null;
  const facts = factsShape.safeParse(row.facts);
  return {
    installed: row.uninstalledAt === null,
    installedAt: row.installedAt.getTime(),
    settings: settingsSchema.parse(row.settings),
    facts: facts.success ? facts.data : null,
    factsAt: row.factsAt?.getTime() ?? 0,
  };
}

/** Notes that the shop has the app (again). Idempotent. */
export async function markInstalled(tx: Tx, shop: ShopDomain, now: number): Promise<void> {
  const at = new Date(now);
  await tx.$executeRaw`
    insert into shop as s (shop, installed_at, proved_at) values (${shop}, ${at}, ${at})
    on conflict (shop) do update set proved_at = excluded.proved_at, uninstalled_at = null,
      installed_at = case when s.uninstalled_at is null then s.installed_at else excluded.installed_at end`;
}

/**
 * Notes that the shop gave up the app at `at` (ms UTC): from now on no command of it can be claimed (SEC-4). False where it
 * was proved to have the app later: then the news is old.
 */
export async function markUninstalled(tx: Tx, shop: ShopDomain, at: number): Promise<boolean> {
  const when = new Date(at);
  const mine = { shop, provedAt: { lte: when } };
  await tx.shop.updateMany({ where: { ...mine, uninstalledAt: null }, data: { uninstalledAt: when } });
  return (await tx.shop.count({ where: { ...mine, uninstalledAt: { not: null } } })) > 0;
}

/** Keeps what Shopify said of the shop. */
export async function keepShopFacts(
  tx: Tx,
  shop: ShopDomain,
  now: number,
  facts: z.infer<typeof factsShape>,
): Promise<void> {
  await tx.shop.updateMany({ where: { shop }, data: { facts, factsAt: new Date(now) } });
}

/** Lets Shopify be asked anew what the shop is. */
export async function forgetShopFacts(tx: Tx, shop: ShopDomain): Promise<void> {
  await tx.shop.updateMany({ where: { shop }, data: { factsAt: null } });
}

/** Changes settings; what is not named stays. */
export async function changeSettings(tx: Tx, shop: ShopDomain, change: Partial<Settings>): Promise<Settings> {
  const row = await tx.shop.findUniqueOrThrow({ where: { shop } });
  const settings = settingsSchema.parse({ ...settingsSchema.parse(row.settings), ...change });
  await tx.shop.update({ where: { shop }, data: { settings } });
  return settings;
}
