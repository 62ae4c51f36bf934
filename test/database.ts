import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, inject } from 'vitest';
import { openDatabase, type Database } from '../app/db/client.ts';

/** A fresh database of this test file's own. */
export interface TestDatabase {
  readonly url: string;
  readonly db: Database;
  /** Runs SQL as the owner, past the walls: for looking and for preparing only. */
  owner<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
}

/** Copies the migrated template; the database goes when the file's tests are over. */
export async function freshDatabase(): Promise<TestDatabase> {
  const server = inject('postgres');
  const name = `test_${randomBytes(6).toString('hex')}`;
  const admin = new pg.Pool({ connectionString: server, max: 1 });
  await admin.query(`create database ${name} template concord_template`);
  const url = Object.assign(new URL(server), { pathname: `/${name}` }).href;
  const db = openDatabase(url);
  const owner = new pg.Pool({ connectionString: url, max: 2 });
  afterAll(async () => {
    await db.close();
    await owner.end();
    await admin.query(`drop database ${name} with (force)`);
    await admin.end();
  });
  return {
    url,
    db,
    owner: async <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []) =>
      (await owner.query<Row>(text, values)).rows,
  };
}
