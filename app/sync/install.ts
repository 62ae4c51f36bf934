import { z } from 'zod';
import type { Database } from '../db/client.ts';
import { beginQuiet, endQuiet } from '../db/facts.ts';
import { linkedOrders } from '../db/known-orders.ts';
import { forgetShopFacts, markInstalled, markUninstalled, shopRow } from '../db/shops.ts';
import type { ShopDomain } from '../domain/ids.ts';
import { now } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Webhook } from '../shopify/webhook.ts';
import { knockOwn } from './knock.ts';

const scopesUpdate = z.object({ current: z.array(z.string()) });

/** Shopify lets apps read orders of so many days; nothing that is older is looked at again (ms). */
const readableMs = 60 * 86_400_000;

/**
 * The shop has the app (again). Idempotent: it is called after every token exchange. Shopify tells nothing of what was done
 * meanwhile: after an absence every order is looked at there, so that it is listed (CAN-12).
 */
export async function shopInstalled(db: Database, shop: ShopDomain): Promise<void> {
  await db.forShop(shop, async (tx) => {
    const before = await shopRow(tx, shop);
    await markInstalled(tx, shop, now());
    await endQuiet(tx, shop, '', 'uninstalled', now());
    if (before?.installed !== false) return;
    await knockOwn(tx, shop, await linkedOrders(tx, shop, now() - readableMs), { side: 'shopify' });
  });
}

/**
 * The shop gave up the app at `at` (ms UTC): its tokens are forgotten and nothing of it is sent from this moment on
 * (SEC-4). News from before a later installation changes nothing.
 */
export async function shopUninstalled(db: Database, shop: ShopDomain, at: number): Promise<void> {
  const over = await db.forShop(shop, async (tx) => {
    const done = await markUninstalled(tx, shop, at);
    if (done) await beginQuiet(tx, shop, '', 'uninstalled', at);
    return done;
  });
  if (over) await db.sessions.session.deleteMany({ where: { shop } });
}

/** The merchant granted other scopes: what was known of the shop under the old ones is asked anew. */
async function scopesChanged(db: Database, shop: ShopDomain, scopes: readonly string[]): Promise<void> {
  await db.sessions.session.updateMany({ where: { shop }, data: { scope: scopes.join(',') } });
  await db.forShop(shop, (tx) => forgetShopFacts(tx, shop));
}

/** Takes in a webhook about the installation itself. What it says may be said again. */
export async function takeAppNews(db: Database, log: Log, webhook: Webhook): Promise<void> {
  const { shop, topic, triggeredAt, payload } = webhook;
  if (topic === 'app/uninstalled') {
    await shopUninstalled(db, shop, triggeredAt ?? now());
    return;
  }
  const update = topic === 'app/scopes_update' ? scopesUpdate.safeParse(payload) : null;
  if (update?.success) await scopesChanged(db, shop, update.data.current);
  else log.warn({ shop, topic }, 'A webhook of an unknown topic or form');
}
