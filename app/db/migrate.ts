import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { runMigrations } from 'graphile-worker';
import { createRoles } from './roles.ts';

/** Prisma's words when all is done. Its process then stays for ten seconds, waiting for timers of its own. */
const done = /successfully applied|No pending migrations/;

async function deploy(url: string): Promise<void> {
  const prisma = createRequire(import.meta.url).resolve('prisma/package.json');
  const child = spawn(
    process.execPath,
    [path.join(path.dirname(prisma), 'build', 'index.js'), 'migrate', 'deploy'],
    {
      cwd: path.resolve(import.meta.dirname, '..', '..'),
      env: { ...process.env, DATABASE_URL: url, PRISMA_HIDE_UPDATE_MESSAGE: '1', CHECKPOINT_DISABLE: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let said = '';
  const listen = (chunk: Buffer) => {
    said += chunk.toString('utf8');
    if (done.test(said)) child.kill();
  };
  child.stdout.on('data', listen);
  child.stderr.on('data', listen);
  await new Promise((ended) => child.once('close', ended));
  if (!done.test(said)) throw new Error(`The database could not be migrated: ${said.trim()}`);
}

/**
 * Brings the database at `url` to the newest form: the product's tables and the queue's. The address must be the
 * owner's. Doing it again changes nothing; throws with Prisma's words when it fails.
 */
export async function migrate(url: string): Promise<void> {
  await createRoles(url);
  await runMigrations({ connectionString: url });
  await deploy(url);
}

if (import.meta.main) {
  const url = process.env['DATABASE_URL'];
  if (!url) {
    process.stderr.write('The environment variable DATABASE_URL is missing.\n');
    process.exit(78);
  }
  await migrate(url);
}
