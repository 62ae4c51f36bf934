import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '../app/db/embedded.ts';
import { migrate } from '../app/db/migrate.ts';
import { buildWhereChanged } from '../app/sandbox/build.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Owner's address of the server all test databases are on. */
    postgres: string;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  await new Promise((closed) => server.close(closed));
  if (address === null || typeof address === 'string') throw new Error('No port');
  return address.port;
}

/** Makes the database that every test file's own is copied from. */
async function makeTemplate(server: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query('drop database if exists concord_template with (force)');
  await client.query('create database concord_template');
  await client.end();
  await migrate(Object.assign(new URL(server), { pathname: '/concord_template' }).href);
}

/**
 * One real server for the whole run: TEST_DATABASE_URL (its owner's address), or an embedded one that goes at the end. The web
 * app is built before: two files that did it side by side would take it from under each other.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await buildWhereChanged();
  const given = process.env['TEST_DATABASE_URL'];
  const dataDir = mkdtempSync(path.join(tmpdir(), 'concord-test-'));
  chmodSync(dataDir, 0o755);
  const server = given ? null : await startEmbeddedPostgres({ dataDir, port: await freePort() });
  const url = given ?? server?.url ?? '';
  await makeTemplate(url);
  project.provide('postgres', url);
  return async () => {
    await server?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}
