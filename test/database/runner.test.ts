import { afterAll, expect, it, vi } from 'vitest';
import type { ShopDomain } from '../../app/domain/ids.ts';
import { now } from '../../app/lib/clock.ts';
import { createLog } from '../../app/lib/log.ts';
import { enqueueDrain } from '../../app/queue/enqueue.ts';
import { startRunner } from '../../app/queue/runner.ts';
import { freshDatabase } from '../database.ts';
import { newShop, ownerOf } from './shop-rows.ts';

const database = await freshDatabase();
const { db, url } = database;
const owner = ownerOf(database);

const begun: string[] = [];
const ended: string[] = [];
const gates = new Map<string, Promise<void>>();

const runner = await startRunner({
  url,
  db,
  log: createLog('silent', 'test'),
  jobs: {
    drain: async ({ shop }) => {
      begun.push(shop);
      await gates.get(shop);
      ended.push(shop);
    },
    poll: () => Promise.resolve(),
    backfill: () => Promise.resolve(),
    feed: () => Promise.resolve(),
    report: () => Promise.resolve(),
    finances: () => Promise.resolve(),
    changes: () => Promise.resolve(),
    ledgers: () => Promise.resolve(),
    notices: () => Promise.resolve(),
    erase: () => Promise.resolve(),
  },
  chores: () => Promise.resolve(),
});
afterAll(() => runner.stop());

const wake = (shop: ShopDomain) => db.forShop(shop, (tx) => enqueueDrain(tx, shop, now()));
const timesIn = (list: readonly string[], shop: ShopDomain) => list.filter((one) => one === shop).length;
const until = (condition: () => boolean) =>
  vi.waitFor(() => {
    expect(condition()).toBe(true);
  }, 20_000);

/** Holds the drains of a shop until the returned function is called. */
function closeGate(shop: ShopDomain): () => void {
  let open: () => void = () => undefined;
  gates.set(
    shop,
    new Promise<void>((resolve) => {
      open = resolve;
    }),
  );
  return () => {
    gates.delete(shop);
    open();
  };
}

it('PRO-2: a knock while a drain runs is followed by another drain', async () => {
  const shop = await newShop(database);
  const open = closeGate(shop);
  await wake(shop);
  await until(() => timesIn(begun, shop) === 1);
  gates.delete(shop);
  for (let n = 0; n < 3; n += 1) await wake(shop);
  await until(() => timesIn(ended, shop) >= 1);
  open();
  await until(() => timesIn(ended, shop) === timesIn(begun, shop) && timesIn(begun, shop) >= 2);
  const left = await owner(`select id from graphile_worker._private_jobs where payload->>'shop' = $1`, [
    shop,
  ]);
  expect(left).toEqual([]);
});

it('PRO-8: a job that a dead worker held is done by another', async () => {
  const shop = await newShop(database);
  // One transaction, so that the living worker sees the job only as the dead one's.
  await owner(`do $$ begin
    perform graphile_worker.add_job('drain', json_build_object('shop', '${shop}'), job_key => 'dead');
    update graphile_worker._private_jobs set locked_at = now(), locked_by = 'worker-dead' where key = 'dead';
    insert into worker_beat (id, locked_by, seen_at) values (gen_random_uuid(), array['worker-dead'], now() - interval '1 minute');
  end $$`);
  await until(() => timesIn(ended, shop) >= 1);
});
