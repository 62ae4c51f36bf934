import { expect, it } from 'vitest';
import { claimFinances, keepMoves } from '../../app/db/finances.ts';
import { movesOfOrders } from '../../app/db/moves.ts';
import type { AmazonMove } from '../../app/domain/amazon-move.ts';
import { amazonOrderId, sellerId, type ShopDomain } from '../../app/domain/ids.ts';
import { freshDatabase } from '../database.ts';
import { newShop, ownerOf, seller, shopWithDue, start } from './shop-rows.ts';

const database = await freshDatabase();
const { db } = database;
const owner = ownerOf(database);

const move = (order: string, more: Partial<AmazonMove> = {}): AmazonMove => ({
  transactionId: `T-${order}`,
  amazonOrderId: amazonOrderId(order),
  kind: 'refund',
  postedAt: start - 1000,
  currency: 'USD',
  amount: 1250,
  items: [{ sku: 'SKU-1', components: { principal: 1200, tax: 50 } }],
  ...more,
});
const keep = (shop: ShopDomain, moves: readonly AmazonMove[], own = seller) =>
  db.forShop(shop, (tx) => keepMoves(tx, shop, own, start, moves));
const kept = (shop: ShopDomain, order: string) =>
  db.forShop(shop, async (tx) => {
    const id = amazonOrderId(order);
    return (await movesOfOrders(tx, shop, [id])).get(id) ?? [];
  });

it('REF-4: keeps moves of known orders once, and tells of those that are new or have changed', async () => {
  const { shop, ids } = await shopWithDue(database, 2);
  const [one = '', two = ''] = ids as readonly string[];
  const page = [move(two), move('902-9999999-9999999'), move(one), move(one, { transactionId: 'T-b' })];
  expect(await keep(shop, page)).toEqual([one, two]);
  expect(await kept(shop, one)).toEqual([move(one), move(one, { transactionId: 'T-b' })]);
  expect(await kept(shop, '902-9999999-9999999')).toEqual([]);
  expect(await keep(shop, page)).toEqual([]);
  expect(await keep(shop, [move(two, { amount: 900 }), move(one)])).toEqual([two]);
  expect(await kept(shop, two)).toEqual([move(two, { amount: 900 })]);
  expect(await keep(shop, [])).toEqual([]);
});

it('REF-4: a transaction that stands twice on a page is kept once', async () => {
  const { shop, ids } = await shopWithDue(database, 1);
  const [one = ''] = ids as readonly string[];
  expect(await keep(shop, [move(one), move(one)])).toEqual([one]);
  expect(await kept(shop, one)).toHaveLength(1);
});

it("SEC-1: an order of another account or shop is not one's own", async () => {
  const { shop, ids } = await shopWithDue(database, 1);
  const [one = ''] = ids as readonly string[];
  expect(await keep(shop, [move(one)], sellerId('A2OTHER'))).toEqual([]);
  expect(await keep(await newShop(database), [move(one)])).toEqual([]);
});

it('PRO-3: one worker sweeps the finances of an account, and only where it is connected and due', async () => {
  const shop = await newShop(database);
  const own = sellerId('A1SWEPT');
  const at = new Date(start);
  await db.forShop(shop, (tx) =>
    tx.seller.create({
      data: {
        ...{ shop, sellerId: own, region: 'eu', refreshToken: 'sealed', stateSince: at },
        ...{ importFrom: at, cursor: at, nextPollAt: at },
      },
    }),
  );
  const claim = (now: number) => db.forShop(shop, (tx) => claimFinances(tx, shop, own, now, now + 25_000));
  const claims = await Promise.all([claim(start), claim(start), claim(start)]);
  expect(claims.filter((one) => one !== null)).toMatchObject([
    { seller: { sellerId: own }, until: null, window: null },
  ]);
  expect(await claim(start + 24_999)).toBeNull();
  await owner(`update seller set finances_until = $2, finances_window = '{"after":1}' where shop = $1`, [
    shop,
    at,
  ]);
  expect(await claim(start + 25_000)).toMatchObject({ until: start, window: { after: 1 } });
  await owner(`update seller set state = 'disconnected', next_finances_at = null where shop = $1`, [shop]);
  expect(await claim(start + 90_000)).toBeNull();
});
