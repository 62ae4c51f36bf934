// A small process beside the sandbox. It outlives a crash by a moment: when its standard input ends before the word
// `done`, it ends the database server and removes the temporary folder that were named to it.
import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

const charge = z.union([
  z.object({ pid: z.number().int().positive() }),
  z.object({ folder: z.string().min(1) }),
]);

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function endServer(pid: number): Promise<void> {
  for (let tries = 0; tries < 100 && isAlive(pid); tries += 1) {
    // Postgres' immediate shutdown: its own children end too.
    if (tries === 0) process.kill(pid, 'SIGQUIT');
    await sleep(50);
  }
}

const pids: number[] = [];
const folders: string[] = [];
let done = false;
for await (const line of createInterface({ input: process.stdin })) {
  if (line === 'done') {
    done = true;
    continue;
  }
  const named = charge.parse(JSON.parse(line));
  if ('pid' in named) pids.push(named.pid);
  else folders.push(named.folder);
}
if (!done) {
  for (const pid of pids) await endServer(pid);
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
}
