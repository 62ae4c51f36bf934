import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { receiveOrders, type SeenOrder } from '../../app/db/leases.ts';
import { releaseOrders } from '../../app/db/release.ts';
import type { AmazonOrderId, ShopDomain } from '../../app/domain/ids.ts';
import { freshDatabase } from '../database.ts';
import {
  amazonFacts,
  expireLeases,
  findingOf,
  lease,
  newShop,
  orderIds,
  seller,
  start,
  ownerOf,
} from './shop-rows.ts';

const database = await freshDatabase();
const { db } = database;
const owner = ownerOf(database);

const seen = (id: AmazonOrderId, change: Partial<SeenOrder> = {}): SeenOrder => ({
  id,
  updatedAt: start,
  createdAt: start - 1000,
  marketplaceId: 'A1PA6795UKMFR9',
  hash: 'hash of unshipped',
  ...change,
});

const receive = (
  shop: ShopDomain,
  page: readonly SeenOrder[],
  token = randomUUID(),
  wanted = false,
  askedAt = start,
) => db.forShop(shop, (tx) => receiveOrders(tx, shop, seller, token, start, page, askedAt, wanted));

const rowsOf = (shop: ShopDomain) =>
  owner<{ knocks: number; due_at: Date | null; lease_token: string | null; wanted_at: Date | null }>(
    'select * from amazon_order where shop = $1 order by amazon_order_id',
    [shop],
  );

/** A shop with one order in step, whose hash is that of `seen`. */
async function oneInStep(): Promise<{ shop: ShopDomain; id: AmazonOrderId }> {
  const shop = await newShop(database);
  const [id] = orderIds(1);
  const token = randomUUID();
  const [order] = id ? await receive(shop, [seen(id)], token) : [];
  if (!id || !order) throw new Error('Nothing was taken');
  await db.forShop(shop, (tx) =>
    releaseOrders(tx, shop, token, [findingOf(order, { amazon: amazonFacts(start) })]),
  );
  return { shop, id };
}

it('IMP-1: new orders of a page get a row and are leased to who brought them', async () => {
  const shop = await newShop(database);
  const ids = orderIds(3);
  const token = randomUUID();
  const taken = await receive(
    shop,
    ids.toReversed().map((id) => seen(id)),
    token,
  );
  expect(taken.map((order) => order.amazonOrderId).sort()).toEqual(ids);
  expect(taken.every((order) => order.knocks === 1 && order.wantedAt === null)).toBe(true);
  for (const row of await rowsOf(shop)) {
    expect(row).toMatchObject({
      due_at: new Date(start),
      lease_token: token,
      amazon_created_at: new Date(start - 1000),
    });
  }
  expect(await lease(database, shop, randomUUID())).toEqual([]);
});

it('PRO-2: an order as it was, and not due, is left alone', async () => {
  const { shop, id } = await oneInStep();
  const before = await rowsOf(shop);
  expect(await receive(shop, [seen(id)])).toEqual([]);
  expect(await rowsOf(shop)).toEqual(before);
});

it('IMP-12: an order with another hash is knocked and taken', async () => {
  const { shop, id } = await oneInStep();
  const [order] = await receive(shop, [seen(id, { hash: 'another', updatedAt: start + 1 })]);
  expect(order).toMatchObject({ amazonOrderId: id, knocks: 2 });
});

it('IMP-8: an order that a person wants is taken though nothing changed', async () => {
  const { shop, id } = await oneInStep();
  const [order] = await receive(shop, [seen(id)], randomUUID(), true);
  expect(order).toMatchObject({ amazonOrderId: id, wantedAt: start });
});

it('PRO-3: an order that another worker holds is knocked and not taken, and stays due when that one is done', async () => {
  const { shop, id } = await oneInStep();
  const holder = randomUUID();
  const [held] = await receive(shop, [seen(id, { hash: 'second' })], holder);
  expect(await receive(shop, [seen(id, { hash: 'third' })])).toEqual([]);
  expect(await rowsOf(shop)).toMatchObject([{ lease_token: holder, knocks: 3 }]);
  if (!held) throw new Error('Nothing was taken');
  await db.forShop(shop, (tx) => releaseOrders(tx, shop, holder, [findingOf(held)]));
  expect(await lease(database, shop, randomUUID())).toHaveLength(1);
});

it('PRO-2 PRO-3: a page that came while a worker held an older reading is news that this reading does not serve', async () => {
  const { shop, id } = await oneInStep();
  const holder = randomUUID();
  const [held] = await receive(shop, [seen(id, { hash: 'second' })], holder);
  if (!held) throw new Error('Nothing was taken');
  const later = start + 60_000;
  await receive(shop, [seen(id, { hash: 'third', updatedAt: start + 1 })], randomUUID(), false, later);
  const read = (amazonReadAt: number) => findingOf(held, { amazonServed: held.amazonKnocks, amazonReadAt });
  await db.forShop(shop, (tx) => releaseOrders(tx, shop, holder, [read(start)]));
  const next = randomUUID();
  expect(await lease(database, shop, next)).toMatchObject([{ lookAtAmazon: true }]);
  await db.forShop(shop, (tx) => releaseOrders(tx, shop, next, [read(later + 1)]));
  await owner('update amazon_order set due_at = $2 where shop = $1', [shop, new Date(start)]);
  expect(await lease(database, shop, randomUUID())).toMatchObject([{ lookAtAmazon: false }]);
});

it('PRO-2 PRO-8: an order that is due already is left to be read anew, since the page may be older than the knock', async () => {
  const { shop, id } = await oneInStep();
  await receive(shop, [seen(id, { hash: 'second' })]);
  await expireLeases(database, shop);
  expect(await receive(shop, [seen(id, { hash: 'second' })])).toEqual([]);
  expect(await lease(database, shop, randomUUID())).toHaveLength(1);
});

it('PRO-2: an order that stands twice on a page is taken once, by its newest state', async () => {
  const shop = await newShop(database);
  const [id = expect.fail()] = orderIds(1);
  const twice = [
    seen(id, { updatedAt: start + 5, hash: 'newer' }),
    seen(id),
    seen(id, { updatedAt: start + 1 }),
  ];
  expect(await receive(shop, twice)).toHaveLength(1);
  expect(await rowsOf(shop)).toMatchObject([{ knocks: 1 }]);
});

it('PRO-2: an order in step that stands twice on a page, once as it was, is judged by its newest state', async () => {
  const { shop, id } = await oneInStep();
  expect(await receive(shop, [seen(id, { updatedAt: start - 5, hash: 'older' }), seen(id)])).toEqual([]);
  const changed = [seen(id), seen(id, { updatedAt: start + 5, hash: 'newer' })];
  expect(await receive(shop, changed)).toHaveLength(1);
});

it('PRO-2: a page older than what is known changes nothing, and is never worked on', async () => {
  const { shop, id } = await oneInStep();
  const old = [seen(id, { updatedAt: start - 1, hash: 'older' })];
  expect(await receive(shop, old)).toEqual([]);
  expect(await rowsOf(shop)).toMatchObject([{ knocks: 1, due_at: null }]);
  expect(await receive(shop, old, randomUUID(), true)).toEqual([]);
  expect(await rowsOf(shop)).toMatchObject([{ knocks: 2, due_at: new Date(start), lease_token: null }]);
});

it('an empty page takes nothing', async () => {
  expect(await receive(await newShop(database), [])).toEqual([]);
});
