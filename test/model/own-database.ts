import pg from 'pg';
import { startDatabaseServer } from '../../app/sandbox/database-server.ts';
import { choosePorts } from '../../app/sandbox/ports.ts';
import { migrate } from '../../app/db/migrate.ts';
import type { ModelDatabase } from './world.ts';

/** A database for a script: an embedded server of its own, or DATABASE_URL (which is emptied). `stop` ends it. */
export async function ownDatabase(): Promise<ModelDatabase & { stop(): Promise<void> }> {
  const given = process.env['DATABASE_URL'];
  const server = given ? null : await startDatabaseServer((await choosePorts(0)).postgres, undefined);
  const url = given ?? server?.url ?? '';
  await migrate(url);
  const pool = new pg.Pool({ connectionString: url, max: 2 });
  // The server ends before the last idle connection does.
  pool.on('error', () => undefined);
  return {
    url,
    owner: async <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []) =>
      (await pool.query<Row>(text, values)).rows,
    stop: async () => {
      await pool.end();
      await server?.stop();
    },
  };
}
