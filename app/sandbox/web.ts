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
  const until = performance.now() + patience;
  const state: { end?: string } = {};
  void web.gone.then((sentence) => {
    state.end = sentence;
  });
  while (performance.now() < until) {
    if (await answers(origin)) return;
    if (state.end !== undefined) throw new Error(state.end);
    await sleep(50);
  }
  throw new Error(`The web app did not answer within ${patience / 1000} s.`);
}

/** Starts the built web app on `port` and waits until it answers; it is started again whenever it dies. */
export async function startWeb(port: number, env: ChildEnvironment): Promise<{ stop(): Promise<void> }> {
  const origin = `http://127.0.0.1:${port}`;
  const program = ['app/web.ts'];
  const state = { stopped: false };
  const start = (): Child => {
    const web = startChild('web', program, { ...env, PORT: String(port), HOST: '127.0.0.1' });
    void web.gone.then(async (sentence) => {
      if (state.stopped) return;
      process.stderr.write(`${sentence}; it is started again.\n`);
      await sleep(restartAfter, undefined, { ref: false });
      again();
    });
    return web;
  };
  const again = () => {
    if (!state.stopped) current = start();
  };
  let current = start();
  try {
    await ready(origin, current);
  } catch (error) {
    state.stopped = true;
    await current.kill();
    throw error;
  }
  return {
    async stop() {
      state.stopped = true;
      await current.end();
    },
  };
}
