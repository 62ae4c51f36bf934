import { quietTimes } from '../db/facts.ts';
import { countDueOrders } from '../db/leases.ts';
import { sellersOf } from '../db/sellers.ts';
import { keepShopFacts, shopRow, type ShopRow } from '../db/shops.ts';
import type { Failure } from '../domain/failure.ts';
import type { SellerId, ShopDomain } from '../domain/ids.ts';
import type { Settings } from '../domain/settings.ts';
import type { QuietTime } from '../domain/shopify-fact.ts';
import type { ShopFacts } from '../domain/shopify-order.ts';
import { now } from '../lib/clock.ts';
import { readShopFacts } from '../shopify/shop-facts.ts';
import type { Services } from './services.ts';

/** What a shop's decisions share. `failure`: Shopify could not be asked; then nothing is decided. */
export interface ShopContext {
  readonly settings: Settings;
  readonly facts: ShopFacts;
  readonly locationId: string | null;
  /** More than a hundred orders wait for their turn. */
  readonly crowded: boolean;
  /** Per account, ms UTC. */
  readonly importFrom: ReadonlyMap<SellerId, number>;
  /** Per account: when it was connected, or the app installed, whichever is later (ms UTC). */
  readonly installedAt: ReadonlyMap<SellerId, number>;
  /** Per account: up to when its finances were read (ms UTC). */
  readonly financesUntil: ReadonlyMap<SellerId, number | null>;
  /** When nothing was sent: of an account, or (empty) of the whole shop. */
  readonly quiet: readonly (QuietTime & { readonly seller: string })[];
  readonly failure: Failure | null;
}

/** So many orders at once are told to Amazon one by one. */
const many = 100;
const factsHoldMs = 3_600_000;
const noFacts = { currencies: [], readsAllOrders: false, locationId: null, timeZone: 'UTC' };

async function facts(
  services: Services,
  shop: ShopDomain,
  row: ShopRow,
): Promise<{ facts: NonNullable<ShopRow['facts']>; failure: Failure | null }> {
  if (row.facts && now() - row.factsAt < factsHoldMs) return { facts: row.facts, failure: null };
  const read = await readShopFacts(services.shopify(shop));
  if (!read.ok) return { facts: row.facts ?? noFacts, failure: row.facts ? null : read.failure };
  await services.db.forShop(shop, (tx) => keepShopFacts(tx, shop, now(), read.value));
  return { facts: read.value, failure: null };
}

/** Reads settings, accounts and what Shopify says of the shop (asked again after an hour). Throws for an unknown shop. */
export async function shopContext(services: Services, shop: ShopDomain): Promise<ShopContext> {
  const [row, sellers, quiet, due] = await services.db.forShop(
    shop,
    async (tx) =>
      [
        await shopRow(tx, shop),
        await sellersOf(tx, shop),
        await quietTimes(tx, shop, now()),
        await countDueOrders(tx, shop, now(), many + 1),
      ] as const,
  );
  if (!row) throw new Error(`The shop ${shop} is not known.`);
  const known = await facts(services, shop, row);
  return {
    settings: row.settings,
    facts: known.facts,
    locationId: known.facts.locationId,
    importFrom: new Map(sellers.map((seller) => [seller.sellerId, seller.importFrom])),
    installedAt: new Map(
      sellers.map((seller) => [seller.sellerId, Math.max(row.installedAt, seller.connectedAt)]),
    ),
    financesUntil: new Map(sellers.map((seller) => [seller.sellerId, seller.financesUntil])),
    quiet,
    crowded: due > many,
    failure: known.failure,
  };
}
