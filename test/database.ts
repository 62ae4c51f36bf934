import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
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

/** Libraries end their connections without waiting for it; one that stays longer was forgotten. */
async function lastConnectionGone(admin: pg.Pool, name: string): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const { rows } = await admin.query<{ n: number }>(
      'select count(*)::int as n from pg_stat_activity where datname = $1',
      [name],
    );
    if (rows[0]?.n === 0) return;
    await setTimeout(50);
  }
  throw new Error('A connection to the test database was left open.');
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
    await lastConnectionGone(admin, name);
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
