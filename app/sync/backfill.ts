import { ordersPerPage, searchShape, type OrderPage, type OrderSearch } from '../amazon/orders.ts';
import {
  backfillOf,
  moveBackfill,
  startBackfill,
  turnBackfill,
  type BackfillCounts,
  type BackfillRow,
} from '../db/backfills.ts';
import type { Tx } from '../db/client.ts';
import { dropPreviewed, keepPreviewed } from '../db/previewed-orders.ts';
import { sellerOf } from '../db/sellers.ts';
import { fail, ok, type Result } from '../domain/failure.ts';
import type { SellerId, ShopDomain } from '../domain/ids.ts';
import { now } from '../lib/clock.ts';
import { enqueueBackfill } from '../queue/enqueue.ts';
import { countPage } from './count-older.ts';
import { receivePage } from './receive-amazon.ts';
import { bookRoom, roomFor } from './room.ts';
import type { Services } from './services.ts';

const laterMs = 60_000;
const longLaterMs = 15 * 60_000;

/** What a backfill is to be about: orders created on Amazon from `since` to `until` (ms UTC; left out: now), of these marketplaces (left out: of all). */
interface Range {
  readonly since: number;
  readonly until?: number;
  readonly marketplaceIds?: readonly string[];
}

/** Writes down a wish to bring in, or only to count, older orders of an account, in the caller's transaction. */
export async function writeBackfill(
  tx: Tx,
  shop: ShopDomain,
  sellerId: SellerId,
  { since, until = now(), marketplaceIds = [] }: Range,
  preview: boolean,
): Promise<BackfillRow> {
  const wish = { sellerId, since, until, marketplaceIds, preview };
  if (preview) await dropPreviewed(tx, shop, sellerId);
  const row = await startBackfill(tx, shop, now(), wish);
  await enqueueBackfill(tx, shop, row.id, now());
  return row;
}

/** The same in a transaction of its own. */
export function beginBackfill(
  { db }: Pick<Services, 'db'>,
  shop: ShopDomain,
  sellerId: SellerId,
  range: Range,
  preview: boolean,
): Promise<BackfillRow> {
  return db.forShop(shop, (tx) => writeBackfill(tx, shop, sellerId, range, preview));
}

/** A person stops a backfill, or lets it go on; what was done stays done. False where it is not in the state for that. */
export function stopOrResume(
  services: Pick<Services, 'db'>,
  shop: ShopDomain,
  id: string,
  to: 'running' | 'stopped',
): Promise<boolean> {
  return services.db.forShop(shop, async (tx) => {
    const turned = await turnBackfill(tx, shop, id, to);
    if (turned && to === 'running') await enqueueBackfill(tx, shop, id, now());
    return turned;
  });
}

const noCounts: BackfillCounts = {
  ...{ create: 0, adopt: 0, there: 0, leave: 0, odd: 0, read: 0 },
  markets: {},
};

/**
 * After a failure that waiting does not mend: a page token that no longer holds begins the search anew, for its orders are
 * taken in again without harm; anything else ends it, so that nobody waits for it.
 */
async function giveUp(
  services: Services,
  shop: ShopDomain,
  id: string,
  code: string,
): Promise<number | null> {
  const anew = code === 'page_token';
  services.log.warn({ shop, backfill: id, code }, anew ? 'backfill begins anew' : 'backfill stopped');
  await services.db.forShop(shop, async (tx) => {
    const row = await backfillOf(tx, shop, id);
    const change = anew
      ? { nextPage: null, counts: noCounts, state: 'running', ended: null }
      : { nextPage: null, counts: row?.counts ?? noCounts, state: 'failed', ended: now() };
    if (row) await moveBackfill(tx, shop, id, change);
  });
  return anew ? now() + laterMs : null;
}

/** When Shopify has room for a page (ms UTC); null: now. A preview only looks for its orders there. */
async function roomAt(services: Services, shop: ShopDomain, preview: boolean): Promise<number | null> {
  if (!preview) {
    const room = roomFor(services, shop, ordersPerPage).ok;
    return room ? null : bookRoom(services, shop, ordersPerPage);
  }
  const { throttle } = services.shopify(shop);
  return throttle.has(ordersPerPage) ? null : throttle.when(ordersPerPage);
}

/** Writes down what a page brought: a preview lists its orders, anything else takes them in. */
async function takePage(
  services: Services,
  shop: ShopDomain,
  row: BackfillRow,
  page: OrderPage,
): Promise<BackfillRow> {
  const { id, preview, sellerId } = row;
  const { counts, orders } = await countPage(services, shop, row, page);
  const { next } = page;
  const change = {
    nextPage: next && JSON.stringify(next),
    counts,
    state: next ? 'running' : 'done',
    ended: next ? null : now(),
  };
  const move = (tx: Tx) => moveBackfill(tx, shop, id, change);
  if (preview) {
    const named = orders.filter(({ amazonOrderId }) => amazonOrderId !== '');
    await services.db.forShop(shop, async (tx) => {
      await keepPreviewed(tx, shop, id, named);
      await move(tx);
    });
  } else await receivePage(services, shop, sellerId, page, move, true);
  return { ...row, ...change };
}

/**
 * Does the next page of a backfill. The orders of a page count as asked for by a person, so that they come in though
 * they are older than the import's start. Answers the row as it is then; a failure of kind `retry` says when to go on.
 */
async function backfillPage(services: Services, shop: ShopDomain, id: string): Promise<Result<BackfillRow>> {
  const [row, seller] = await services.db.forShop(shop, async (tx) => {
    const found = await backfillOf(tx, shop, id);
    return [found, found && (await sellerOf(tx, shop, found.sellerId))] as const;
  });
  if (!row || !seller)
    return fail({ kind: 'final', code: 'no_backfill', sentence: 'There is no such backfill.' });
  if (row.state !== 'running') return ok(row);
  const search: OrderSearch = row.nextPage
    ? searchShape.parse(JSON.parse(row.nextPage))
    : {
        by: 'created',
        after: row.since,
        before: row.until,
        marketplaceIds: row.marketplaceIds,
        pageToken: null,
      };
  if (seller.state !== 'connected')
    return fail({ kind: 'reconnect', code: 'disconnected', sentence: 'The account is not connected.' });
  const at = await roomAt(services, shop, row.preview);
  if (at !== null) return fail({ kind: 'retry', code: 'slot', sentence: 'Shopify has no room yet.', at });
  const page = await services.amazon(seller).searchOrders(search);
  if (!page.ok) return page;
  return ok(await takePage(services, shop, row, page.value));
}

/** Does a page and answers when the next one is (ms UTC); null where there is none. */
async function turn(services: Services, shop: ShopDomain, id: string): Promise<number | null> {
  const result = await backfillPage(services, shop, id);
  if (result.ok) return result.value.state === 'running' ? now() : null;
  const { failure } = result;
  if (failure.kind === 'retry') return failure.at ?? now() + laterMs;
  // The merchant may connect the account again.
  if (failure.kind === 'reconnect') return now() + longLaterMs;
  return giveUp(services, shop, id, failure.code);
}

/** A worker's turn at a backfill: one page, then the end of the line. Where Amazon's limit is reached it comes back then. */
export async function backfillStep(services: Services, shop: ShopDomain, id: string): Promise<void> {
  const at = await turn(services, shop, id);
  if (at !== null) await services.db.forShop(shop, (tx) => enqueueBackfill(tx, shop, id, at));
}
