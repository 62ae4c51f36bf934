import { randomBytes } from 'node:crypto';
import { leaseDueOrders, knockOrders, type LeasedOrder } from '../../app/db/leases.ts';
import type { Finding } from '../../app/db/release.ts';
import {
  amazonOrderId,
  sellerId,
  shopDomain,
  type AmazonOrderId,
  type ShopDomain,
} from '../../app/domain/ids.ts';
import type pg from 'pg';
import type { TestDatabase } from '../database.ts';

/** A time that the tests of the database begin with (ms UTC). */
export const start = Date.UTC(2026, 10, 21, 9);
export const seller = sellerId('A1SELLER');

/** Runs SQL as the owner, past the walls: for looking and for preparing only. */
export function ownerOf(database: TestDatabase) {
  return <Row extends pg.QueryResultRow>(text: string, values?: unknown[]) =>
    database.owner<Row>(text, values);
}

/** A new shop that has the app, so that tests of one file do not meet. */
export async function newShop({ db }: TestDatabase): Promise<ShopDomain> {
  const shop = shopDomain(`s${randomBytes(6).toString('hex')}.myshopify.com`);
  const [never, long] = [new Date(start + 400 * 86_400_000), new Date(0)];
  await db.forShop(shop, (tx) =>
    tx.shop.create({ data: { shop, installedAt: long, provedAt: long, nextChangesAt: never } }),
  );
  return shop;
}

/** So many order ids, in their order. */
export function orderIds(count: number): AmazonOrderId[] {
  return Array.from({ length: count }, (_, n) => amazonOrderId(`902-0000000-${String(n).padStart(7, '0')}`));
}

/** A shop with so many orders that are due at `start`. */
export async function shopWithDue(
  database: TestDatabase,
  count: number,
): Promise<{ shop: ShopDomain; ids: AmazonOrderId[] }> {
  const shop = await newShop(database);
  const ids = orderIds(count);
  await database.db.forShop(shop, (tx) => knockOrders(tx, shop, seller, ids, start));
  return { shop, ids };
}

/** Leases what is due at `at` (ms UTC) to `token`. */
export function lease(
  { db }: Pick<TestDatabase, 'db'>,
  shop: ShopDomain,
  token: string,
  limit = 50,
  at = start,
): Promise<LeasedOrder[]> {
  return db.forShop(shop, (tx) => leaseDueOrders(tx, shop, token, at, limit));
}

/** What a reconcile found that left nothing to do; `change` says what else. */
export function findingOf(
  order: Pick<LeasedOrder, 'amazonOrderId' | 'knocks'> & Partial<Pick<LeasedOrder, 'amazonKnocks'>>,
  change: Partial<Finding> = {},
): Finding {
  return {
    id: order.amazonOrderId,
    knocks: order.knocks,
    dueAt: null,
    dueReason: null,
    dueAtAmazon: true,
    amazonServed: order.amazonKnocks ?? null,
    amazonReadAt: null,
    failures: 0,
    said: { state: 'in_step', tone: 'success', params: {} },
    lookedAt: null,
    amazon: null,
    shopify: null,
    ...change,
  };
}

/** What Amazon said of an order that it changed at `updatedAt` (ms UTC). */
export function amazonFacts(updatedAt: number, status = 'unshipped'): NonNullable<Finding['amazon']> {
  return {
    updatedAt,
    createdAt: start,
    marketplaceId: 'A1PA6795UKMFR9',
    status,
    hash: `hash of ${status}`,
    request: 'none',
    shipBy: null,
    currency: 'EUR',
    total: 1234,
    skus: ['SKU-1'],
    programmes: [],
    remembered: null,
  };
}

/** Lets all leases of a shop run out, as if their workers had died long ago. */
export async function expireLeases(database: TestDatabase, shop: ShopDomain): Promise<void> {
  await database.owner(
    `update amazon_order set lease_until = now() - interval '1 second' where shop = $1 and lease_until is not null`,
    [shop],
  );
}
