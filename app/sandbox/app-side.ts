import { Pool } from 'pg';
import { openDatabase } from '../db/client.ts';
import type { SellerNotifications } from '../db/sellers.ts';
import { openVault } from '../lib/crypto.ts';
import type { ChildEnvironment } from './child.ts';
import type { Pending } from './contract.ts';
import { keepSetUp, openShop } from './open-shop.ts';
import { emptyApp, emptyIdleApp } from './empty-app.ts';
import { settle } from './settle/settle.ts';
import { createWorkers } from './workers.ts';
import type { AppSide } from './world.ts';
import type { SandboxClock } from './world-clock.ts';

/** What the app's side is built on. */
export interface AppSideParts {
  readonly clock: SandboxClock;
  /** The environment of the app's processes. */
  readonly env: ChildEnvironment & { readonly DATABASE_URL: string };
  readonly shopifyOrigin: string;
  readonly app: { readonly apiKey: string; readonly apiSecret: string };
  readonly encryptionKeys: string;
  requestsUnderWay(): Pending[];
  lastChanges(): ReadonlyMap<string, number>;
  moneyShows(): ReadonlyMap<string, number>;
  /** Messages that the app has not deleted yet. */
  messagesUnseen(): Pending[];
  /** How Amazon's notifications were set up for a seller from the start; null where they were not. */
  setUpOf(sellerId: string): SellerNotifications | null;
}

/** The app's side of a world, its workers not started yet. `close` ends them and leaves the database. */
export function createAppSide(parts: AppSideParts): AppSide & { close(): Promise<void> } {
  const { clock, env, shopifyOrigin, app } = parts;
  const pool = new Pool({ connectionString: env.DATABASE_URL, max: 2 });
  // A connection that breaks while idle is replaced; whoever uses one gets the error itself.
  pool.on('error', () => undefined);
  const db = openDatabase(env.DATABASE_URL, { connections: 2 });
  const vault = openVault(parts.encryptionKeys);
  const workers = createWorkers(env);
  // What makes a worker ask for jobs; graphile-worker 0.18 takes the number of jobs from the payload.
  const nudge = async () => {
    await pool.query(`select pg_notify('jobs:insert', '{"r":"sandbox","count":1}')`);
  };
  let plain = true;
  return {
    open: (shop) => openShop({ db, vault, shopifyOrigin, app }, shop, parts.setUpOf(shop.sellerId)),
    settle: (options) => settle({ ...parts, pool, nudge }, options),
    killWorkers: () => {
      plain = false;
      return workers.kill();
    },
    setWorkers: (count) => {
      plain &&= count === workers.pids().length;
      return workers.setCount(count);
    },
    workerPids: () => workers.pids(),
    nudge,
    bent: () => {
      plain = false;
    },
    async reset({ domain, sellerId }, emptyWorld) {
      const count = workers.pids().length;
      const isIdle = () => [...parts.messagesUnseen(), ...parts.requestsUnderWay()].length === 0;
      const idle = plain && count > 0 ? { isIdle, emptyWorld } : null;
      plain = true;
      if (!idle || !(await emptyIdleApp(pool, domain, () => clock.now(), idle))) {
        await workers.kill();
        emptyWorld();
        await emptyApp(pool, domain, clock.now());
      }
      await keepSetUp(db, domain, sellerId, parts.setUpOf(sellerId));
      await workers.setCount(count);
    },
    async close() {
      await workers.stop();
      await db.close();
      await pool.end();
    },
  };
}
