import { Prisma } from '@prisma/client';
import {
  keptSearch,
  ordersPerPage,
  searchShape,
  type OrderPage,
  type OrderSearch,
} from '../amazon/orders.ts';
import { moveDeepLook, type SellerChange, type SellerRow } from '../db/sellers.ts';
import type { ShopDomain } from '../domain/ids.ts';
import { now } from '../lib/clock.ts';
import type { PollClaim } from './poll-claim.ts';
import { receivePage } from './receive-amazon.ts';
import { roomFor } from './room.ts';
import type { Services } from './services.ts';

// Orders may show up very late in Amazon's list, so that now and then all of the last days is looked at again.
const backMs = 48 * 3_600_000;
const everyMs = 6 * 3_600_000;

function underWay(seller: SellerRow): OrderSearch | null {
  return searchShape.safeParse(seller.deepWindow).data ?? null;
}

/**
 * What a look for news that is over says of the deep one: whether it begins, and whether it has pages to ask for. `from`: what was
 * looked at already goes back so far; `cursor`: up to where (ms UTC). The first look of an account stands for a deep one.
 */
export function deepLookAfter(
  seller: SellerRow,
  cursor: number,
  from: number,
): { readonly change: SellerChange; readonly hasPages: boolean } {
  const { deepSweptAt } = seller;
  if (underWay(seller)) return { change: {}, hasPages: true };
  if (deepSweptAt !== null && now() - deepSweptAt <= everyMs) return { change: {}, hasPages: false };
  const after = cursor - backMs;
  if (deepSweptAt === null || from <= after)
    return { change: { deepSweptAt: new Date(now()) }, hasPages: false };
  const deepWindow = { by: 'updated', after, before: from, marketplaceIds: [], pageToken: null };
  return { change: { deepWindow }, hasPages: true };
}

/** A slot and room in Shopify that nothing else waits for. */
async function isSpare(services: Services, shop: ShopDomain, seller: SellerRow): Promise<boolean> {
  if (!roomFor(services, shop, ordersPerPage).ok) return false;
  return (await services.amazon(seller).searchSlotAt()) <= now();
}

async function takePage(
  services: Services,
  shop: ShopDomain,
  seller: SellerRow,
  search: OrderSearch,
  page: OrderPage,
): Promise<void> {
  const { sellerId } = seller;
  const change = page.next
    ? { deepWindow: keptSearch(page.next) }
    : { deepWindow: Prisma.DbNull, deepSweptAt: new Date(now()) };
  await receivePage(services, shop, sellerId, page, (tx) =>
    moveDeepLook(tx, shop, sellerId, keptSearch(search), change),
  );
}

/**
 * Goes on with a deep look after a look for news is over, page by page with the slots that are left over, until the next look
 * is due. What is left goes on after that one. A page that fails is asked for again then: the look for news says what is wrong.
 * Answers how many pages were taken.
 */
export async function lookDeep(services: Services, shop: ShopDomain, claim: PollClaim): Promise<number> {
  for (let pages = 0; ; pages += 1) {
    const seller = await claim.untilNext();
    const search = seller && underWay(seller);
    if (!search || !(await isSpare(services, shop, seller))) return pages;
    const page = await services.amazon(seller).searchOrders(search);
    if (!page.ok) {
      const { sellerId } = seller;
      const { kind, code } = page.failure;
      services.log.warn({ shop, seller: sellerId, code, failure: kind }, 'deep look failed');
      // A page token that no longer holds: it begins anew.
      const anew = { deepWindow: Prisma.DbNull };
      if (code === 'page_token')
        await services.db.forShop(shop, (tx) => moveDeepLook(tx, shop, sellerId, keptSearch(search), anew));
      return pages;
    }
    await takePage(services, shop, seller, search, page.value);
  }
}
