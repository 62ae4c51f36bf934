import { Prisma } from '@prisma/client';
import { z } from 'zod';
import {
  keptSearch,
  ordersPerPage,
  searchShape,
  type OrderPage,
  type OrderSearch,
} from '../amazon/orders.ts';
import { closeAccountProblem, openAccountProblem } from '../db/problems.ts';
import type { Tx } from '../db/client.ts';
import { beginQuiet, endQuiet } from '../db/facts.ts';
import { sellerOf, type SellerChange, type SellerRow } from '../db/sellers.ts';
import { shopRow } from '../db/shops.ts';
import { fail, type Failure, type Result } from '../domain/failure.ts';
import { endsSoon } from '../domain/authorisation.ts';
import type { SellerId, ShopDomain } from '../domain/ids.ts';
import { settingsSchema } from '../domain/settings.ts';
import { now } from '../lib/clock.ts';
import { deepLookAfter, lookDeep } from './deep-look.ts';
import { noteRates } from './note-rates.ts';
import { noteAddresses } from './note-addresses.ts';
import { requestsSubject } from './note-sight.ts';
import { claimThePoll, type PollClaim } from './poll-claim.ts';
import { receivePage } from './receive-amazon.ts';
import { roomForPage } from './room.ts';
import type { Services } from './services.ts';

/** Amazon gives a slot each 179 s after the first twenty; a little slower, so that what was spent at once comes back. */
const everyMs = 200_000;
/** In which there are two slots: a deep look that finds none left over gets every second one. */
const everyDeepMs = 360_000;
/** Orders may show up late in the list: every look goes back this far, and now and then a deep one much farther. */
const overlapMs = 10 * 60_000;
/** News of a recovery stand so long. */
const recoveredMs = 24 * 3_600_000;

async function blindAfterMs(tx: Tx, shop: ShopDomain): Promise<number> {
  return ((await shopRow(tx, shop))?.settings ?? settingsSchema.parse({})).blindAfterMinutes * 60_000;
}

const iso = (ms: number): string => new Date(ms).toISOString();

/** A look succeeded: what stood in the way is over, and is said where it had become a problem (REQ-12). */
async function seenAgain(tx: Tx, shop: ShopDomain, seller: SellerRow, n: number): Promise<void> {
  const { sellerId, blindSince, requestsBlindSince: refusedSince } = seller;
  const at = now();
  await closeAccountProblem(tx, shop, at, 'recovered', sellerId, at - recoveredMs);
  const blind = await closeAccountProblem(tx, shop, at, 'blind', sellerId);
  const lost = await closeAccountProblem(tx, shop, at, 'disconnected', sellerId);
  if (blindSince !== null) await endQuiet(tx, shop, sellerId, 'outage', at);
  if ((blind || lost) && blindSince !== null) {
    const params = { since: iso(blindSince), time: iso(at), n };
    await openAccountProblem(tx, shop, at, { kind: 'recovered', subject: sellerId, params });
  }
  if (refusedSince === null || at - refusedSince < (await blindAfterMs(tx, shop))) return;
  const params = { since: iso(refusedSince), why: 'refused' };
  await openAccountProblem(tx, shop, at, { kind: 'blind', subject: requestsSubject(sellerId), params });
}

const windowShape = z.object({
  search: searchShape,
  /** When its first page was asked for, ms UTC: all that Amazon listed then is in it. Older versions did not keep it. */
  askedAt: z.number().default(0),
});
type Window = z.infer<typeof windowShape>;

/** The search to go on with: the window under way, or a new one from the cursor, which is Amazon's own word. */
function windowOf(seller: SellerRow): Window {
  const kept = windowShape.safeParse(seller.window);
  if (kept.success) return kept.data;
  const after = seller.cursor - overlapMs;
  const search = { by: 'updated', after, before: null, marketplaceIds: [], pageToken: null } as const;
  return { search: { ...search, marketplaceIds: [] }, askedAt: now() };
}

/** What the last page of a window changes, with how far the search came and what becomes of the deep look. */
async function atLastPage(
  services: Services,
  row: SellerRow,
  window: Window,
  page: OrderPage,
): Promise<SellerChange> {
  const cursor = Math.max(row.cursor, page.until);
  const deep = deepLookAfter(row, cursor, window.search.after);
  const waits = deep.hasPages && (await services.amazon(row).searchSlotAt()) > now();
  return {
    window: Prisma.DbNull,
    cursor: new Date(cursor),
    listedAt: new Date(window.askedAt),
    nextPollAt: new Date(now() + (waits ? everyDeepMs : everyMs)),
    pollingUntil: null,
    ...deep.change,
  };
}

/**
 * Takes one page in; the cursor moves only with the last page of a window, in the same transaction as its orders. It never
 * moves back: a window whose end Amazon does not tell proves nothing beyond its start. A page that comes after another worker
 * has claimed the poll moves neither; its orders are taken in all the same.
 */
async function takePage(
  services: Services,
  shop: ShopDomain,
  claim: PollClaim,
  row: SellerRow,
  window: Window,
  page: OrderPage,
): Promise<void> {
  const { sellerId: seller } = row;
  const at = new Date(now());
  const change =
    page.next === null
      ? await atLastPage(services, row, window, page)
      : { window: { ...window, search: keptSearch(page.next) }, ...claim.goesOn() };
  await receivePage(services, shop, seller, page, async (tx) => {
    const written = await claim.write(tx, {
      ...change,
      lastLookAt: at,
      blindSince: null,
      blindWhy: null,
    });
    if (!written) return;
    await seenAgain(tx, shop, row, page.orders.length);
    await noteAddresses(tx, shop, seller, page.orders);
    await noteGrant(tx, shop, row);
  });
}

/** Amazon wants to be asked again once a year: that is said in time. */
async function noteGrant(tx: Tx, shop: ShopDomain, { sellerId, grantedUntil }: SellerRow): Promise<void> {
  if (grantedUntil === null || !endsSoon(grantedUntil, now())) return;
  const params = { date: iso(grantedUntil) };
  await openAccountProblem(tx, shop, now(), { kind: 'auth_expires', subject: sellerId, params });
}

async function failed(
  services: Services,
  shop: ShopDomain,
  claim: PollClaim,
  seller: SellerRow,
  failure: Failure,
): Promise<void> {
  const at = now();
  const { sellerId } = seller;
  const slot = failure.kind === 'retry' && failure.code === 'slot';
  // Waiting for a slot is no failure, yet an account that gets none for so long is not seen either.
  const blindSince = seller.blindSince ?? (slot ? seller.lastLookAt : null) ?? at;
  const why = (slot ? seller.blindWhy : null) ?? failure.sentence;
  const again = failure.kind === 'retry' && failure.at !== null ? failure.at : at + 60_000;
  // A login that says so is certain; a token that is refused may be Amazon's own trouble, and passes.
  const limit = await services.db.forShop(shop, (tx) => blindAfterMs(tx, shop));
  const lost = failure.kind === 'reconnect' && (failure.code === 'grant_lost' || at - blindSince >= limit);
  if (!slot)
    services.log.warn({ shop, seller: sellerId, code: failure.code, failure: failure.kind }, 'poll failed');
  await services.db.forShop(shop, async (tx) => {
    // A person disconnected it meanwhile: what is missed since then is meant to be.
    if ((await sellerOf(tx, shop, sellerId))?.state !== 'connected') return;
    const written = await claim.write(tx, {
      nextPollAt: new Date(again),
      pollingUntil: null,
      ...(slot ? {} : { blindSince: new Date(blindSince), blindWhy: failure.sentence }),
      // A page token that no longer holds: the window starts anew; its orders are taken in again without harm.
      ...(failure.code === 'page_token' ? { window: Prisma.DbNull } : {}),
      ...(lost ? { state: 'disconnected', stateSince: new Date(at) } : {}),
    });
    if (!written) return;
    if (lost) {
      await beginQuiet(tx, shop, sellerId, 'disconnected', blindSince);
      await openAccountProblem(tx, shop, at, {
        kind: 'disconnected',
        subject: sellerId,
        params: { seller: sellerId, why: failure.sentence },
      });
    } else if (at - blindSince >= limit) {
      await beginQuiet(tx, shop, sellerId, 'outage', blindSince);
      await openAccountProblem(tx, shop, at, {
        kind: 'blind',
        subject: sellerId,
        params: { since: new Date(blindSince).toISOString(), why },
      });
    }
  });
}

/** A page is fetched only when Shopify has room for its orders: in hand they need no second look at Amazon. */
async function nextPage(
  services: Services,
  shop: ShopDomain,
  seller: SellerRow,
  search: OrderSearch,
): Promise<Result<OrderPage>> {
  const client = services.amazon(seller);
  const room = roomForPage(services, shop, ordersPerPage, await client.searchSlotAt());
  if (!room.ok)
    return fail({ kind: 'retry', code: 'slot', sentence: 'Shopify has no room yet.', at: room.at });
  return client.searchOrders(search);
}

/** Takes page after page while the limit allows and nobody else has claimed the poll: how many, and whether it was all. */
async function takePages(
  services: Services,
  shop: ShopDomain,
  claim: PollClaim,
): Promise<{ readonly pages: number; readonly all: boolean }> {
  let { seller } = claim;
  let window = windowOf(seller);
  for (let pages = 1; ; pages += 1) {
    const search: OrderSearch = window.search;
    const page = await nextPage(services, shop, seller, search);
    if (!page.ok) {
      await failed(services, shop, claim, seller, page.failure);
      return { pages: pages - 1, all: false };
    }
    await takePage(services, shop, claim, seller, window, page.value);
    seller = { ...seller, lastLookAt: now(), blindSince: null, blindWhy: null };
    if (page.value.next === null) {
      await noteRates(services, shop);
      return { pages, all: true };
    }
    if (!(await claim.renew())) return { pages, all: false };
    window = { ...window, search: keptSearch(page.value.next) };
  }
}

/**
 * Looks for all that Amazon changed on an account since the last look, page by page while the limit allows; what is left
 * is kept and goes on at the next slot. Slots that are left over after that go to a deep look. Answers how many pages were taken.
 */
export async function pollAmazon(services: Services, shop: ShopDomain, sellerId: SellerId): Promise<number> {
  const claim = await claimThePoll(services.db, shop, sellerId);
  if (!claim) return 0;
  try {
    const { pages, all } = await takePages(services, shop, claim);
    return all ? pages + (await lookDeep(services, shop, claim)) : pages;
  } finally {
    claim.stop();
  }
}
