import { Prisma } from '@prisma/client';
import { z } from 'zod';
import type { MovePage } from '../amazon/finances.ts';
import { claimFinances, keepMoves, keepPostings, type FinanceSweep } from '../db/finances.ts';
import { closeAccountProblem, openAccountProblem } from '../db/problems.ts';
import { changeSeller } from '../db/sellers.ts';
import type { Failure } from '../domain/failure.ts';
import type { SellerId, ShopDomain } from '../domain/ids.ts';
import { now } from '../lib/clock.ts';
import { beginDailyReports } from './find-settlements.ts';
import { knock } from './knock.ts';
import { noteLedgers } from './make-ledgers.ts';
import type { Services } from './services.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** Refunds are 48 hours late as it is; a look now and then is enough, and leaves slots for the ledger of an order. */
const everyMs = 30 * minuteMs;
/** Amazon shows what was posted up to 48 hours late: every sweep goes back this far. */
const overlapMs = 50 * hourMs;
/** How far the very first sweep goes back. */
const firstMs = 30 * dayMs;
/** Amazon answers nothing at all for more than 180 days. */
const longestMs = 179 * dayMs;
/** Amazon wants the end of a window to be two minutes old; the rest is for clocks that differ. */
const youngestMs = 122_000;
/**
 * A worker that dies while sweeping is missed after this; one that lives claims the sweep anew with every page. Longer than a
 * login and a page may take, or others would wait for a slow Amazon beside it.
 */
const claimMs = 75_000;
const againMs = 5 * minuteMs;
/** A role is granted by hand, and rarely. */
const roleAgainMs = 6 * hourMs;

const role = 'Finance and Accounting';
/** The subject of the problem that an account's finances cannot be read. */
export const financesSubject = (seller: SellerId): string => `${seller}:finances`;

const windowShape = z.object({ after: z.number(), before: z.number(), pageToken: z.string().nullable() });
type Window = z.infer<typeof windowShape>;

/** The window under way, or a new one that goes back behind what was seen. */
function windowOf({ seller, until, window }: FinanceSweep): Window {
  const kept = windowShape.safeParse(window);
  if (kept.success) return kept.data;
  const at = now();
  const after = until === null ? Math.max(seller.importFrom, at - firstMs) : until - overlapMs;
  return { after, before: Math.min(at - youngestMs, after + longestMs), pageToken: null };
}

/** What the account keeps after a page; `until` never goes back, and a window that ended long ago is followed at once. */
function progress(until: number | null, window: Window, next: string | null) {
  if (next !== null) {
    return { financesWindow: { ...window, pageToken: next }, nextFinancesAt: new Date(now() + claimMs) };
  }
  const late = now() - window.before > hourMs;
  return {
    financesWindow: Prisma.DbNull,
    financesUntil: new Date(Math.max(until ?? window.before, window.before)),
    nextFinancesAt: new Date(late ? now() : now() + everyMs),
  };
}

async function takePage(
  services: Services,
  shop: ShopDomain,
  { seller: { sellerId }, until }: FinanceSweep,
  window: Window,
  page: MovePage,
): Promise<void> {
  if (page.skipped > 0)
    services.log.warn({ shop, seller: sellerId, n: page.skipped }, 'transactions could not be read');
  await services.db.forShop(shop, async (tx) => {
    const orders = await keepMoves(tx, shop, sellerId, now(), page.moves);
    const kept = await keepPostings(tx, shop, sellerId, page.postings);
    // Orders before their ledgers, as whoever lets orders go does: otherwise both wait for each other.
    await knock(tx, shop, sellerId, orders, { side: 'shopify' });
    await noteLedgers(tx, shop, [...orders, ...kept]);
    await changeSeller(tx, shop, sellerId, progress(until, window, page.next));
    await closeAccountProblem(tx, shop, now(), 'role_missing', financesSubject(sellerId));
  });
}

/** When to sweep again after a failure (ms UTC). */
function againAt(failure: Failure): number {
  if (failure.code === 'data_refused') return now() + roleAgainMs;
  return failure.kind === 'retry' && failure.at !== null ? failure.at : now() + againMs;
}

/** That the account as a whole cannot be read is for its poll to say; here only the role is missed. */
async function failed(
  services: Services,
  shop: ShopDomain,
  sellerId: SellerId,
  failure: Failure,
): Promise<void> {
  const { code, kind } = failure;
  if (code !== 'slot')
    services.log.warn({ shop, seller: sellerId, code, failure: kind }, 'sweep of finances failed');
  await services.db.forShop(shop, async (tx) => {
    await changeSeller(tx, shop, sellerId, {
      nextFinancesAt: new Date(againAt(failure)),
      // The window starts anew; what it brought already is taken in again without harm.
      ...(kind === 'final' ? { financesWindow: Prisma.DbNull } : {}),
    });
    if (code !== 'data_refused') return;
    const params = { role, what: 'finances' };
    const subject = financesSubject(sellerId);
    await openAccountProblem(tx, shop, now(), { kind: 'role_missing', subject, params });
  });
}

/**
 * Looks for money that went back to an account's buyers since the last sweep, page by page while the limit allows; what is
 * left is kept and goes on at the next slot. Orders with news are knocked. Answers how many pages were taken.
 */
export async function pollFinances(
  services: Services,
  shop: ShopDomain,
  sellerId: SellerId,
): Promise<number> {
  const sweep = await services.db.forShop(shop, (tx) =>
    claimFinances(tx, shop, sellerId, now(), now() + claimMs),
  );
  if (!sweep) return 0;
  const client = services.amazon(sweep.seller);
  let window = windowOf(sweep);
  for (let pages = 1; ; pages += 1) {
    const page = await client.listMoves(window);
    if (!page.ok) {
      await failed(services, shop, sellerId, page.failure);
      return pages - 1;
    }
    await takePage(services, shop, sweep, window, page.value);
    if (page.value.next === null) {
      await beginDailyReports(services, shop, sweep.seller);
      return pages;
    }
    window = { ...window, pageToken: page.value.next };
  }
}
