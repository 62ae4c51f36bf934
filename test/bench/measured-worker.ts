import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { z } from 'zod';

const root = path.resolve(import.meta.dirname, '..', '..');
const usageShape = z.object({
  sql: z.number(),
  queueSql: z.number(),
  cpuMs: z.number(),
  rssMb: z.number(),
  liveMb: z.number(),
});

/**
 * What a worker has used since it started: statements (its work's, and the queue's), CPU time, memory of the
 * process now, and what was live of it when last asked (see `weigh`), in MB. */
export type Usage = z.infer<typeof usageShape>;

/** A worker process that tells what it uses. */
export interface MeasuredWorker {
  usage(): Usage;
  /** Collects garbage and notes what is left. */
  weigh(): void;
  end(): Promise<void>;
}

/** Starts a worker as the sandbox does, with counters. `env`: the sandbox's. Resolves when it runs. */
export async function startMeasuredWorker(env: Readonly<Record<string, string>>): Promise<MeasuredWorker> {
  let usage: Usage = { sql: 0, queueSql: 0, cpuMs: 0, rssMb: 0, liveMb: 0 };
  const preloads = ['test/bench/report-usage.ts', 'app/sandbox/date-follows-clock.ts'];
  const child = fork(path.join(root, 'app/worker.ts'), {
    cwd: root,
    env: { NODE_ENV: 'production', PATH: process.env['PATH'], ...env, CONCORD_PROCESS: 'measured' },
    execArgv: ['--expose-gc', ...preloads.flatMap((file) => ['--import', path.join(root, file)])],
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  child.on('message', (message) => {
    usage = usageShape.parse(message);
  });
  const { stdout } = child;
  if (!stdout) throw new Error('The worker has no output.');
  await once(stdout, 'data');
  return {
    usage: () => usage,
    weigh: () => {
      child.send('weigh');
    },
    end: async () => {
      const gone = once(child, 'exit');
      // What was measured is known; following the clock would keep it alive.
      child.kill('SIGKILL');
      await gone;
    },
  };
}
