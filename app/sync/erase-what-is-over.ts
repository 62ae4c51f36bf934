import { eraseOldRows, eraseShop, shopsGoneBy, type Erasure } from '../db/erase.ts';
import type { ShopDomain } from '../domain/ids.ts';
import { now } from '../lib/clock.ts';
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

/** Erases all that is kept no longer (SEC-4, SEC-5, REQ-5). May be repeated, and done by several processes at once. */
export async function eraseWhatIsOver(parts: Parts): Promise<void> {
  await eraseOldRows(parts.db, now());
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
