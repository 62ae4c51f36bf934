import type { Database } from '../db/client.ts';
import { markInstalled, markUninstalled } from '../db/shops.ts';
import type { ShopDomain } from '../domain/ids.ts';
import { now } from '../lib/clock.ts';

/** The shop has the app (again). Idempotent: it is called after every token exchange. */
export async function shopInstalled(db: Database, shop: ShopDomain): Promise<void> {
  await db.forShop(shop, (tx) => markInstalled(tx, shop, now()));
}

/** The shop no longer has the app: its tokens are forgotten and nothing of it is sent from this moment on (SEC-4). */
export async function shopUninstalled(db: Database, shop: ShopDomain): Promise<void> {
  await db.forShop(shop, (tx) => markUninstalled(tx, shop, now()));
  await db.sessions.session.deleteMany({ where: { shop } });
}
