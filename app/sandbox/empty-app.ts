import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseError, type Pool, type PoolClient } from 'pg';
import { z } from 'zod';

/** Tables of which the default shop keeps its rows. */
const kept = ['session', 'shop', 'seller'];
const names = z.array(z.object({ tablename: z.string() }));

/** The app's tables, but the one about migrations. */
async function tables(client: PoolClient): Promise<string[]> {
  const found = await client.query(
    `select tablename from pg_tables where schemaname = 'public' and tablename <> '_prisma_migrations' order by 1`,
  );
  return names.parse(found.rows).map(({ tablename }) => client.escapeIdentifier(tablename));
}

async function empty(client: PoolClient, shop: string, now: number): Promise<void> {
  const emptied = (await tables(client)).filter((name) => !kept.includes(name.replaceAll('"', '')));
  await client.query(`truncate ${emptied.join(', ')}`);
  for (const name of kept) await client.query(`delete from ${name} where shop <> $1`, [shop]);
  await client.query(
    `update seller set state = 'connected', cursor = greatest(import_from, $1::timestamptz - interval '48 hours'), "window" = null, deep_window = null, deep_swept_at = null,
       last_look_at = null, blind_since = null, blind_why = null, next_poll_at = $1, finances_until = null, finances_window = null, next_finances_at = null,
       next_feed_at = null, feed_lease_until = null, feed_lease_token = null`,
    [new Date(now)],
  );
  await client.query(
    `update shop set changes_seen_until = null, next_changes_at = null, next_digest_at = null, guide = '{"done": ["done"]}'`,
  );
  await client.query('truncate graphile_worker._private_jobs, graphile_worker._private_job_queues cascade');
}

async function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

/**
 * Empties everything the app keeps, jobs included, but the default shop's session, settings and seller; the seller's
 * cursor goes back to where a fresh connection begins. No worker may run meanwhile. `now` is the world's time.
 */
export function emptyApp(pool: Pool, shop: string, now: number): Promise<void> {
  return inTransaction(pool, (client) => empty(client, shop, now));
}

const working = `select exists (select from graphile_worker._private_jobs where locked_at is not null)
  or exists (select from amazon_order where lease_until > clock_timestamp()) as working`;

/** Somebody uses one of the tables. */
const isTaken = (error: unknown): boolean => error instanceof DatabaseError && error.code === '55P03';

interface Beside {
  readonly isIdle: () => boolean;
  readonly emptyWorld: () => void;
}

// Never waits for a lock while it holds others: a worker that looks for work could wait for those.
async function tryToEmpty(pool: Pool, shop: string, now: () => number, beside: Beside): Promise<boolean> {
  try {
    return await inTransaction(pool, async (client) => {
      const all = [...(await tables(client)), 'graphile_worker._private_jobs'];
      await client.query(`lock table ${all.join(', ')} in access exclusive mode nowait`);
      const [row] = z.array(z.object({ working: z.boolean() })).parse((await client.query(working)).rows);
      if (row?.working !== false || !beside.isIdle()) return false;
      beside.emptyWorld();
      await empty(client, shop, now());
      return true;
    });
  } catch (error) {
    if (isTaken(error)) return false;
    throw error;
  }
}

const tries = 20;
const pauseMs = 10;

/**
 * The same beside running workers, where none of them is at work; `emptyWorld` is called when none can begin any more.
 * False where one was at work all the time, and nothing was emptied.
 */
export async function emptyIdleApp(
  pool: Pool,
  shop: string,
  now: () => number,
  beside: Beside,
): Promise<boolean> {
  for (let n = 0; n < tries; n += 1) {
    if (await tryToEmpty(pool, shop, now, beside)) return true;
    await sleep(pauseMs);
  }
  return false;
}
