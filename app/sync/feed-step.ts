import { nextFeedLook, openFeeds, type OpenFeed } from '../db/feeds.ts';
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

/**
 * One batch that is not over. A worker that died while writing it left nothing at Amazon; one that died while sending may
 * have, and what Amazon has is looked for. Answers when to look again (ms UTC); null: it is over.
 */
async function goOn(work: FeedWork, feed: OpenFeed): Promise<number | null> {
  const later = feed.lookAt > now() ? feed.lookAt : now() + 5_000;
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

/**
 * A step on an account's batches for Amazon: what is under way is looked at, and what waits is sent, cancels first. Nothing
 * sleeps in here: it ends with the time of the next look, at which it is called again.
 */
export async function feedStep(services: Services, shop: ShopDomain, sellerId: SellerId): Promise<void> {
  const [seller, row] = await services.db.forShop(
    shop,
    async (tx) => [await sellerOf(tx, shop, sellerId), await shopRow(tx, shop)] as const,
  );
  if (!seller || !row?.installed || seller.state !== 'connected') return;
  const work = { services, shop, seller };
  const looks: (number | null)[] = [];
  const feeds = await services.db.forShop(shop, (tx) => openFeeds(tx, shop, sellerId));
  for (const feed of feeds) looks.push(await goOn(work, feed));
  await closeFatal(work);
  if (!row.settings.dryRun) for (const kind of feedKinds) looks.push(await sendFeed(work, kind));
  const times = looks.filter((at) => at !== null);
  const next = times.length === 0 ? null : Math.min(...times);
  await services.db.forShop(shop, (tx) => nextFeedLook(tx, shop, sellerId, next));
}
