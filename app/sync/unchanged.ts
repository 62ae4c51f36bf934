import { unchangedSince, type LeasedOrder } from '../db/leases.ts';
import { ordersToProve } from '../db/proofs.ts';
import { pollEarlier, sellerOf, type SellerRow } from '../db/sellers.ts';
import type { AmazonReading } from '../domain/decide.ts';
import { worthAList } from '../domain/gather-batch.ts';
import type { AmazonOrderId, ShopDomain } from '../domain/ids.ts';
import { now } from '../lib/clock.ts';
import type { Services } from './services.ts';

/** What Amazon listed counts for what was not in it for so long (ms). */
export const listedHoldsMs = 60_000;
/** A list whose slot is farther away is waited for only where reading them one by one takes longer. */
const listSoonMs = 30_000;
/** Amazon gives one order in so long. */
const getEveryMs = 2_000;
/** Where that is so an older list serves: what goes with a batch is proved again by the list before it (`send-feed`). */
const oldListHoldsMs = 9 * 60_000;
/** A poll takes about so long. */
const pollMs = 2_000;

type Known = LeasedOrder & { readonly remembered: NonNullable<LeasedOrder['remembered']> };

/** Its last word may serve again: it stands in Shopify, and nobody asked for Amazon's own word of now. */
function isKnown(order: LeasedOrder): order is Known {
  const { remembered, link, wantedAt } = order;
  return remembered !== null && link.shopifyOrderId !== null && (wantedAt ?? 0) <= remembered.readAt;
}

/**
 * The account as it stands, and those of the orders of which nothing new is said. Empty where fewer than `worthAList` orders of the
 * account have something to prove: reading these costs less than a list.
 */
async function stillKnown(services: Services, shop: ShopDomain, seller: SellerRow, known: readonly Known[]) {
  return services.db.forShop(shop, async (tx) => {
    const toProve = await ordersToProve(tx, shop, seller.sellerId, now(), now() - listedHoldsMs);
    if (toProve.size < worthAList) return null;
    // How far Amazon was read before what it said: what a page says is written together with how far it reads.
    const row = await sellerOf(tx, shop, seller.sellerId);
    const readAt = new Map(known.map((one) => [one.amazonOrderId, one.remembered.readAt]));
    const same = await unchangedSince(tx, shop, readAt);
    return {
      patienceMs: Math.max(listSoonMs, toProve.size * getEveryMs),
      listedAt: row?.listedAt ?? null,
      same: known.filter(({ amazonOrderId: id }) => toProve.has(id) && same.has(id)),
    };
  });
}

/**
 * Proves orders unchanged without reading each, where something of many goes with a batch: Amazon lists all that changed, and
 * what it does not name is as it was. Where the last list is too old another is asked for out of turn, and the orders wait
 * for it. Orders that are named, or of which there are news, are not answered for: they have to be read.
 */
export async function unchangedByList(
  services: Services,
  shop: ShopDomain,
  seller: SellerRow,
  orders: readonly LeasedOrder[],
): Promise<Map<AmazonOrderId, AmazonReading>> {
  const none = new Map<AmazonOrderId, AmazonReading>();
  const known = orders.filter(isKnown);
  if (known.length === 0) return none;
  const still = await stillKnown(services, shop, seller, known);
  if (!still || still.same.length === 0) return none;
  const { listedAt, same, patienceMs } = still;
  const provedBy = (at: number) =>
    new Map(
      same.map(({ amazonOrderId, remembered: { order, readAt } }): [AmazonOrderId, AmazonReading] => [
        amazonOrderId,
        // Its last word may be younger than the list that named it.
        { kind: 'read', startedAt: readAt, order, remembered: true, unchangedAt: Math.max(at, readAt) },
      ]),
    );
  if (listedAt !== null && listedAt >= now() - listedHoldsMs) return provedBy(listedAt);
  const listAt = await askForList(services, shop, seller, patienceMs);
  if (listAt === null) return none;
  const isFar = listAt > now() + listSoonMs;
  if (isFar && listedAt !== null && listedAt >= now() - oldListHoldsMs) return provedBy(listedAt);
  const why = 'Amazon’s news are being read.';
  const soon = { kind: 'unreadable', why, at: listAt + pollMs, final: false, soon: true } as const;
  return new Map(same.map(({ amazonOrderId }) => [amazonOrderId, soon]));
}

/**
 * Has Amazon asked out of turn for all that changed, where there is a slot within `patienceMs`. Answers when (ms UTC); null:
 * not in that time.
 */
export async function askForList(
  services: Services,
  shop: ShopDomain,
  seller: SellerRow,
  patienceMs: number,
): Promise<number | null> {
  const slotAt = Math.max(now(), await services.amazon(seller).searchSlotAt());
  if (slotAt > now() + patienceMs) return null;
  await services.db.forShop(shop, (tx) => pollEarlier(tx, shop, seller.sellerId, slotAt));
  return slotAt;
}
