import { type Child, type ChildEnvironment, startChild } from './child.ts';

const restartAfter = 1000;

/** The worker processes. */
export interface Workers {
  pids(): number[];
  /** Starts or gently ends workers until there are `count`; resolves when they run. Throws where one cannot start. */
  setCount(count: number): Promise<void>;
  /** Ends all of them at once as a power cut would. None is started in their place. */
  kill(): Promise<void>;
  /** Gently ends all of them. */
  stop(): Promise<void>;
}

async function ready(worker: Child): Promise<void> {
  const running = new Promise<null>((resolve) => {
    worker.onLine((line) => {
      if (line.includes('"ready":true')) resolve(null);
    });
  });
  const sentence = await Promise.race([running, worker.gone]);
  if (sentence !== null) throw new Error(sentence);
}

/** No worker runs at first. One that ends by itself is started again after a second. */
export function createWorkers(env: ChildEnvironment): Workers {
  const running = new Set<Child>();
  let named = 0;
  const start = async (): Promise<void> => {
    named += 1;
    const worker = startChild(`worker-${named}`, ['app/worker.ts'], env);
    running.add(worker);
    void worker.gone.then((sentence) => {
      if (!running.delete(worker)) return;
      process.stderr.write(`${sentence}; another one is started.\n`);
      setTimeout(() => {
        start().catch((error: unknown) => process.stderr.write(`${String(error)}\n`));
      }, restartAfter).unref();
    });
    await ready(worker);
  };
  const take = (count: number): Child[] => {
    const taken = [...running].slice(0, count);
    for (const worker of taken) running.delete(worker);
    return taken;
  };
  return {
    pids: () => [...running].map(({ pid }) => pid),
    async setCount(count) {
      const surplus = take(Math.max(0, running.size - count));
      const missing = Math.max(0, count - running.size);
      await Promise.all([
        ...surplus.map((worker) => worker.end()),
        ...Array.from({ length: missing }, start),
      ]);
    },
    async kill() {
      await Promise.all(take(running.size).map((worker) => worker.kill()));
    },
    async stop() {
      await Promise.all(take(running.size).map((worker) => worker.end()));
    },
  };
}
