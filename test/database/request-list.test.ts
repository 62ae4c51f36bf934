import { expect, it } from 'vitest';
import { countRequests, listRequests, mostUrgent, type RequestQuery } from '../../app/db/request-list.ts';
import type { ListPlace } from '../../app/db/order-list.ts';
import type { ShopDomain } from '../../app/domain/ids.ts';
import { openVault } from '../../app/lib/crypto.ts';
import { freshDatabase } from '../database.ts';
import { addRequests, type RequestSpec } from './request-rows.ts';
import { newShop, orderIds, ownerOf, seller, start } from './shop-rows.ts';

const database = await freshDatabase();
const { db } = database;
const owner = ownerOf(database);
const vault = openVault('k1.aesgcm256.MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=');
const hour = 3_600_000;
const hostile = "=cmd|'/C calc'!A1 <script>alert(1)</script> \"؟ 😀";

const add = (shop: ShopDomain, ...specs: RequestSpec[]) => addRequests(database, vault, shop, specs);
const page = (shop: ShopDomain, query: Partial<RequestQuery> = {}) =>
  db.forShop(shop, (tx) => listRequests(tx, vault, shop, { tab: 'open', limit: 50, ...query }));
const ids = async (shop: ShopDomain, query: Partial<RequestQuery> = {}) =>
  (await page(shop, query)).rows.map(({ order }) => order.amazonOrderId);

/** All pages of a tab, one after the other. */
async function walk(shop: ShopDomain, query: Partial<RequestQuery>): Promise<string[]> {
  const found: string[] = [];
  let after: ListPlace | null | undefined;
  do {
    const { rows, next } = await page(shop, { ...query, after: after ?? undefined });
    found.push(...rows.map(({ order }) => order.amazonOrderId));
    after = next;
  } while (after);
  return found;
}

it('REQ-11: open requests come by what runs out first, those without a time last', async () => {
  const shop = await newShop(database);
  await add(
    shop,
    { id: 'b', runsOutAt: null },
    { id: 'c', runsOutAt: start + 2 * hour },
    { id: 'a', runsOutAt: null },
    { id: 'd', runsOutAt: start + hour },
    { id: 'e', runsOutAt: start + 2 * hour },
  );
  expect(await ids(shop)).toEqual(['d', 'c', 'e', 'a', 'b']);
  expect(await walk(shop, { limit: 2 })).toEqual(['d', 'c', 'e', 'a', 'b']);
  expect(await walk(shop, { limit: 1 })).toEqual(['d', 'c', 'e', 'a', 'b']);
  expect(await db.forShop(shop, (tx) => mostUrgent(tx, shop))).toBe(start + hour);
});

it('REQ-11: each request stands in one tab, what is over the newest first', async () => {
  const shop = await newShop(database);
  await add(
    shop,
    { id: 'open' },
    { id: 'both', sources: ['message', 'order'] },
    { id: 'wrote', sources: ['message'] },
    { id: 'late', state: 'too_late' },
    { id: 'later', state: 'too_late', requestedAt: start + hour },
    { id: 'gone', state: 'withdrawn' },
    { id: 'done', state: 'cancelled', requestedAt: start + 2 * hour },
    { id: 'no', state: 'declined', requestedAt: start + hour },
  );
  expect(await ids(shop)).toEqual(['both', 'open']);
  expect(await ids(shop, { tab: 'message' })).toEqual(['wrote']);
  expect(await ids(shop, { tab: 'too_late' })).toEqual(['later', 'late']);
  expect(await walk(shop, { tab: 'closed', limit: 1 })).toEqual(['done', 'no', 'gone']);
  expect(await db.forShop(shop, (tx) => countRequests(tx, shop))).toEqual({
    ...{ open: 2, message: 1, too_late: 2, unknown: 0, closed: 3 },
  });
});

it('REQ-7: a request that was withdrawn and the new one of the same order are two rows', async () => {
  const shop = await newShop(database);
  await add(shop, { id: 'x', n: 1, state: 'withdrawn' }, { id: 'x', n: 2 });
  expect((await page(shop)).rows.map(({ request }) => request?.n)).toEqual([2]);
  expect((await page(shop, { tab: 'closed' })).rows.map(({ request }) => request?.n)).toEqual([1]);
});

it('REQ-1: open orders of which it is not known have a tab of their own, linked or not', async () => {
  const shop = await newShop(database);
  const status = ['unshipped', 'partially_shipped', 'shipped', 'cancelled', 'pending', 'unshipped'];
  await db.forShop(shop, (tx) =>
    tx.order.createMany({
      data: status.map((amazonStatus, n) => ({
        ...{ shop, amazonOrderId: `u${n}`, sellerId: seller, amazonStatus },
        request: n === 5 ? 'none' : 'unknown',
        shipBy: n === 0 ? null : new Date(start + n),
      })),
    }),
  );
  expect(await walk(shop, { tab: 'unknown', limit: 1 })).toEqual(['u1', 'u0']);
  expect((await page(shop, { tab: 'unknown' })).rows.map(({ request }) => request)).toEqual([null, null]);
  expect((await db.forShop(shop, (tx) => countRequests(tx, shop))).unknown).toBe(2);
});

it('REQ-5: the reason is kept sealed and given word for word; after erasure its category stays', async () => {
  const shop = await newShop(database);
  await add(
    shop,
    { id: 'a', reason: hostile, category: 'other', lines: 2 },
    { id: 'b', category: 'changed_mind' },
  );
  const stored = await owner<{ reasons: string }>('select reasons from request where shop = $1', [shop]);
  expect(JSON.stringify(stored)).not.toContain('script');
  const { rows } = await page(shop);
  expect(rows[0]?.request?.lines.map(({ reason }) => reason)).toEqual([hostile, null]);
  expect(rows[1]?.request).toMatchObject({ reasonCategory: 'changed_mind', lines: [{ reason: null }] });
});

it('finds by order id, name, SKU, marketplace, category and by what covers all lines', async () => {
  const shop = await newShop(database);
  await add(
    shop,
    { id: '111-1', name: '#1001', sku: 'MUG', lineCount: 2 },
    { id: '111-2', name: '#1002', marketplaceId: 'A1PA6795UKMFR9', category: 'price' },
    { id: '112-1', name: '#1003', lines: 2, lineCount: 2 },
  );
  expect(await ids(shop, { search: '111' })).toEqual(['111-1', '111-2']);
  expect(await ids(shop, { search: '1003' })).toEqual(['112-1']);
  expect(await ids(shop, { search: 'MUG' })).toEqual(['111-1']);
  expect(await ids(shop, { search: "'; drop table request; --" })).toEqual([]);
  expect(await ids(shop, { marketplaceId: 'A1PA6795UKMFR9' })).toEqual(['111-2']);
  expect(await ids(shop, { category: 'price' })).toEqual(['111-2']);
  expect(await ids(shop, { allLines: true })).toEqual(['111-2', '112-1']);
  expect(await ids(shop, { tab: 'unknown', category: 'price', allLines: true, search: '1' })).toEqual([]);
});

it('SEC-1: a shop sees its own requests only', async () => {
  const [mine, theirs] = [await newShop(database), await newShop(database)];
  await add(mine, { id: 'm' });
  await add(theirs, { id: 't', runsOutAt: start });
  expect(await ids(mine)).toEqual(['m']);
  expect((await db.forShop(mine, (tx) => countRequests(tx, mine))).open).toBe(1);
  expect(await db.forShop(mine, (tx) => mostUrgent(tx, mine))).toBeNull();
  // Even where the query names the other shop.
  expect(await db.forShop(mine, async (tx) => (await countRequests(tx, theirs)).open)).toBe(0);
});

it('REQ-11: many thousands page through in order, once each, by an index', async () => {
  const shop = await newShop(database);
  const many = orderIds(12_000);
  await add(shop, ...many.map((id, n) => ({ id, runsOutAt: n % 100 === 0 ? null : start + (n % 500) })));
  await owner('analyze request');
  await owner('analyze amazon_order');
  const all = await walk(shop, { limit: 1000 });
  expect(new Set(all).size).toBe(12_000);
  expect((await db.forShop(shop, (tx) => countRequests(tx, shop))).open).toBe(10_001);
  const began = performance.now();
  await page(shop, { after: { at: start + 250, id: 'zzz' } });
  await page(shop, { tab: 'closed' });
  await page(shop, { tab: 'unknown' });
  expect(performance.now() - began).toBeLessThan(1500);
});
