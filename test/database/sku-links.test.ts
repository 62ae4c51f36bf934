import { expect, it } from 'vitest';
import { keepFoundSkus, knownSkus, setSkus } from '../../app/db/sku-links.ts';
import { countSkus, listSkuLinks } from '../../app/db/sku-list.ts';
import { shopifyVariantId, type ShopDomain } from '../../app/domain/ids.ts';
import type { SkuTab } from '../../app/domain/sku-tab.ts';
import { freshDatabase } from '../database.ts';
import { newShop, ownerOf, shopWithDue, start } from './shop-rows.ts';

const database = await freshDatabase();
const { db } = database;
const owner = ownerOf(database);

const variant = (n: number) => shopifyVariantId(`gid://shopify/ProductVariant/${n}`);
const found = (shop: ShopDomain, all: Record<string, number[]>, at = start) =>
  db.forShop(shop, (tx) =>
    keepFoundSkus(tx, shop, at, new Map(Object.entries(all).map(([sku, ids]) => [sku, ids.map(variant)]))),
  );
const set = (shop: ShopDomain, all: Record<string, number | 'never' | null>, by = 'staff 7') =>
  db.forShop(shop, (tx) =>
    setSkus(
      tx,
      shop,
      Object.entries(all).map(([sku, n]) => ({ sku, variant: typeof n === 'number' ? variant(n) : n })),
      { by, at: start },
    ),
  );
const list = (
  shop: ShopDomain,
  tab: SkuTab = 'all',
  more: { search?: string; after?: string } = {},
  limit = 50,
) => db.forShop(shop, (tx) => listSkuLinks(tx, shop, { tab, limit, ...more }));
const names = async (...asked: Parameters<typeof list>) => (await list(...asked)).rows.map(({ sku }) => sku);

it('IMP-7: each SKU stands in the tab of what was found for it, with the orders that carry it', async () => {
  const { shop, ids } = await shopWithDue(database, 3);
  await found(shop, { NONE: [], ONE: [1], TWO: [1, 2], HAND: [] });
  await set(shop, { HAND: 9 });
  await owner(`update amazon_order set skus = '{NONE,TWO,NONE}' where shop = $1 and amazon_order_id <> $2`, [
    shop,
    ids[0],
  ]);
  const other = await shopWithDue(database, 2);
  await owner(`update amazon_order set skus = '{NONE}' where shop = $1`, [other.shop]);
  expect(await names(shop, 'unlinked')).toEqual(['NONE']);
  expect(await names(shop, 'several')).toEqual(['TWO']);
  expect(await names(shop, 'linked')).toEqual(['HAND', 'ONE']);
  expect(await names(shop, 'never')).toEqual([]);
  expect((await list(shop)).rows).toEqual([
    { sku: 'HAND', variantId: variant(9), candidates: 0, byHand: true, orders: 0 },
    { sku: 'NONE', variantId: null, candidates: 0, byHand: false, orders: 2 },
    { sku: 'ONE', variantId: variant(1), candidates: 1, byHand: false, orders: 0 },
    { sku: 'TWO', variantId: null, candidates: 2, byHand: false, orders: 2 },
  ]);
  expect(await db.forShop(shop, (tx) => countSkus(tx, shop))).toEqual({
    unlinked: 1,
    several: 1,
    linked: 2,
    never: 0,
    all: 4,
  });
  // None on purpose stays none, whatever is found, until it is looked up again.
  await set(shop, { TWO: 'never', NONE: 'never' });
  await found(shop, { TWO: [1], NONE: [] });
  expect([await names(shop, 'unlinked'), await names(shop, 'never')]).toEqual([[], ['NONE', 'TWO']]);
  await set(shop, { TWO: null });
  await found(shop, { TWO: [1] });
  expect([await names(shop, 'linked'), await names(shop, 'never')]).toEqual([
    ['HAND', 'ONE', 'TWO'],
    ['NONE'],
  ]);
  expect(await names(other.shop)).toEqual([]);
});

it('IMP-7: pages follow each other without a gap, and a search takes each sign as it stands', async () => {
  const shop = await newShop(database);
  const odd = ['a_1', 'A%1', 'ab1', 'A_2', 'A\\3', "A'4", '日本 5', '-6'];
  await found(shop, Object.fromEntries(odd.map((sku) => [sku, []])));
  const all = await names(shop);
  expect(all.toSorted()).toEqual(odd.toSorted());
  const walked: string[] = [];
  for (let after: string | null | undefined; after !== null;) {
    const page = await list(shop, 'unlinked', after === undefined ? {} : { after }, 3);
    walked.push(...page.rows.map(({ sku }) => sku));
    after = page.next;
  }
  expect(walked).toEqual(all);
  expect((await names(shop, 'all', { search: 'a_' })).toSorted()).toEqual(['A_2', 'a_1']);
  expect(await names(shop, 'all', { search: 'a%' })).toEqual(['A%1']);
  expect(await names(shop, 'all', { search: 'a\\' })).toEqual(['A\\3']);
  expect(await names(shop, 'all', { search: '日' })).toEqual(['日本 5']);
  expect(await names(shop, 'linked', { search: 'a' })).toEqual([]);
});

it('IMP-7: what a person set stays whatever is found, until it is taken back and looked up again', async () => {
  const shop = await newShop(database);
  expect(await set(shop, { A: 1, B: 2 })).toEqual(['A', 'B']);
  await found(shop, { A: [5], B: [] });
  const now = async (sku: string) => (await db.forShop(shop, (tx) => knownSkus(tx, shop, [sku]))).get(sku);
  expect(await now('A')).toMatchObject({ variantId: variant(1), byHand: true });
  expect(await set(shop, { A: null, B: 2, NEVER: null })).toEqual(['A']);
  expect(await now('A')).toMatchObject({ variantId: null, byHand: false, checkedAt: 0 });
  expect(await now('NEVER')).toBeUndefined();
  await found(shop, { A: [5] });
  expect(await now('A')).toMatchObject({ variantId: variant(5), byHand: false });
  // What was found by itself is only checked again.
  expect(await set(shop, { A: null })).toEqual([]);
  expect(await now('A')).toMatchObject({ variantId: variant(5), checkedAt: 0 });
});

it('PRO-6: each link that became another is in the audit log with who did it, before and after', async () => {
  const shop = await newShop(database);
  await found(shop, { A: [5] });
  await set(shop, { A: 1 });
  await set(shop, { A: 1 });
  await set(shop, { A: null }, 'operator');
  const link = (n: number | null, byHand: boolean) => ({
    sku: 'A',
    variantId: n === null ? null : variant(n),
    byHand,
  });
  const log = await owner(
    `select actor, action, before, after from audit_entry where shop = $1 order by actor desc`,
    [shop],
  );
  expect(log).toEqual([
    { actor: 'staff 7', action: 'sku_link', before: link(5, false), after: link(1, true) },
    { actor: 'operator', action: 'sku_link', before: link(1, true), after: link(null, false) },
  ]);
});

it('IMP-7: ten thousand SKUs are listed, counted and set in good time', async () => {
  const shop = await newShop(database);
  const many = Array.from({ length: 10_000 }, (_, n) => `SKU-${String(n).padStart(5, '0')}`);
  await found(shop, Object.fromEntries(many.map((sku) => [sku, []])));
  const page = await list(shop, 'unlinked', { search: 'sku-09' });
  expect([page.rows[0]?.sku, page.rows.length, page.next]).toEqual(['SKU-09000', 50, 'SKU-09049']);
  expect(await set(shop, Object.fromEntries(many.slice(0, 200).map((sku, n) => [sku, n])))).toHaveLength(200);
  expect(await db.forShop(shop, (tx) => countSkus(tx, shop))).toMatchObject({ unlinked: 9_800, linked: 200 });
});
