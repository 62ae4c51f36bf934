import { expect, it } from 'vitest';
import { carriedSince } from '../../app/db/carried.ts';
import { freshDatabase } from '../database.ts';
import { shopWithDue, start } from './shop-rows.ts';

const database = await freshDatabase();
const { db } = database;

it('PRO-1: the last day counts orders and not writes, done ones only, and only the shop’s own', async () => {
  const { shop, ids } = await shopWithDue(database, 2);
  const other = await shopWithDue(database, 1);
  const [first, second] = ids;
  const done = (order: string | undefined, kind: string, n: number, change: object = {}) => ({
    ...{ shop, amazonOrderId: order ?? expect.fail(), kind, key: `${kind}:${n}`, state: 'confirmed' },
    ...{ plannedAt: new Date(start), endedAt: new Date(start), ...change },
  });
  const rows = [
    done(first, 'create_order', 1),
    done(second, 'create_order', 2, { endedAt: new Date(start - 1) }),
    done(first, 'cancel_amazon', 3),
    done(first, 'cancel_shopify', 4, { state: 'accepted' }),
    done(second, 'cancel_amazon', 5, { state: 'refused' }),
    done(first, 'ship_amazon', 6),
    done(second, 'ship_amazon', 7),
    done(second, 'hold_order', 8),
    done(second, 'refund_shopify', 9, { endedAt: null, state: 'planned' }),
  ];
  await db.forShop(shop, (tx) => tx.command.createMany({ data: rows }));
  await db.forShop(other.shop, (tx) =>
    tx.command.createMany({
      data: [{ ...done(other.ids[0], 'refund_amazon', 10), shop: other.shop }],
    }),
  );
  expect(await db.forShop(shop, (tx) => carriedSince(tx, shop, start))).toEqual({
    imported: 1,
    cancelled: 1,
    shipped: 2,
    refunded: 0,
  });
});
