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

/**
 * Starts an embedded server, with its files below `dataDir` or in a temporary folder that goes when it stops. A guard
 * process ends it should this process vanish.
 */
export async function startDatabaseServer(
  port: number,
  dataDir: string | undefined,
): Promise<DatabaseServer> {
  const folder = dataDir === undefined ? temporaryFolder() : null;
  const server = await startEmbeddedPostgres({ dataDir: dataDir ?? folder ?? '', port });
  const guard = spawn(process.execPath, [path.join(import.meta.dirname, 'guard.ts')], {
    stdio: ['pipe', 'ignore', 'inherit'],
    detached: true,
  });
  guard.stdin.write(`${JSON.stringify({ pid: server.pid, folder })}\n`);
  guard.unref();
  return {
    url: server.url,
    async stop() {
      await server.stop();
      if (folder !== null) await rm(folder, { recursive: true, force: true });
      guard.stdin.end('done\n');
    },
  };
}
