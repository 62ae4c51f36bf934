import { randomUUID } from 'node:crypto';
import type { Database, Tx } from '../db/client.ts';
import {
  changePolled,
  claimPoll,
  renewPoll,
  sellerPolledBy,
  type SellerChange,
  type SellerRow,
} from '../db/sellers.ts';
import type { SellerId, ShopDomain } from '../domain/ids.ts';
import { now } from '../lib/clock.ts';

/** A worker that dies while polling is missed after this (ms); one that lives renews its claim, however long a page takes. */
const claimMs = 25_000;
/** So often, in real time (ms). */
const renewEveryMs = 5_000;

/** One worker's hold on the poll of an account. */
export interface PollClaim {
  /** The account as it was claimed. */
  readonly seller: SellerRow;
  /** Puts its end off. False: another worker has the poll, and this one has to stop. */
  renew(): Promise<boolean>;
  /** Writes what was learnt. False, and nothing is written, where another worker has the poll: it came too late. */
  write(tx: Tx, change: SellerChange): Promise<boolean>;
  /** What `write` has to say where more pages follow: the claim goes on. */
  goesOn(): SellerChange;
  /** After the poll: the account as it is now; null where the next poll is due or claimed. */
  untilNext(): Promise<SellerRow | null>;
  /** Lets it run out, unless it was ended before. */
  stop(): void;
}

/** Claims the poll of an account and keeps it until stopped. Null: it is not due, not connected, or somebody else's. */
export async function claimThePoll(
  db: Database,
  shop: ShopDomain,
  sellerId: SellerId,
): Promise<PollClaim | null> {
  const token = randomUUID();
  const seller = await db.forShop(shop, (tx) => claimPoll(tx, shop, sellerId, token, now(), now() + claimMs));
  if (!seller) return null;
  const renew = () => db.forShop(shop, (tx) => renewPoll(tx, shop, sellerId, token, now() + claimMs));
  // A renewal that fails lets the claim run out, which is what it is for.
  const timer = setInterval(() => void renew().catch(() => undefined), renewEveryMs);
  timer.unref();
  return {
    seller,
    renew,
    write: (tx, change) => changePolled(tx, shop, sellerId, token, change),
    goesOn: () => ({ nextPollAt: new Date(now() + claimMs), pollingUntil: new Date(now() + claimMs) }),
    untilNext: () => db.forShop(shop, (tx) => sellerPolledBy(tx, shop, sellerId, token, now())),
    stop: () => {
      clearInterval(timer);
    },
  };
}
