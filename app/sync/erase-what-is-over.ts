import { eraseOldRows, eraseShop, shopsGoneBy, shopsWithOldWords, type Erasure } from '../db/erase.ts';
import { eraseOldWordsOf, ordersWithOldWords } from '../db/privacy.ts';
import type { ShopDomain } from '../domain/ids.ts';
import { now } from '../lib/clock.ts';
import { knockOwn } from './knock.ts';
import type { Services } from './services.ts';

type Parts = Pick<Services, 'db' | 'vault' | 'log'>;

const everyMs = 3_600_000;
/** Where Shopify never asks for it, a gone shop is erased after this. */
const keptMs = 30 * 86_400_000;

async function erase({ db, vault, log }: Parts, shop: ShopDomain, uninstalledBy: number): Promise<void> {
  const pseudonym: Erasure['pseudonym'] = `erased-${vault.fingerprint(shop)}`;
  const erased = await eraseShop(db, { shop, pseudonym, uninstalledBy, now: now() });
  log.info({ shop: erased ? pseudonym : shop, erased }, 'A shop was to be erased');
}

/** Erases a shop that gave up the app; one that has it again, or is gone already, is left as it is. */
export function eraseGoneShop(parts: Parts, shop: ShopDomain): Promise<void> {
  return erase(parts, shop, now());
}

/** The words of requests whose time is over; the orders are made due, so that Shopify's metafield loses them too (REQ-5). */
async function eraseOldWords({ db }: Parts, shop: ShopDomain, installed: boolean): Promise<void> {
  const some = () =>
    db.forShop(shop, async (tx) => {
      const orders = await ordersWithOldWords(tx, shop, now());
      if (installed) await knockOwn(tx, shop, orders, { side: 'shopify' });
      await eraseOldWordsOf(
        tx,
        shop,
        orders.map((order) => order.id),
        now(),
      );
      return orders.length;
    });
  while ((await some()) > 0);
}

/** Erases all that is kept no longer (SEC-4, SEC-5, REQ-5). May be repeated, and done by several processes at once. */
export async function eraseWhatIsOver(parts: Parts): Promise<void> {
  await eraseOldRows(parts.db, now());
  for (const { shop, installed } of await shopsWithOldWords(parts.db, now()))
    await eraseOldWords(parts, shop, installed);
  const by = now() - keptMs;
  for (const shop of await shopsGoneBy(parts.db, by)) await erase(parts, shop, by);
}

/** The same as a worker's chore: at the start, and when an hour of our clock has passed. */
export function createSweeper(parts: Parts): () => Promise<void> {
  let last = -Infinity;
  return async () => {
    if (now() - last < everyMs) return;
    await eraseWhatIsOver(parts);
    last = now();
  };
}
