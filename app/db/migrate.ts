import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { runMigrations } from 'graphile-worker';
import { createRoles } from './roles.ts';

const run = promisify(execFile);

/**
 * Brings the database at `url` to the newest form: the product's tables and the queue's. The address must be the
 * owner's. Doing it again changes nothing; throws with Prisma's words when it fails.
 */
export async function migrate(url: string): Promise<void> {
  await createRoles(url);
  await runMigrations({ connectionString: url });
  const prisma = createRequire(import.meta.url).resolve('prisma/package.json');
  await run(process.execPath, [path.join(path.dirname(prisma), 'build', 'index.js'), 'migrate', 'deploy'], {
    cwd: path.resolve(import.meta.dirname, '..', '..'),
    env: { ...process.env, DATABASE_URL: url, PRISMA_HIDE_UPDATE_MESSAGE: '1', CHECKPOINT_DISABLE: '1' },
  });
}

if (import.meta.main) {
  const url = process.env['DATABASE_URL'];
  if (!url) {
    process.stderr.write('The environment variable DATABASE_URL is missing.\n');
    process.exit(78);
  }
  await migrate(url);
}
