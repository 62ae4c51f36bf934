import type { Database } from '../db/client.ts';
import { markInstalled, markUninstalled } from '../db/shops.ts';
import type { ShopDomain } from '../domain/ids.ts';
import { now } from '../lib/clock.ts';

/** The shop has the app (again). Idempotent: it is called after every token exchange. */
export async function shopInstalled(db: Database, shop: ShopDomain): Promise<void> {
  await db.forShop(shop, (tx) => markInstalled(tx, shop, now()));
}

/**
 * The shop gave up the app at `at` (ms UTC): its tokens are forgotten and nothing of it is sent from this moment on
 * (SEC-4). News from before a later installation changes nothing.
 */
export async function shopUninstalled(db: Database, shop: ShopDomain, at: number): Promise<void> {
  const over = await db.forShop(shop, (tx) => markUninstalled(tx, shop, at));
  if (over) await db.sessions.session.deleteMany({ where: { shop } });
}
