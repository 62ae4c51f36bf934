import { setTimeout as sleep } from 'node:timers/promises';
import { type Child, type ChildEnvironment, startChild } from './child.ts';

const patience = 30_000;
const restartAfter = 500;

async function answers(origin: string): Promise<boolean> {
  try {
    return (await fetch(`${origin}/healthz`, { signal: AbortSignal.timeout(2000) })).ok;
  } catch {
    return false;
  }
}

async function ready(origin: string, web: Child): Promise<void> {
  let end: string | undefined;
  void web.gone.then((sentence) => {
    end = sentence;
  });
  for (const until = performance.now() + patience; performance.now() < until; await sleep(50)) {
    if (await answers(origin)) return;
    if (end !== undefined) throw new Error(end);
  }
  throw new Error(`The web app did not answer within ${patience / 1000} s.`);
}

/** Starts the built web app on `port` and waits until it answers; it is started again whenever it dies. */
export async function startWeb(port: number, env: ChildEnvironment): Promise<{ stop(): Promise<void> }> {
  const origin = `http://127.0.0.1:${port}`;
  const program = ['app/web.ts'];
  let stopped = false;
  const start = (): Child => {
    const web = startChild('web', program, { ...env, PORT: String(port), HOST: '127.0.0.1' });
    void web.gone.then(async (sentence) => {
      if (stopped) return;
      process.stderr.write(`${sentence}; it is started again.\n`);
      await sleep(restartAfter, undefined, { ref: false });
      if (!stopped) current = start();
    });
    return web;
  };
  let current = start();
  try {
    await ready(origin, current);
  } catch (error) {
    stopped = true;
    await current.kill();
    throw error;
  }
  return {
    async stop() {
      stopped = true;
      await current.end();
    },
  };
}
