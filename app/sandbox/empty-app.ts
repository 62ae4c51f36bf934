import type { Pool } from 'pg';
import { z } from 'zod';

/** Tables of which the default shop keeps its rows. */
const kept = ['session', 'shop', 'seller'];
const names = z.array(z.object({ tablename: z.string() }));

/**
 * Empties everything the app keeps, jobs included, but the default shop's session, settings and seller; the seller's
 * cursor goes back to where a fresh connection begins. No worker may run meanwhile. `now` is the world's time.
 */
export async function emptyApp(pool: Pool, shop: string, now: number): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const found = await client.query(
      `select tablename from pg_tables where schemaname = 'public' and tablename <> '_prisma_migrations'`,
    );
    const emptied = names
      .parse(found.rows)
      .map(({ tablename }) => tablename)
      .filter((name) => !kept.includes(name));
    await client.query(`truncate ${emptied.map((name) => client.escapeIdentifier(name)).join(', ')}`);
    for (const name of kept) await client.query(`delete from ${name} where shop <> $1`, [shop]);
    await client.query(
      `update seller set state = 'connected', cursor = greatest(import_from, $1::timestamptz - interval '48 hours'), "window" = null, deep_swept_at = null,
         last_look_at = null, blind_since = null, blind_why = null, next_poll_at = $1, finances_until = null, finances_window = null, next_finances_at = null,
         next_feed_at = null`,
      [new Date(now)],
    );
    await client.query('truncate graphile_worker._private_jobs, graphile_worker._private_job_queues cascade');
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}
