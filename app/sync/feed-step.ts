import { randomUUID } from 'node:crypto';
import { leaseFeeds, releaseFeeds, renewFeedLease } from '../db/feed-lease.ts';
import { openFeeds, type OpenFeed } from '../db/feeds.ts';
import { sellerOf, type SellerRow } from '../db/sellers.ts';
import { shopRow } from '../db/shops.ts';
import { feedKinds } from '../domain/feed-kind.ts';
import type { SellerId, ShopDomain } from '../domain/ids.ts';
import { now } from '../lib/clock.ts';
import { checkFeed, closeFatal } from './check-feed.ts';
import { findFeed, giveUpFeed } from './find-feed.ts';
import { sendFeed } from './send-feed.ts';
import type { Services } from './services.ts';

/** What a step on one account's batches works with. */
export interface FeedWork {
  readonly services: Services;
  readonly shop: ShopDomain;
  readonly seller: SellerRow;
}

/** How often, in real time, a step renews its lease. */
const renewEveryMs = 5_000;

/** When to look at a batch that nothing can be done about now (ms UTC). */
const laterLook = ({ lookAt }: OpenFeed): number => (lookAt > now() ? lookAt : now() + 5_000);

/**
 * One batch that is not over. A worker that died while writing it left nothing at Amazon; one that died while sending may
 * have, and what Amazon has is looked for. Answers when to look again (ms UTC); null: it is over.
 */
async function goOn(work: FeedWork, feed: OpenFeed): Promise<number | null> {
  const later = laterLook(feed);
  switch (feed.state) {
    case 'writing':
      return feed.abandoned ? giveUpFeed(work, feed, 'The worker that wrote it is gone.') : later;
    case 'sending':
      return feed.abandoned ? findFeed(work, feed) : later;
    case 'unsure':
      return feed.lookAt > now() ? feed.lookAt : findFeed(work, feed);
    case 'sent':
      return feed.lookAt > now() ? feed.lookAt : checkFeed(work, feed);
    case 'done':
    case 'fatal':
    case 'cancelled':
    case 'never':
      return null;
  }
}

/** Looks at what is under way and sends what waits. Answers when to go on with each (ms UTC); null: it is over. */
async function goOnWithAll(work: FeedWork, dryRun: boolean): Promise<(number | null)[]> {
  const { services, shop, seller } = work;
  const looks: (number | null)[] = [];
  const feeds = await services.db.forShop(shop, (tx) => openFeeds(tx, shop, seller.sellerId));
  for (const feed of feeds) looks.push(await goOn(work, feed));
  await closeFatal(work);
  if (!dryRun) for (const kind of feedKinds) looks.push(await sendFeed(work, kind));
  return looks;
}

/**
 * A step on an account's batches for Amazon: what is under way is looked at, and what waits is sent, cancels first. Nothing
 * sleeps in here: it ends with the time of the next look, at which it is called again. One step at a time: one that is called
 * for while another is made waits for its end, and holds no worker. Where this worker dies, or a step throws, its lease runs
 * out and the next one is made.
 */
export async function feedStep(services: Services, shop: ShopDomain, sellerId: SellerId): Promise<void> {
  const { db } = services;
  const token = randomUUID();
  const [seller, row] = await db.forShop(shop, async (tx) =>
    (await leaseFeeds(tx, shop, sellerId, token, now()))
      ? ([await sellerOf(tx, shop, sellerId), await shopRow(tx, shop)] as const)
      : [],
  );
  if (!seller || !row) return;
  // A renewal that fails lets the lease run out, which is what it is for.
  const renew = () =>
    void db.forShop(shop, (tx) => renewFeedLease(tx, shop, sellerId, token)).catch(() => undefined);
  const timer = setInterval(renew, renewEveryMs).unref();
  try {
    const looks = await goOnWithAll({ services, shop, seller }, row.settings.dryRun);
    await db.forShop(shop, async (tx) => {
      // Also at those that another worker moved on, or began, since they were read.
      const open = await openFeeds(tx, shop, sellerId);
      const times = [...looks, ...open.map(laterLook)].filter((at) => at !== null);
      await releaseFeeds(tx, shop, sellerId, token, times.length === 0 ? null : Math.min(...times));
    });
  } finally {
    clearInterval(timer);
  }
}
