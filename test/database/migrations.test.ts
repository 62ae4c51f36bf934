import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, expect, it } from 'vitest';
import { freshDatabase } from '../database.ts';
import { ownerOf } from './shop-rows.ts';

const database = await freshDatabase();
const { url } = database;
const owner = ownerOf(database);
const root = path.resolve(import.meta.dirname, '..', '..');

/** SQL that makes the tables of prisma/schema.prisma in an empty database. */
async function schemaAsSql(): Promise<string> {
  const cli = path.join(
    path.dirname(createRequire(import.meta.url).resolve('prisma/package.json')),
    'build',
    'index.js',
  );
  const wish = ['--from-empty', '--to-schema-datamodel', 'prisma/schema.prisma', '--script'];
  const { stdout } = await promisify(execFile)(process.execPath, [cli, 'migrate', 'diff', ...wish], {
    cwd: root,
    env: { ...process.env, DATABASE_URL: url, PRISMA_HIDE_UPDATE_MESSAGE: '1', CHECKPOINT_DISABLE: '1' },
  });
  return stdout;
}

const catalogs = {
  columns: `select table_name, column_name, udt_name, datetime_precision, is_nullable, column_default
    from information_schema.columns where table_schema = 'public' and table_name <> '_prisma_migrations'
    order by table_name, column_name`,
  // Of a part of a table Prisma's schema can name none.
  indexes: `select tablename, indexname, indexdef from pg_indexes
    where schemaname = 'public' and tablename <> '_prisma_migrations' and indexdef not like '% WHERE %' order by indexname`,
  constraints: `select conrelid::regclass::text as "table", conname, contype, pg_get_constraintdef(oid) as definition
    from pg_constraint where connamespace = 'public'::regnamespace and conrelid::regclass::text <> '_prisma_migrations'
    order by 1, conname`,
};

const other = `${new URL(url).pathname.slice(1)}_schema`;
await owner(`create database ${other} template template0`);
const made = new pg.Client({ connectionString: Object.assign(new URL(url), { pathname: `/${other}` }).href });
await made.connect();
await made.query(await schemaAsSql());
afterAll(async () => {
  await made.end();
  await owner(`drop database ${other} with (force)`);
});

it.each(Object.entries(catalogs))('the migrations and the schema say the same: %s', async (_name, query) => {
  const migrated = await owner(query);
  expect(migrated.length).toBeGreaterThan(5);
  expect(migrated).toEqual((await made.query<pg.QueryResultRow>(query)).rows);
});
