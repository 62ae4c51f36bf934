import type { Tx } from '../db/client.ts';
import { changeSeller, sellersOf } from '../db/sellers.ts';
import type { SellerId, ShopDomain } from '../domain/ids.ts';
import { enqueuePoll } from '../queue/enqueue.ts';

/** Lets a worker look at Amazon now (`at`, ms UTC), within its limits; answers the accounts that are connected. */
export async function lookNow(tx: Tx, shop: ShopDomain, at: number): Promise<SellerId[]> {
  const accounts = (await sellersOf(tx, shop)).filter((one) => one.state === 'connected');
  for (const { sellerId } of accounts) {
    await changeSeller(tx, shop, sellerId, { nextPollAt: new Date(at) });
    await enqueuePoll(tx, shop, sellerId, at);
  }
  return accounts.map(({ sellerId }) => sellerId);
}
