import type { Prisma } from '@prisma/client';
import { sellerId, type SellerId, type ShopDomain } from '../domain/ids.ts';
import type { AmazonRegion } from '../domain/marketplaces.ts';
import { z } from 'zod';
import type { Tx } from './client.ts';

const notificationsShape = z.object({
  queueArn: z.string(),
  destinationId: z.string(),
  subscriptionId: z.string(),
});

/** Amazon's ids of what sends an account's messages to our queue. */
export type SellerNotifications = Readonly<z.infer<typeof notificationsShape>>;

/** A seller account as the lists show it. Times in ms UTC. */
export interface SellerRow {
  readonly sellerId: SellerId;
  readonly region: AmazonRegion;
  /** connected; disconnected: Amazon no longer lets the app in; released: a person disconnected it. */
  readonly state: string;
  readonly importFrom: number;
  /** When the account was first connected here. */
  readonly connectedAt: number;
  readonly cursor: number;
  readonly window: Prisma.JsonValue;
  readonly deepWindow: Prisma.JsonValue;
  readonly deepSweptAt: number | null;
  readonly lastLookAt: number | null;
  /** When Amazon was last asked for all that changed, and said all of it. */
  readonly listedAt: number | null;
  readonly blindSince: number | null;
  readonly blindWhy: string | null;
  readonly nextPollAt: number;
  /** Until when a worker is taking pages in. */
  readonly pollingUntil: number | null;
  /** Since when orders come without their cancellation data. */
  readonly requestsBlindSince: number | null;
  /** Up to when its finances were read. */
  readonly financesUntil: number | null;
  readonly sealedToken: string;
  /** The store's name; null where Amazon did not tell it. */
  readonly name: string | null;
  /** Ids of the marketplaces it sells in, by Amazon's word when it was connected; empty where Amazon did not tell. */
  readonly marketplaceIds: readonly string[];
  /** When the grant ends by itself; null where it does not. */
  readonly grantedUntil: number | null;
  /** Null where its messages were not set up. */
  readonly notifications: SellerNotifications | null;
}

const regions = z.enum(['na', 'eu', 'fe']);

type Found = Prisma.SellerGetPayload<object>;

function toRow(row: Found): SellerRow {
  return {
    sellerId: sellerId(row.sellerId),
    region: regions.parse(row.region),
    state: row.state,
    importFrom: row.importFrom.getTime(),
    cursor: row.cursor.getTime(),
    window: row.window,
    deepWindow: row.deepWindow,
    deepSweptAt: row.deepSweptAt?.getTime() ?? null,
    lastLookAt: row.lastLookAt?.getTime() ?? null,
    listedAt: row.listedAt?.getTime() ?? null,
    blindSince: row.blindSince?.getTime() ?? null,
    blindWhy: row.blindWhy,
    nextPollAt: row.nextPollAt.getTime(),
    pollingUntil: row.pollingUntil?.getTime() ?? null,
    requestsBlindSince: row.requestsBlindSince?.getTime() ?? null,
    connectedAt: row.stateSince.getTime(),
    financesUntil: row.financesUntil?.getTime() ?? null,
    sealedToken: row.refreshToken,
    name: row.name,
    marketplaceIds: row.marketplaceIds,
    grantedUntil: row.grantedUntil?.getTime() ?? null,
    notifications: notificationsShape.safeParse(row.notifications).data ?? null,
  };
}

/** The shop's seller accounts. */
export async function sellersOf(tx: Tx, shop: ShopDomain): Promise<SellerRow[]> {
  return (await tx.seller.findMany({ where: { shop }, orderBy: { sellerId: 'asc' } })).map(toRow);
}

/** One account; null where the shop does not have it. */
export async function sellerOf(tx: Tx, shop: ShopDomain, seller: SellerId): Promise<SellerRow | null> {
  const row = await tx.seller.findUnique({ where: { shop_sellerId: { shop, sellerId: seller } } });
  return row && toRow(row);
}

/**
 * Claims the poll of an account that is due at `now` for the holder of `token`, so that one worker does it: the next is put
 * off to `until`, which holds if this worker dies (ms UTC). Null: not due, not connected, or taken.
 */
export async function claimPoll(
  tx: Tx,
  shop: ShopDomain,
  seller: SellerId,
  token: string,
  now: number,
  until: number,
): Promise<SellerRow | null> {
  const taken = await tx.seller.updateMany({
    where: { shop, sellerId: seller, state: 'connected', nextPollAt: { lte: new Date(now) } },
    data: { nextPollAt: new Date(until), pollingUntil: new Date(until), pollToken: token },
  });
  return taken.count === 1 ? sellerOf(tx, shop, seller) : null;
}

/** Puts the end of a claim off to `until` (ms UTC). False: the poll is over, or somebody else has claimed it since. */
export async function renewPoll(
  tx: Tx,
  shop: ShopDomain,
  seller: SellerId,
  token: string,
  until: number,
): Promise<boolean> {
  const renewed = await tx.seller.updateMany({
    where: { shop, sellerId: seller, pollToken: token, pollingUntil: { not: null } },
    data: { nextPollAt: new Date(until), pollingUntil: new Date(until) },
  });
  return renewed.count === 1;
}

/** The account while its last poll is that of `token` and no other is due at `now` (ms UTC); else null. */
export async function sellerPolledBy(
  tx: Tx,
  shop: ShopDomain,
  seller: SellerId,
  token: string,
  now: number,
): Promise<SellerRow | null> {
  const row = await tx.seller.findFirst({
    where: {
      shop,
      sellerId: seller,
      state: 'connected',
      pollToken: token,
      nextPollAt: { gt: new Date(now) },
    },
  });
  return row && toRow(row);
}

/** Writes how far a deep look has come, unless somebody has moved it on from `read`. */
export async function moveDeepLook(
  tx: Tx,
  shop: ShopDomain,
  seller: SellerId,
  read: Prisma.InputJsonValue,
  change: Pick<SellerChange, 'deepWindow' | 'deepSweptAt'>,
): Promise<void> {
  await tx.seller.updateMany({
    where: { shop, sellerId: seller, deepWindow: { equals: read } },
    data: change,
  });
}

/** Puts the next poll of an account forward to `at` (ms UTC), unless it comes earlier or is under way. */
export async function pollEarlier(tx: Tx, shop: ShopDomain, seller: SellerId, at: number): Promise<void> {
  await tx.seller.updateMany({
    where: {
      shop,
      sellerId: seller,
      state: 'connected',
      pollingUntil: null,
      nextPollAt: { gt: new Date(at) },
    },
    data: { nextPollAt: new Date(at) },
  });
}

/** What a look at Amazon changes of its account. */
export type SellerChange = Prisma.SellerUpdateManyMutationInput;

/** Writes what the holder of `token` learnt by its poll. False, and nothing is written: somebody else has claimed it since. */
export async function changePolled(
  tx: Tx,
  shop: ShopDomain,
  seller: SellerId,
  token: string,
  change: SellerChange,
): Promise<boolean> {
  const changed = await tx.seller.updateMany({
    where: { shop, sellerId: seller, pollToken: token },
    data: change,
  });
  return changed.count === 1;
}

/** Writes what was learnt of an account. */
export async function changeSeller(
  tx: Tx,
  shop: ShopDomain,
  seller: SellerId,
  change: SellerChange,
): Promise<void> {
  await tx.seller.updateMany({ where: { shop, sellerId: seller }, data: change });
}

/**
 * Notes at `now` (ms UTC) whether requests came with an account's orders. Answers since when they had not, where that is
 * over now; else null.
 */
export async function seeRequests(
  tx: Tx,
  shop: ShopDomain,
  seller: SellerId,
  now: number,
  seen: boolean,
): Promise<number | null> {
  const rows = await tx.$queryRaw<{ since: Date | null }[]>`
    with before as (
      select requests_blind_since as since from seller where shop = ${shop} and seller_id = ${seller}
        and (requests_blind_since is null) <> ${seen} for update)
    update seller set requests_blind_since = case when ${seen} then null else ${new Date(now)}::timestamptz end
    from before where shop = ${shop} and seller_id = ${seller} returning before.since`;
  return rows[0]?.since?.getTime() ?? null;
}
