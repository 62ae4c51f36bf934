import { claimChanges, keepChanges } from '../db/shopify-changes.ts';
import { ordersNamed } from '../db/webhooks.ts';
import type { Failure } from '../domain/failure.ts';
import type { ShopDomain } from '../domain/ids.ts';
import { now } from '../lib/clock.ts';
import {
  changedOrders,
  changesPerPage,
  type ChangedOrders,
  type ChangesFrom,
} from '../shopify/changed-orders.ts';
import { knockOwn } from './knock.ts';
import type { Services } from './services.ts';

const minuteMs = 60_000;
/** Webhooks say it at once; this only finds what they lost. */
const everyMs = 15 * minuteMs;
/** Shopify's search may know a change so late. */
const overlapMs = 10 * minuteMs;
/** Older orders are not shown to every app, and nothing changes on them any more. */
const longestMs = 60 * 24 * 60 * minuteMs;
/** A worker that dies while looking is missed after this; one that lives claims the look anew with every page. */
const claimMs = minuteMs;
const againMs = 5 * minuteMs;

/** Knocks at our orders on a page that changed since they were last read. */
async function takePage(
  services: Services,
  shop: ShopDomain,
  page: ChangedOrders,
  kept: { readonly seenUntil: number; readonly nextAt: number },
): Promise<void> {
  const changedAt = new Map(page.orders.map(({ id, updatedAt }) => [id, updatedAt]));
  await services.db.forShop(shop, async (tx) => {
    const named = await ordersNamed(tx, shop, { orders: [...changedAt.keys()], fulfillmentOrders: [] });
    const missed = named.filter(
      ({ shopifyOrder, knownUntil }) =>
        knownUntil !== null && shopifyOrder !== null && knownUntil < (changedAt.get(shopifyOrder) ?? 0),
    );
    await knockOwn(tx, shop, missed, { side: 'shopify' });
    await keepChanges(tx, shop, kept);
  });
}

/** When to look again after a failure (ms UTC). That the shop cannot be read at all is said by its orders. */
async function failed(services: Services, shop: ShopDomain, failure: Failure): Promise<void> {
  if (failure.kind === 'reconnect') services.forgetToken(shop);
  const at = failure.kind === 'retry' && failure.at !== null ? failure.at : now() + againMs;
  services.log.warn({ shop, code: failure.code }, 'looking for changed orders failed');
  await services.db.forShop(shop, (tx) => keepChanges(tx, shop, { seenUntil: null, nextAt: at }));
}

/**
 * Looks for orders that changed in a shop and of which no webhook came, page by page: Shopify does not promise that every
 * webhook arrives, and what a person did there must not be lost (PRO-1). Cut anywhere it goes on behind the last page that
 * was taken; a page that is taken twice knocks at nothing twice that was looked at in between.
 */
export async function pollShopify(services: Services, shop: ShopDomain): Promise<void> {
  const began = now();
  const seen = await services.db.forShop(shop, (tx) => claimChanges(tx, shop, began, began + claimMs));
  if (seen === null) return;
  const client = services.shopify(shop);
  let from: ChangesFrom | null = { since: Math.max(seen, began - longestMs), after: null };
  while (from !== null) {
    const slot = client.throttle.take(changesPerPage);
    if (!slot.ok) {
      const at = Math.max(slot.at, client.throttle.book(changesPerPage));
      await services.db.forShop(shop, (tx) => keepChanges(tx, shop, { seenUntil: null, nextAt: at }));
      return;
    }
    const page = await changedOrders(client, from);
    if (!page.ok) {
      await failed(services, shop, page.failure);
      return;
    }
    const { orders, next } = page.value;
    from = next;
    await takePage(services, shop, page.value, {
      // The next look goes back behind this one; one that is cut goes on where this page ended, but no later.
      seenUntil: Math.min(
        began - overlapMs,
        next === null ? Infinity : Math.max(...orders.map(({ updatedAt }) => updatedAt)),
      ),
      nextAt: next === null ? began + everyMs : now() + claimMs,
    });
  }
}
