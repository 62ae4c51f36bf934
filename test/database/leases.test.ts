import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import {
  knockOrders,
  leaseDueOrders,
  postponeDueOrders,
  receiveOrders,
  renewLeases,
} from '../../app/db/leases.ts';
import { releaseOrders, type Finding } from '../../app/db/release.ts';
import type { AmazonOrderId, ShopDomain } from '../../app/domain/ids.ts';
import { freshDatabase } from '../database.ts';
import {
  amazonFacts,
  expireLeases,
  findingOf,
  lease,
  seller,
  shopWithDue,
  start,
  ownerOf,
} from './shop-rows.ts';

const database = await freshDatabase();
const { db } = database;
const owner = ownerOf(database);

const minute = 60_000;

interface Place {
  due_at: Date | null;
  due_reason: string | null;
  lease_token: string | null;
  knocks: number;
  state: string;
  amazon_status: string | null;
}

async function placeOf(shop: ShopDomain, id: AmazonOrderId): Promise<Place> {
  const [row] = await owner<Place>('select * from amazon_order where shop = $1 and amazon_order_id = $2', [
    shop,
    id,
  ]);
  if (!row) throw new Error('No such order');
  return row;
}

const knock = (shop: ShopDomain, ids: readonly AmazonOrderId[], at: number) =>
  db.forShop(shop, (tx) => knockOrders(tx, shop, seller, ids, at));
const release = (shop: ShopDomain, token: string, findings: readonly Finding[]) =>
  db.forShop(shop, (tx) => releaseOrders(tx, shop, token, findings));

/** One order, leased. */
async function oneLeased() {
  const { shop, ids } = await shopWithDue(database, 1);
  const token = randomUUID();
  const [order] = await lease(database, shop, token);
  if (!order || !ids[0]) throw new Error('Nothing was leased');
  return { shop, id: ids[0], token, order };
}

it('PRO-3: workers that lease at the same moment share the due orders out, each to one', async () => {
  const { shop, ids } = await shopWithDue(database, 40);
  const tokens = Array.from({ length: 8 }, () => randomUUID());
  const batches = await Promise.all(tokens.map((token) => lease(database, shop, token, 7)));
  const taken = batches.flat().map((order) => order.amazonOrderId);
  expect(taken.length).toBe(new Set(taken).size);
  const rest = await lease(database, shop, randomUUID());
  expect([...taken, ...rest.map((order) => order.amazonOrderId)].sort()).toEqual(ids);
});

it('PRO-3: a worker that comes while another’s claim is not yet committed gets others and does not wait', async () => {
  const { shop, ids } = await shopWithDue(database, 4);
  const [first, second] = await db.forShop(shop, async (tx) => {
    const mine = await leaseDueOrders(tx, shop, randomUUID(), start, 2);
    return [mine, await lease(database, shop, randomUUID())];
  });
  expect([first.length, second.length]).toEqual([2, 2]);
  expect([...first, ...second].map((order) => order.amazonOrderId).sort()).toEqual(ids);
});

it('leases what has been due the longest first, at most so many, and nothing before its time', async () => {
  const { shop, ids } = await shopWithDue(database, 5);
  await knock(shop, ids.slice(3, 4), start - 2 * minute);
  await knock(shop, ids.slice(1, 2), start - minute);
  const early = await lease(database, shop, randomUUID(), 50, start - 1);
  expect(early.map((order) => order.amazonOrderId).sort()).toEqual([ids[1], ids[3]]);
  await expireLeases(database, shop);
  const two = await lease(database, shop, randomUUID(), 2);
  expect(two.map((order) => order.amazonOrderId).sort()).toEqual([ids[1], ids[3]]);
});

it('PRO-8: a lease that ran out is free for others, and its old holder can write nothing any more', async () => {
  const { shop, id, token, order } = await oneLeased();
  expect(await lease(database, shop, randomUUID())).toEqual([]);
  await expireLeases(database, shop);
  const next = randomUUID();
  expect((await lease(database, shop, next)).map((one) => one.amazonOrderId)).toEqual([id]);
  expect(
    await release(shop, token, [findingOf(order, { said: { state: 'stale', tone: 'info', params: {} } })]),
  ).toEqual(new Map());
  expect(await placeOf(shop, id)).toMatchObject({ state: 'importing', lease_token: next });
  expect((await placeOf(shop, id)).due_at).not.toBeNull();
});

it('PRO-8: renewing keeps leases for fifteen seconds of real time, and only those still held', async () => {
  const { shop, ids } = await shopWithDue(database, 3);
  const [token, other] = [randomUUID(), randomUUID()];
  await lease(database, shop, token, 3);
  await owner(
    `update amazon_order set lease_until = now() - interval '1 second' where shop = $1 and amazon_order_id = $2`,
    [shop, ids[0]],
  );
  await lease(database, shop, other);
  const renewed = await db.forShop(shop, (tx) => renewLeases(tx, shop, token, ids));
  expect(renewed).toBe(2);
  const left = await owner<{ seconds: number }>(
    `select extract(epoch from lease_until - clock_timestamp())::float8 as seconds from amazon_order where shop = $1 and lease_token = $2`,
    [shop, token],
  );
  for (const { seconds } of left) {
    expect(seconds).toBeGreaterThan(10);
    expect(seconds).toBeLessThanOrEqual(15);
  }
});

it('PRO-1: an order on which nothing is left to do is let go and not due', async () => {
  const { shop, id, token, order } = await oneLeased();
  expect(await release(shop, token, [findingOf(order)])).toEqual(new Map([[id, false]]));
  expect(await placeOf(shop, id)).toMatchObject({
    due_at: null,
    due_reason: null,
    lease_token: null,
    state: 'in_step',
  });
});

it('PRO-1: a knock while an order is worked on is never lost', async () => {
  const { shop, id, token, order } = await oneLeased();
  await knock(shop, [id], start + minute);
  const finding = findingOf(order, { dueAt: start + 60 * minute, dueReason: 'backoff' });
  expect(await release(shop, token, [finding])).toEqual(new Map([[id, true]]));
  expect(await placeOf(shop, id)).toMatchObject({
    due_at: new Date(start),
    due_reason: null,
    lease_token: null,
  });
  expect(await lease(database, shop, randomUUID())).toHaveLength(1);
});

it('PRO-1: knocks that race with the release are never lost', async () => {
  for (let round = 0; round < 40; round += 1) {
    const { shop, id, token, order } = await oneLeased();
    const knocks = Array.from({ length: 3 }, () => knock(shop, [id], start + minute));
    await Promise.all([release(shop, token, [findingOf(order)]), ...knocks]);
    const place = await placeOf(shop, id);
    expect(place.knocks).toBe(4);
    expect(place.due_at).not.toBeNull();
  }
});

it('a release without a knock takes the time that the decision said, and its reason', async () => {
  const { shop, id, token, order } = await oneLeased();
  await release(shop, token, [
    findingOf(order, { dueAt: start + 5 * minute, dueReason: 'search_lag', failures: 3 }),
  ]);
  expect(await placeOf(shop, id)).toMatchObject({
    due_at: new Date(start + 5 * minute),
    due_reason: 'search_lag',
  });
  expect(await lease(database, shop, randomUUID())).toEqual([]);
  const [later] = await lease(database, shop, randomUUID(), 50, start + 5 * minute);
  expect(later).toMatchObject({ amazonOrderId: id, failures: 3 });
});

it('PRO-2: a later timer never delays an earlier knock, and an earlier knock beats a later timer', async () => {
  const { shop, ids } = await shopWithDue(database, 1);
  const id = ids[0] ?? expect.fail();
  await knock(shop, ids, start + 10 * minute);
  expect((await placeOf(shop, id)).due_at).toEqual(new Date(start));
  await owner(
    'update amazon_order set due_at = $3, due_reason = $4 where shop = $1 and amazon_order_id = $2',
    [shop, id, new Date(start + 60 * minute), 'backoff'],
  );
  await knock(shop, ids, start + minute);
  expect(await placeOf(shop, id)).toMatchObject({
    due_at: new Date(start + minute),
    due_reason: null,
    knocks: 3,
  });
});

it('PRO-2: one knock names an order twice and counts it once; an unknown one gets a row', async () => {
  const { shop, ids } = await shopWithDue(database, 1);
  const id = ids[0] ?? expect.fail();
  await knock(shop, [id, id, id], start);
  expect((await placeOf(shop, id)).knocks).toBe(2);
});

it('PRO-2: older news of Amazon never replaces newer, and has the order looked at with the next page', async () => {
  const { shop, id, token, order } = await oneLeased();
  await release(shop, token, [findingOf(order, { amazon: amazonFacts(start + minute, 'shipped') })]);
  await knock(shop, [id], start);
  const again = randomUUID();
  const [held] = await lease(database, shop, again);
  if (!held) throw new Error('Nothing was leased');
  expect(held).toMatchObject({ amazonUpdatedAt: start + minute, amazonHash: 'hash of shipped' });
  const old = amazonFacts(start + minute - 1, 'unshipped');
  const finding = findingOf(held, {
    amazon: old,
    said: { state: 'waiting', tone: 'info', params: {} },
    lookedAt: start + 2 * minute,
  });
  expect(await release(shop, again, [finding])).toEqual(new Map([[id, false]]));
  const known = { amazon_updated_at: new Date(start + minute), amazon_status: 'shipped', amazon_hash: null };
  expect(await placeOf(shop, id)).toMatchObject({ ...known, lease_token: null, due_at: null });
  const page = [
    { id, updatedAt: start + minute, createdAt: start, marketplaceId: null, hash: 'hash of shipped' },
  ];
  const third = randomUUID();
  const taken = await db.forShop(shop, (tx) =>
    receiveOrders(tx, shop, seller, third, start, page, start, false),
  );
  expect(taken.map((one) => one.amazonOrderId)).toEqual([id]);
});

it('PRO-2: news of the same moment and newer news are taken', async () => {
  const { shop, id, token, order } = await oneLeased();
  await release(shop, token, [findingOf(order, { amazon: amazonFacts(start + 769, 'pending') })]);
  for (const [at, status] of [
    [start + 769, 'unshipped'],
    [start + 770, 'shipped'],
  ] as const) {
    await knock(shop, [id], start);
    const next = randomUUID();
    const [held] = await lease(database, shop, next);
    if (!held) throw new Error('Nothing was leased');
    await release(shop, next, [findingOf(held, { amazon: amazonFacts(at, status) })]);
    expect(await placeOf(shop, id)).toMatchObject({ amazon_status: status, due_at: null });
  }
});

it('a side that could not be read leaves what was known of it', async () => {
  const { shop, id, token, order } = await oneLeased();
  const shopify = {
    id: 'gid://shopify/Order/1',
    name: '#1001',
    status: 'UNFULFILLED',
    money: null,
    total: 1234,
    adopted: true,
    updatedAt: '2026-11-20T10:00:00Z',
    fulfillmentOrderIds: null,
  };
  await release(shop, token, [findingOf(order, { amazon: amazonFacts(start), shopify, lookedAt: start })]);
  await knock(shop, [id], start);
  const next = randomUUID();
  const [held] = await lease(database, shop, next);
  if (!held) throw new Error('Nothing was leased');
  await release(shop, next, [
    findingOf(held, { said: { state: 'amazon_unreadable', tone: 'warning', params: {} } }),
  ]);
  expect(await placeOf(shop, id)).toMatchObject({
    state: 'amazon_unreadable',
    amazon_status: 'unshipped',
    amazon_total: '1234',
    skus: ['SKU-1'],
    shopify_order_id: shopify.id,
    shopify_name: '#1001',
    adopted: true,
    looked_at: new Date(start),
  });
});

it('what is put off is not due before, stays with who holds it, and a knock brings it back at once', async () => {
  const { shop, ids } = await shopWithDue(database, 4);
  const postpone = () => db.forShop(shop, (tx) => postponeDueOrders(tx, shop, start, 50, start + minute));
  const token = randomUUID();
  const [held] = await lease(database, shop, token, 1);
  expect(await postpone()).toBe(3);
  expect(await postpone()).toBe(0);
  expect(await lease(database, shop, randomUUID())).toEqual([]);
  const [one = expect.fail()] = ids.filter((id) => id !== held?.amazonOrderId);
  await knock(shop, [one], start);
  expect(await placeOf(shop, one)).toMatchObject({ due_at: new Date(start), due_reason: null });
  expect(await lease(database, shop, randomUUID())).toMatchObject([{ amazonOrderId: one }]);
  expect(await lease(database, shop, randomUUID(), 50, start + minute)).toHaveLength(2);
});
