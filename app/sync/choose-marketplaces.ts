import type { Tx } from '../db/client.ts';
import { sellerOf } from '../db/sellers.ts';
import { shopRow } from '../db/shops.ts';
import { choose } from '../domain/chosen-marketplaces.ts';
import type { SellerId, ShopDomain } from '../domain/ids.ts';
import { marketplacesOf } from '../domain/marketplaces.ts';
import { now } from '../lib/clock.ts';
import { setSettings } from './change-settings.ts';

/**
 * From now on orders of these marketplaces of an account come in, and of no other; nothing that came in is touched (IMP-2).
 * False where the shop has no such account, or one of them is none of its region.
 */
export async function chooseMarketplaces(
  tx: Tx,
  shop: ShopDomain,
  seller: SellerId,
  ids: readonly string[],
  by: string,
): Promise<boolean> {
  const account = await sellerOf(tx, shop, seller);
  const possible = new Set(account && marketplacesOf(account.region).map(({ id }) => id));
  if (!account || ids.some((id) => !possible.has(id))) return false;
  // Two people may choose for two accounts at once: each keeps what the other chose.
  await tx.$queryRaw`select from shop where shop = ${shop} for update`;
  const all = (await shopRow(tx, shop))?.settings.marketplaces ?? {};
  const marketplaces = { ...all, [seller]: choose(all[seller], ids, now()) };
  await setSettings(tx, shop, { marketplaces }, by);
  return true;
}
