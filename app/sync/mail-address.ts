import { randomBytes } from 'node:crypto';
import { mailKeyOf, setMailKey } from '../db/shops.ts';
import type { Database } from '../db/client.ts';
import type { ShopDomain } from '../domain/ids.ts';
import { now } from '../lib/clock.ts';

const keyBytes = 12;

/** The address to which the shop's mails may be forwarded; null where it has none yet. `domain`: the one that mails come in at. */
export async function mailAddress(
  { db }: { readonly db: Database },
  shop: ShopDomain,
  domain: string,
): Promise<string | null> {
  const key = await db.forShop(shop, (tx) => mailKeyOf(tx, shop));
  return key === null ? null : `${key}@${domain}`;
}

/** Gives the shop a new address that nobody can guess; the one before takes no mail any more. */
export async function newMailAddress(
  { db }: { readonly db: Database },
  shop: ShopDomain,
  domain: string,
  by: string,
): Promise<string> {
  const key = randomBytes(keyBytes).toString('hex');
  await db.forShop(shop, (tx) => setMailKey(tx, shop, key, { by, at: now() }));
  return `${key}@${domain}`;
}
