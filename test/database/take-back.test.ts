import { expect, it } from 'vitest';
import { addChoice, takeBackChoice } from '../../app/db/choices.ts';
import { beginFeed } from '../../app/db/feeds.ts';
import type { AmazonOrderId } from '../../app/domain/ids.ts';
import { cancelAmazonKey } from '../../app/domain/money-keys.ts';
import { freshDatabase } from '../database.ts';
import { ownerOf, seller, shopWithDue, start } from './shop-rows.ts';

const database = await freshDatabase();
const { db } = database;
const owner = ownerOf(database);

/** An approved cancel that is proved, so that a batch takes it, and may still be taken back. */
async function approved() {
  const { shop, ids } = await shopWithDue(database, 1);
  const order = ids[0] as AmazonOrderId;
  const at = new Date(start);
  const { id } = await db.forShop(shop, (tx) =>
    addChoice(tx, shop, {
      ...{ kind: 'cancel', subject: '', order, at: start, undoUntil: start, by: 'staff' },
      args: { amount: 100, reason: 'BuyerCanceled', restock: true },
    }),
  );
  const key = cancelAmazonKey(order, id);
  await db.forShop(shop, (tx) =>
    tx.command.create({
      data: {
        ...{ shop, amazonOrderId: order, key, kind: 'cancel_amazon', state: 'planned' },
        args: { reason: 'BuyerCanceled', orderItemIds: ['1'] },
        ...{ plannedAt: at, notBefore: at, provedAt: at, seenAt: at },
      },
    }),
  );
  const takeBack = () =>
    db.forShop(shop, (tx) => takeBackChoice(tx, shop, start, { id, by: 'staff', commandKeys: [key] }));
  const stateOf = async () =>
    (
      await owner<{ command: string; choice: string }>(
        'select d.state as command, c.state as choice from command d join choice c on c.shop = d.shop where d.shop = $1',
        [shop],
      )
    )[0];
  return { shop, takeBack, stateOf };
}
const batch = { now: start, provedSince: start - 1, most: 9 };

it('CAN-8: while a batch takes the cancel an undo waits, and is told that it is too late', async () => {
  const { shop, takeBack, stateOf } = await approved();
  let undo: Promise<boolean> | undefined;
  await db.forShop(shop, async (tx) => {
    expect((await beginFeed(tx, shop, seller, 'cancel_amazon', batch))?.commands).toHaveLength(1);
    undo = takeBack();
    // It has begun, and stands before the lock, when the batch is written down.
    await expect
      .poll(
        async () =>
          (await owner('select 1 from pg_stat_activity where wait_event_type = $1', ['Lock'])).length,
      )
      .toBeGreaterThan(0);
  });
  expect(await undo).toBe(false);
  expect(await stateOf()).toEqual({ command: 'sending', choice: 'open' });
});

it('CAN-8: what is taken back first is in no batch', async () => {
  const { shop, takeBack, stateOf } = await approved();
  expect(await takeBack()).toBe(true);
  expect(await db.forShop(shop, (tx) => beginFeed(tx, shop, seller, 'cancel_amazon', batch))).toBeNull();
  expect(await stateOf()).toEqual({ command: 'withdrawn', choice: 'withdrawn' });
});
