import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { Database } from '../../app/db/client.ts';
import { claimChanges } from '../../app/db/shopify-changes.ts';
import { beat, endBeat, enqueueWhatIsDue } from '../../app/db/system.ts';
import { markUninstalled } from '../../app/db/shops.ts';
import type { ShopDomain } from '../../app/domain/ids.ts';
import { enqueueBackfill, enqueueDrain } from '../../app/queue/enqueue.ts';
import { knock } from '../../app/sync/knock.ts';
import { freshDatabase } from '../database.ts';
import { expireLeases, lease, newShop, orderIds, seller, shopWithDue, start, ownerOf } from './shop-rows.ts';

const database = await freshDatabase();
const { db } = database;
const owner = ownerOf(database);

interface Job {
  task: string;
  key: string | null;
  payload: unknown;
  run_at: Date;
  locked: boolean;
}

const jobsOf = (shop: ShopDomain) =>
  owner<Job>(
    `select t.identifier as task, j.key, j.payload, j.run_at, j.locked_at is not null as locked
     from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
     where j.payload->>'shop' = $1 order by j.id`,
    [shop],
  );
const ordersOf = (shop: ShopDomain) => owner('select * from amazon_order where shop = $1', [shop]);
const knockOnce = (shop: ShopDomain, on: Database = db) =>
  on.forShop(shop, (tx) => knock(tx, shop, seller, orderIds(3)));

/** As if a worker had begun the jobs of a shop. */
const beginJobs = (shop: ShopDomain) =>
  owner(
    `update graphile_worker._private_jobs set locked_at = now(), locked_by = 'a worker', attempts = 1 where payload->>'shop' = $1`,
    [shop],
  );

it('PRO-2: a knock’s rows and its job are written together', async () => {
  const shop = await newShop(database);
  await knockOnce(shop);
  expect(await ordersOf(shop)).toHaveLength(3);
  expect(await jobsOf(shop)).toMatchObject([{ task: 'drain', key: `drain:${shop}`, payload: { shop } }]);
});

it('PRO-2: a knock that is rolled back leaves neither rows nor a job', async () => {
  const shop = await newShop(database);
  const broken = db.forShop(shop, async (tx) => {
    await knock(tx, shop, seller, orderIds(3));
    throw new Error('cut');
  });
  await expect(broken).rejects.toThrow('cut');
  expect([await ordersOf(shop), await jobsOf(shop)]).toEqual([[], []]);
});

it('a knock of nothing makes no job', async () => {
  const shop = await newShop(database);
  await db.forShop(shop, (tx) => knock(tx, shop, seller, []));
  expect(await jobsOf(shop)).toEqual([]);
});

it('PRO-2: however often a shop is knocked, one drain waits', async () => {
  const shop = await newShop(database);
  await Promise.all(Array.from({ length: 12 }, () => knockOnce(shop)));
  expect(await jobsOf(shop)).toHaveLength(1);
});

it('PRO-2: a knock while a drain runs leads to another, and that one waits alone too', async () => {
  const shop = await newShop(database);
  await knockOnce(shop);
  await beginJobs(shop);
  await knockOnce(shop);
  await knockOnce(shop);
  const jobs = await jobsOf(shop);
  expect(jobs.map((job) => [job.locked, job.key])).toEqual([
    [true, null],
    [false, `drain:${shop}`],
  ]);
});

it('the jobs of two shops do not merge', async () => {
  const shops = [await newShop(database), await newShop(database)];
  for (const shop of shops) await knockOnce(shop);
  for (const shop of shops) expect(await jobsOf(shop)).toHaveLength(1);
});

it('a job is due when its caller says, and a later word replaces an earlier one', async () => {
  const shop = await newShop(database);
  const id = randomUUID();
  await db.forShop(shop, (tx) => enqueueBackfill(tx, shop, id, start + 60_000));
  await db.forShop(shop, (tx) => enqueueBackfill(tx, shop, id, start + 5_000));
  await db.forShop(shop, (tx) => enqueueDrain(tx, shop, start));
  expect((await jobsOf(shop)).map((job) => [job.task, job.run_at.getTime(), job.payload])).toEqual([
    ['backfill', start + 5_000, { shop, id }],
    ['drain', start, { shop }],
  ]);
});

it('PRO-8: what is due and held by nobody gets a job, at any worker', async () => {
  const { shop, ids } = await shopWithDue(database, 2);
  await enqueueWhatIsDue(db, start - 1);
  expect(await jobsOf(shop)).toEqual([]);
  await lease(database, shop, randomUUID(), ids.length);
  await enqueueWhatIsDue(db, start);
  expect(await jobsOf(shop)).toEqual([]);
  await expireLeases(database, shop);
  await enqueueWhatIsDue(db, start);
  expect(await jobsOf(shop)).toMatchObject([{ task: 'drain', payload: { shop } }]);
});

async function connect(shop: ShopDomain, id: string, state = 'connected', due = start) {
  const at = new Date(due);
  await db.forShop(shop, (tx) =>
    tx.seller.create({
      data: {
        shop,
        sellerId: id,
        region: 'eu',
        refreshToken: 'sealed',
        state,
        stateSince: at,
        importFrom: at,
        cursor: at,
        nextPollAt: at,
        nextFinancesAt: at,
      },
    }),
  );
}

it('a poll and a sweep of finances that are due get jobs; those of a disconnected account do not', async () => {
  const shop = await newShop(database);
  await connect(shop, 'A1CONNECTED');
  await connect(shop, 'A2DISCONNECTED', 'disconnected');
  await enqueueWhatIsDue(db, start - 1);
  expect(await jobsOf(shop)).toEqual([]);
  await enqueueWhatIsDue(db, start);
  const payload = { shop, seller: 'A1CONNECTED' };
  expect(await jobsOf(shop)).toMatchObject([
    { task: 'poll', payload },
    { task: 'finances', payload },
  ]);
});

it('PRO-1: a shop’s changed orders are looked for a quarter of an hour after it took the app, and when that is due', async () => {
  const shop = await newShop(database);
  await owner('update shop set installed_at = $2, next_changes_at = null where shop = $1', [
    shop,
    new Date(start - 15 * 60_000),
  ]);
  await enqueueWhatIsDue(db, start - 1);
  expect(await jobsOf(shop)).toEqual([]);
  await enqueueWhatIsDue(db, start);
  expect(await jobsOf(shop)).toMatchObject([{ task: 'changes', payload: { shop } }]);
  const claim = () => db.forShop(shop, (tx) => claimChanges(tx, shop, start, start + 60_000));
  expect(await claim()).toBe(start - 15 * 60_000);
  expect(await claim()).toBeNull();
});

it('finances that were never looked at are due at once', async () => {
  const shop = await newShop(database);
  await connect(shop, 'A4NEVER', 'connected', start + 1);
  await owner('update seller set next_finances_at = null where shop = $1', [shop]);
  await enqueueWhatIsDue(db, start);
  expect(await jobsOf(shop)).toMatchObject([{ task: 'finances', payload: { shop, seller: 'A4NEVER' } }]);
});

it('SEC-4: a shop that no longer has the app gets no jobs', async () => {
  const { shop } = await shopWithDue(database, 1);
  await connect(shop, 'A3UNINSTALLED');
  await db.forShop(shop, (tx) => markUninstalled(tx, shop, start));
  await enqueueWhatIsDue(db, start);
  expect(await jobsOf(shop)).toEqual([]);
});

it('PRO-8: workers that look for what is due at once, while shops are knocked, do not deadlock', async () => {
  const shops: ShopDomain[] = [];
  for (let n = 0; n < 12; n += 1) {
    const { shop } = await shopWithDue(database, 1);
    await connect(shop, `AMANY${n}`);
    shops.push(shop);
  }
  for (let round = 0; round < 15; round += 1) {
    const looks = Array.from({ length: 3 }, () => enqueueWhatIsDue(db, start));
    await Promise.all([...looks, ...shops.toReversed().map((shop) => knockOnce(shop))]);
  }
  for (const shop of shops)
    expect((await jobsOf(shop)).map((job) => job.task).sort()).toEqual(['drain', 'finances', 'poll']);
});

it('PRO-8: workers that look for due polls and sweeps at once do not deadlock', async () => {
  const shop = await newShop(database);
  // Earlier than anything else is due here: a drain would be the first that all wait for.
  const due = start - 3_600_000;
  for (let n = 0; n < 25; n += 1) await connect(shop, `AMORE${n}`, 'connected', due);
  for (let round = 0; round < 8; round += 1) {
    await Promise.all(Array.from({ length: 3 }, () => enqueueWhatIsDue(db, due)));
  }
  expect(await jobsOf(shop)).toHaveLength(50);
});

it('PRO-8: a worker that fell silent is named once, to one of the others', async () => {
  const [dead, ended, living, second] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  await beat(db, dead, ['lock-1', 'lock-2']);
  await beat(db, ended, ['lock-3']);
  await endBeat(db, ended);
  expect(await beat(db, living, ['lock-4'])).toEqual([]);
  await owner(`update worker_beat set seen_at = now() - interval '16 seconds' where id = $1`, [dead]);
  const named = await Promise.all([beat(db, living, ['lock-4']), beat(db, second, ['lock-5'])]);
  expect(named.flat().sort()).toEqual(['lock-1', 'lock-2']);
  expect(await beat(db, living, ['lock-4'])).toEqual([]);
});
