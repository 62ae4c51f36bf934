import { expect, it } from 'vitest';
import type { Database } from '../../app/db/client.ts';
import { createLog } from '../../app/lib/log.ts';
import { makeLedgers, noteLedgers } from '../../app/sync/make-ledgers.ts';
import type { Services } from '../../app/sync/services.ts';
import { freshDatabase } from '../database.ts';
import { newShop, orderIds } from './shop-rows.ts';

const database = await freshDatabase();
const { db } = database;
const [first, second] = orderIds(2);

const servicesOn = (on: Database) => ({ db: on, log: createLog('silent', 'test') }) as unknown as Services;

it('PRO-2: one worker makes the ledgers of a shop, and also those that another was called for meanwhile', async () => {
  const shop = await newShop(database);
  const note = (id = '') => db.forShop(shop, (tx) => noteLedgers(tx, shop, [id]));
  const due = () => database.owner('select amazon_order_id from ledger_due where shop = $1', [shop]);
  await note(first);
  const [reached, gate] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
  const held: Database = {
    ...db,
    // Held with all its work done, before it is kept.
    forShop: (of, work) =>
      db.forShop(of, async (tx) => {
        const done = await work(tx);
        reached.resolve(undefined);
        await gate.promise;
        return done;
      }),
  };
  const made = makeLedgers(servicesOn(held), shop);
  await reached.promise;
  await note(second);
  expect(await makeLedgers(servicesOn(db), shop)).toBe(0);
  expect(await due()).toHaveLength(2);
  gate.resolve(undefined);
  expect([await made, await due()]).toEqual([2, []]);
});
