import type { AmazonClient } from '../amazon/client.ts';
import { getEveryMs } from '../amazon/orders.ts';
import type { LeasedOrder } from '../db/leases.ts';
import { sellerOf, type SellerRow } from '../db/sellers.ts';
import type { AmazonReading } from '../domain/decide.ts';
import type { AmazonOrderId, SellerId, ShopDomain } from '../domain/ids.ts';
import { now } from '../lib/clock.ts';
import { unreadableBecause } from './unreadable.ts';
import type { Services } from './services.ts';
import { sweepFor } from './sweep.ts';
import { unchangedByList } from './unchanged.ts';

/** From so many due orders of one account on, pages of many orders cost less than reading them one by one. */
const worthASweep = 20;

/** A page under way is waited for so long at a time (ms), the next one of a window that waits for room at most so long. */
const pageMs = 2_000;
const nextPageMs = 30_000;

const listedAfterMs = 2 * 60_000;

/** Amazon writes whole seconds in one place and parts of them in another. */
const precisionMs = 1_000;

/** What is older than what was written down before comes from a part of Amazon that lags: it is looked at again later. */
function newEnough(order: LeasedOrder, reading: AmazonReading): AmazonReading {
  const stale =
    reading.kind === 'read' && reading.order.updatedAt + precisionMs < (order.amazonUpdatedAt ?? 0);
  return stale
    ? { kind: 'unreadable', why: 'Amazon gave older data than before.', at: null, final: false }
    : reading;
}

async function readOne(client: AmazonClient, id: AmazonOrderId): Promise<AmazonReading> {
  const result = await client.getOrder(id);
  if (!result.ok) return unreadableBecause(result.failure);
  const { order, startedAt } = result.value;
  return order.ok
    ? { kind: 'read', startedAt, order: order.order }
    : { kind: 'odd', field: order.field, sentence: order.sentence };
}

/** A reading that waits for a slot, until `at` (ms UTC). */
type Waiting = Extract<AmazonReading, { kind: 'unreadable' }> & { readonly at: number };

const isWaiting = (reading: AmazonReading): reading is Waiting =>
  reading.kind === 'unreadable' && reading.at !== null;

/**
 * When a page that is coming in will be there (ms UTC); null where none is. It holds all that changed: reading its orders
 * one by one as well would cost a slot each.
 */
function pageComing({ nextPollAt, pollingUntil, window }: SellerRow): number | null {
  const at = now();
  if (nextPollAt <= at || (pollingUntil ?? 0) > at) return at + pageMs;
  return window !== null && nextPollAt - at <= nextPageMs ? nextPollAt + pageMs : null;
}

/** No page can hold it yet: Amazon lists a change only once it is two minutes old. */
function isFresh({ amazonNewsAt }: LeasedOrder): boolean {
  return amazonNewsAt !== null && amazonNewsAt > now() - listedAfterMs;
}

async function lookFor(
  services: Services,
  shop: ShopDomain,
  seller: SellerId,
  orders: readonly LeasedOrder[],
): Promise<Map<AmazonOrderId, AmazonReading>> {
  const row = await services.db.forShop(shop, (tx) => sellerOf(tx, shop, seller));
  if (!row || row.state !== 'connected') {
    const away: AmazonReading = {
      kind: 'unreadable',
      why: 'The Amazon account is not connected.',
      at: null,
      final: false,
    };
    return new Map(orders.map((order) => [order.amazonOrderId, away]));
  }
  const page = pageComing(row);
  const waiting = page === null ? [] : orders.filter((order) => !isFresh(order));
  const soon = waiting.map(({ amazonOrderId }): [AmazonOrderId, AmazonReading] => {
    const why = 'Amazon’s news are being read.';
    return [amazonOrderId, { kind: 'unreadable', why, at: page, final: false, soon: true }];
  });
  const others = orders.filter((order) => !waiting.includes(order));
  const listed = await unchangedByList(services, shop, row, others);
  const rest = others.filter(({ amazonOrderId }) => !listed.has(amazonOrderId));
  return new Map([...soon, ...listed, ...(await readNow(services.amazon(row), rest))]);
}

async function readNow(
  client: AmazonClient,
  orders: readonly LeasedOrder[],
): Promise<Map<AmazonOrderId, AmazonReading>> {
  const readings =
    orders.length >= worthASweep ? await sweepFor(client, orders) : new Map<AmazonOrderId, AmazonReading>();
  let wait: Waiting | null = null;
  for (const { amazonOrderId } of orders) {
    if (readings.has(amazonOrderId)) continue;
    const reading: AmazonReading = wait ?? (await readOne(client, amazonOrderId));
    // Once the limit is reached asking for the others is in vain, and all of them at its end would be so too.
    if (isWaiting(reading)) wait = { ...reading, at: reading.at + getEveryMs };
    readings.set(amazonOrderId, reading);
  }
  for (const order of orders) {
    const reading = readings.get(order.amazonOrderId);
    if (reading) readings.set(order.amazonOrderId, newEnough(order, reading));
  }
  return readings;
}

/** What Amazon said last of an order that only Shopify has news of; null where Amazon has to be asked. */
function fromMemory({ lookAtAmazon: look, remembered, link }: LeasedOrder): AmazonReading | null {
  if (look || !remembered || link.shopifyOrderId === null) return null;
  return { kind: 'read', startedAt: remembered.readAt, order: remembered.order, remembered: true };
}

/** Looks at Amazon for orders that no page in hand holds: a sweep where many are due, else one by one within the limit. */
export async function lookAtAmazon(
  services: Services,
  shop: ShopDomain,
  orders: readonly LeasedOrder[],
): Promise<Map<AmazonOrderId, AmazonReading>> {
  const readings = new Map<AmazonOrderId, AmazonReading>();
  for (const order of orders) {
    const known = fromMemory(order);
    if (known) readings.set(order.amazonOrderId, known);
  }
  const unknown = orders.filter((order) => !readings.has(order.amazonOrderId));
  for (const seller of new Set(unknown.map((order) => order.sellerId))) {
    const own = unknown.filter((order) => order.sellerId === seller);
    for (const [id, reading] of await lookFor(services, shop, seller, own)) readings.set(id, reading);
  }
  return readings;
}
