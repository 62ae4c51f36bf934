import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmbeddedPostgres } from '../db/embedded.ts';

/** The database a sandbox works on. */
export interface DatabaseServer {
  readonly url: string;
  stop(): Promise<void>;
}

function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'concord-sandbox-'));
  // The server runs as a user of its own where the sandbox is started by root.
  chmodSync(folder, 0o755);
  return folder;
}

/** A process that ends the named server and removes the named folder should this process vanish. */
function startGuard() {
  const guard = spawn(process.execPath, [path.join(import.meta.dirname, 'guard.ts')], {
    stdio: ['pipe', 'ignore', 'inherit'],
    detached: true,
  });
  guard.unref();
  return {
    watch: (charge: { readonly pid: number } | { readonly folder: string }) => {
      guard.stdin.write(`${JSON.stringify(charge)}\n`);
    },
    dismiss: () => {
      guard.stdin.end('done\n');
    },
  };
}

/**
 * Starts an embedded server, with its files below `dataDir` or in a temporary folder that goes when it stops. A crash of
 * this process leaves neither behind.
 */
export async function startDatabaseServer(
  port: number,
  dataDir: string | undefined,
): Promise<DatabaseServer> {
  const guard = startGuard();
  const folder = dataDir ?? temporaryFolder();
  const tidy = async () => {
    if (dataDir === undefined) await rm(folder, { recursive: true, force: true });
    guard.dismiss();
  };
  if (dataDir === undefined) guard.watch({ folder });
  try {
    const server = await startEmbeddedPostgres({ dataDir: folder, port });
    guard.watch({ pid: server.pid });
    return {
      url: server.url,
      async stop() {
        await server.stop();
        await tidy();
      },
    };
  } catch (error) {
    await tidy();
    throw error;
  }
}
