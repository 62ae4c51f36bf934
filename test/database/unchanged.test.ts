import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { beginFeed } from '../../app/db/feeds.ts';
import { knockByNews } from '../../app/db/knock-by-news.ts';
import { knockOrders, leaseDueOrders, receiveOrders } from '../../app/db/leases.ts';
import { renewProofs, waitingFor } from '../../app/db/proofs.ts';
import { sellerOf } from '../../app/db/sellers.ts';
import { cancelAmazonKey } from '../../app/domain/money-keys.ts';
import { sellerId, type AmazonOrderId, type ShopDomain } from '../../app/domain/ids.ts';
import { remember } from '../../app/domain/remembered.ts';
import { setClock } from '../../app/lib/clock.ts';
import type { Services } from '../../app/sync/services.ts';
import { unchangedByList } from '../../app/sync/unchanged.ts';
import { freshDatabase } from '../database.ts';
import { orderOf } from '../samples/orders.ts';
import { ownerOf, shopWithDue, start } from './shop-rows.ts';

const database = await freshDatabase();
const { db } = database;
const owner = ownerOf(database);
const second = 1_000;
const readAt = start - 600 * second;
let count = 0;

/** Orders that were read ten minutes ago, each with a cancel that may go; Amazon listed what changed `listed` ms ago. */
async function waiting(orders: number, listed: number | null, slotAt = start) {
  // It stands still: times are compared to the millisecond.
  setClock(start, 1e-9);
  count += 1;
  const seller = sellerId(`A${count}LISTED`);
  const { shop, ids } = await shopWithDue(database, orders);
  const at = new Date(start);
  await db.forShop(shop, async (tx) => {
    await tx.seller.create({
      data: {
        ...{ shop, sellerId: seller, region: 'eu', refreshToken: 'sealed', stateSince: at, importFrom: at },
        ...{ cursor: at, nextPollAt: new Date(start + 170 * second) },
        listedAt: listed === null ? null : new Date(start - listed),
      },
    });
    for (const id of ids) {
      const kept = remember(orderOf({ id }), readAt, { address: '', dates: '', lines: '' } as never);
      await tx.order.updateMany({
        where: { shop, amazonOrderId: id },
        data: {
          ...{ sellerId: seller, shopifyOrderId: `gid://shopify/Order/${id}`, remembered: kept as never },
          amazonChangedAt: new Date(readAt),
        },
      });
      await tx.command.create({
        data: {
          ...{ shop, amazonOrderId: id, key: cancelAmazonKey(id, 'c'), kind: 'cancel_amazon' },
          ...{ state: 'planned', args: {}, plannedAt: at, notBefore: new Date(start - second) },
        },
      });
    }
  });
  const services = {
    db,
    amazon: () => ({ searchSlotAt: () => Promise.resolve(slotAt) }),
  } as unknown as Services;
  const look = async () => {
    const row = await db.forShop(shop, (tx) => sellerOf(tx, shop, seller));
    const leased = await db.forShop(shop, (tx) => leaseDueOrders(tx, shop, randomUUID(), start, 100));
    await owner('update amazon_order set lease_until = null, lease_token = null where shop = $1', [shop]);
    if (!row) throw new Error('There is no account.');
    return { row, leased };
  };
  const prove = async () => {
    const { row, leased } = await look();
    return unchangedByList(services, shop, row, leased);
  };
  const nextPollAt = async () =>
    (await db.forShop(shop, (tx) => sellerOf(tx, shop, seller)))?.nextPollAt ?? 0;
  return { shop, seller, ids, services, look, prove, nextPollAt };
}

it('CAN-5 PRO-5: what Amazon’s last list does not name is as it was, and is proved by it', async () => {
  const { prove, ids, nextPollAt } = await waiting(20, 59 * second);
  const proved = await prove();
  expect(proved.size).toBe(20);
  expect(proved.get(ids[0] as AmazonOrderId)).toMatchObject({
    ...{ kind: 'read', remembered: true, startedAt: readAt, unchangedAt: start - 59 * second },
    order: { id: ids[0], status: 'unshipped' },
  });
  expect(await nextPollAt()).toBe(start + 170 * second);
});

it('CAN-5: an older list proves nothing: another is asked for out of turn, and waited for', async () => {
  const { prove, ids, nextPollAt } = await waiting(20, 61 * second);
  const soon = await prove();
  expect(soon.get(ids[0] as AmazonOrderId)).toMatchObject({
    ...{ kind: 'unreadable', soon: true, at: start + 2 * second },
  });
  expect(await nextPollAt()).toBe(start);
  const never = await waiting(20, null);
  expect([...(await never.prove()).values()].every(({ kind }) => kind === 'unreadable')).toBe(true);
});

it('PRO-5: a list is waited for only as long as reading the orders singly takes, and few are read singly', async () => {
  const slow = await waiting(20, null, start + 41 * second);
  expect([(await slow.prove()).size, await slow.nextPollAt()]).toEqual([0, start + 170 * second]);
  const worth = await waiting(20, null, start + 40 * second);
  const soon = await worth.prove();
  expect(soon.get(worth.ids[0] as AmazonOrderId)).toMatchObject({
    ...{ kind: 'unreadable', soon: true, at: start + 42 * second },
  });
  const few = await waiting(19, second);
  expect((await few.prove()).size).toBe(0);
});

it('CAN-5: where the next list is far an older one tells what to look at, and its proof is as old as it', async () => {
  const old = await waiting(20, 540 * second, start + 40 * second);
  const proved = await old.prove();
  expect(proved.get(old.ids[0] as AmazonOrderId)).toMatchObject({
    ...{ kind: 'read', unchangedAt: start - 540 * second },
  });
  expect(await old.nextPollAt()).toBe(start + 40 * second);
  const older = await waiting(20, 541 * second, start + 40 * second);
  expect([...(await older.prove()).values()].every(({ kind }) => kind === 'unreadable')).toBe(true);
});

it('CAN-5: what waits is ready, may be renewed by a list, or has to be looked at anew', async () => {
  const { shop, seller, ids } = await waiting(11, null);
  const at = (ms: number) => new Date(start + ms);
  await owner('update amazon_order set due_at = null, shopify_changed_at = null where shop = $1', [shop]);
  const set = (n: number, provedAt: number | null, change = 'shopify_changed_at = null') =>
    Promise.all([
      owner('update command set proved_at = $3, seen_at = $3 where shop = $1 and amazon_order_id = $2', [
        ...[shop, ids[n], provedAt === null ? null : at(provedAt)],
      ]),
      owner(`update amazon_order set ${change} where shop = $1 and amazon_order_id = $2`, [shop, ids[n]]),
    ]);
  await set(0, -180 * second);
  await set(1, -181 * second);
  await set(2, -600 * second);
  await set(3, -601 * second);
  await set(4, -181 * second, 'remembered = null');
  await set(5, -60 * second, `shopify_changed_at = '${at(-59 * second).toISOString()}'`);
  await set(6, null);
  // Its undo time ends while the others may still wait for it, or after.
  const rests = (n: number, ms: number) =>
    owner('update command set not_before = $3 where shop = $1 and amazon_order_id = $2', [
      ...[shop, ids[n], at(ms)],
    ]);
  for (const n of [7, 8]) await set(n, -second);
  await rests(7, 60 * second);
  await rests(8, 61 * second);
  // Without a proof for long: what stands in line is still waited for, what something else stops is not.
  for (const n of [9, 10]) await rests(n, -601 * second);
  await set(9, null, "due_reason = 'slot'");
  await set(10, null);
  const times = {
    now: start,
    ripeBy: start + 60 * second,
    provedSince: start - 180 * second,
    renewSince: start - 600 * second,
  };
  const found = await db.forShop(shop, (tx) => waitingFor(tx, shop, seller, 'cancel_amazon', times));
  expect(found).toEqual({
    ...{ ready: 1, renewable: 2, stale: 2, soon: 4 },
    ...{ oldest: start - 180 * second, oldestRenewable: start - 600 * second, ripeSince: start - second },
    unasked: [3, 4, 5].map((n) => ids[n]),
    unaskedRenewable: [1, 2].map((n) => ids[n]),
  });
});

type Change = (shop: ShopDomain, seller: ReturnType<typeof sellerId>, id: AmazonOrderId) => Promise<unknown>;
const page = (id: AmazonOrderId) => ({
  id,
  updatedAt: start,
  createdAt: readAt,
  marketplaceId: null,
  hash: 'changed',
});
const changes: readonly (readonly [name: string, change: Change])[] = [
  [
    'a page named it',
    (shop, seller, id) =>
      db.forShop(shop, (tx) =>
        receiveOrders(tx, shop, seller, randomUUID(), start, [page(id)], start - second, false),
      ),
  ],
  [
    'a message said so',
    (shop, seller, id) =>
      db.forShop(shop, (tx) => knockByNews(tx, shop, seller, [{ id, at: start }], start, false)),
  ],
  [
    'it was knocked',
    (shop, seller, id) => db.forShop(shop, (tx) => knockOrders(tx, shop, seller, [id], start)),
  ],
  [
    'a person wants Amazon’s word of now',
    (shop, seller, id) =>
      db.forShop(shop, (tx) => knockOrders(tx, shop, seller, [id], start, { wanted: true, news: false })),
  ],
  [
    'it was never read',
    (shop, _seller, id) =>
      owner('update amazon_order set remembered = null where shop = $1 and amazon_order_id = $2', [shop, id]),
  ],
  [
    'it was proved just now',
    (shop, _seller, id) =>
      owner('update command set proved_at = $3 where shop = $1 and amazon_order_id = $2', [
        ...[shop, id, new Date(start - second)],
      ]),
  ],
  [
    'it rests',
    (shop, _seller, id) =>
      owner('update command set not_before = $3 where shop = $1 and amazon_order_id = $2', [
        ...[shop, id, new Date(start + second)],
      ]),
  ],
];
it.each(changes)('CAN-5: %s: no list answers for it', async (_name, change) => {
  const { shop, seller, ids, prove } = await waiting(21, second);
  const id = ids[3] as AmazonOrderId;
  await change(shop, seller, id);
  await owner('update amazon_order set lease_until = null, lease_token = null where shop = $1', [shop]);
  const proved = await prove();
  expect([proved.size, proved.has(id)]).toEqual([20, false]);
});

it('CAN-5: a change that is written while an order is in hand counts, too', async () => {
  const { shop, seller, ids, services, look } = await waiting(20, second);
  const { row, leased } = await look();
  const id = ids[3] as AmazonOrderId;
  await db.forShop(shop, (tx) =>
    receiveOrders(tx, shop, seller, randomUUID(), start, [page(id)], start - second, false),
  );
  const proved = await unchangedByList(services, shop, row, leased);
  expect([proved.size, proved.has(id)]).toEqual([19, false]);
});

it('CAN-5: news of Shopify, and a proof that grew old, are no change on Amazon', async () => {
  const { shop, seller, ids, prove } = await waiting(20, second);
  await db.forShop(shop, (tx) => knockOrders(tx, shop, seller, ids, start, { side: 'shopify' }));
  await db.forShop(shop, (tx) => knockOrders(tx, shop, seller, ids, start, { news: false }));
  expect((await prove()).size).toBe(20);
});

const provedAt = start - 400 * second;
const listedAt = start - 30 * second;

/** Orders that were proved some minutes ago and let go, and what a list of now makes of their proofs. */
async function proved(change?: (given: { shop: ShopDomain; id: AmazonOrderId }) => Promise<unknown>) {
  const { shop, seller, ids } = await waiting(2, null);
  await owner('update command set proved_at = $2 where shop = $1', [shop, new Date(provedAt)]);
  await owner('update amazon_order set due_at = null, shopify_changed_at = null where shop = $1', [shop]);
  await change?.({ shop, id: ids[0] as AmazonOrderId });
  const since = start - 600 * second;
  await db.forShop(shop, (tx) => renewProofs(tx, shop, seller, 'cancel_amazon', { since, listedAt }));
  const rows = await owner<{ proved_at: Date }>(
    'select proved_at from command where shop = $1 order by amazon_order_id',
    [shop],
  );
  return rows.map((row) => row.proved_at.getTime());
}

it('CAN-5: a list renews the proofs of orders of which nobody heard anything', async () => {
  expect(await proved()).toEqual([listedAt, listedAt]);
});

const moved: readonly (readonly [name: string, sql: string])[] = [
  ['Amazon changed it', `amazon_changed_at = now()`],
  ['Shopify changed it', `shopify_changed_at = now()`],
  ['nothing is remembered of it', `remembered = null`],
];
it.each(moved)('CAN-5: %s: its proof is not renewed', async (_name, set) => {
  const times = await proved(({ shop, id }) =>
    owner(`update amazon_order set ${set} where shop = $1 and amazon_order_id = $2`, [shop, id]),
  );
  expect(times).toEqual([provedAt, listedAt]);
});

it('CAN-5: what was seen of Shopify too long ago is looked at anew', async () => {
  const old = start - 601 * second;
  const times = await proved(({ shop, id }) =>
    owner('update command set proved_at = $3 where shop = $1 and amazon_order_id = $2', [
      ...[shop, id, new Date(old)],
    ]),
  );
  expect(times).toEqual([old, listedAt]);
});

it('CAN-5 FUL-6: a batch takes what is proved, and nothing of which either side has news since', async () => {
  const { shop, seller, ids } = await waiting(5, null);
  const at = (ms: number) => new Date(start + ms);
  await owner('update command set proved_at = $2, args = $3 where shop = $1', [
    ...[shop, at(-60 * second), JSON.stringify({ reason: 'NoInventory', orderItemIds: ['1'] })],
  ]);
  await owner('update amazon_order set due_at = null, shopify_changed_at = null where shop = $1', [shop]);
  const set = (n: number, sql: string, value: Date) =>
    owner(`update amazon_order set ${sql} where shop = $1 and amazon_order_id = $2`, [shop, ids[n], value]);
  await set(0, 'amazon_changed_at = $3', at(-59 * second));
  await set(1, 'shopify_changed_at = $3', at(-59 * second));
  await set(2, 'amazon_changed_at = $3, shopify_changed_at = $3', at(-60 * second));
  await owner('update command set seen_at = $2 where shop = $1', [shop, at(-60 * second)]);
  const feed = await db.forShop(shop, (tx) =>
    beginFeed(tx, shop, seller, 'cancel_amazon', {
      now: start,
      provedSince: at(-180 * second).getTime(),
      most: 9,
    }),
  );
  expect(feed?.commands.map(({ amazonOrderId: id }) => ids.indexOf(id))).toEqual([2, 3, 4]);
});
