import { z } from 'zod';
import type { Database } from '../db/client.ts';
import { beginQuiet, endQuiet } from '../db/facts.ts';
import { forgetShopFacts, markInstalled, markUninstalled } from '../db/shops.ts';
import type { ShopDomain } from '../domain/ids.ts';
import { now } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Webhook } from '../shopify/webhook.ts';

const scopesUpdate = z.object({ current: z.array(z.string()) });

/** The shop has the app (again). Idempotent: it is called after every token exchange. */
export async function shopInstalled(db: Database, shop: ShopDomain): Promise<void> {
  await db.forShop(shop, async (tx) => {
    await markInstalled(tx, shop, now());
    await endQuiet(tx, shop, '', 'uninstalled', now());
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
