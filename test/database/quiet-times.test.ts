import { expect, it } from 'vitest';
import { shopInstalled, shopUninstalled } from '../../app/sync/install.ts';
import { setSettings } from '../../app/sync/change-settings.ts';
import { quietTimes } from '../../app/db/facts.ts';
import { now } from '../../app/lib/clock.ts';
import { freshDatabase } from '../database.ts';
import { newShop } from './shop-rows.ts';

const database = await freshDatabase();
const { db } = database;
const lasting = async (shop: Awaited<ReturnType<typeof newShop>>) =>
  (await db.forShop(shop, (tx) => quietTimes(tx, shop, now()))).map(({ seller, until }) => [
    seller,
    until === null,
  ]);

it('CAN-12 SEC-4: nothing is sent from the uninstalling on until the shop has the app again', async () => {
  const shop = await newShop(database);
  await shopUninstalled(db, shop, now());
  await shopUninstalled(db, shop, now());
  expect(await lasting(shop)).toEqual([['', true]]);
  await shopInstalled(db, shop);
  await shopInstalled(db, shop);
  expect(await lasting(shop)).toEqual([['', false]]);
});

it('CAN-12: news of an uninstalling from before a later installation begin nothing', async () => {
  const shop = await newShop(database);
  await shopInstalled(db, shop);
  await shopUninstalled(db, shop, now() - 3_600_000);
  expect(await lasting(shop)).toEqual([]);
});

it('CAN-12 PRO-7: dry run is a quiet time, once however often it is switched on', async () => {
  const shop = await newShop(database);
  const set = (dryRun: boolean) => db.forShop(shop, (tx) => setSettings(tx, shop, { dryRun }, 'staff'));
  await set(true);
  await set(true);
  expect(await lasting(shop)).toEqual([['', true]]);
  await set(false);
  expect(await lasting(shop)).toEqual([['', false]]);
});
