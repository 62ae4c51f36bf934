import type { Tx } from '../db/client.ts';
import { marketplacesSeen } from '../db/order-reports.ts';
import type { SellerRow } from '../db/sellers.ts';
import type { ShopDomain } from '../domain/ids.ts';
import { marketplaces } from '../domain/marketplaces.ts';

/** Marketplaces to name where Amazon wants 1 to 25 of them: those of the account's orders, else all of its region. */
export async function marketplacesFor(tx: Tx, shop: ShopDomain, seller: SellerRow): Promise<string[]> {
  const seen = await marketplacesSeen(tx, shop, seller.sellerId);
  const ofRegion = marketplaces.filter(({ region }) => region === seller.region).map(({ id }) => id);
  return (seen.length > 0 ? seen : ofRegion).slice(0, 25);
}
