import { setTimeout as pause } from 'node:timers/promises';

const everyMs = 200;

/** Asks again and again until there is an answer, at most so long in real time; null when there was none. */
export async function waitFor<T>(ask: () => Promise<T | null>, patienceMs: number): Promise<T | null> {
  const end = performance.now() + patienceMs;
  while (performance.now() < end) {
    const answer = await ask();
    if (answer !== null) return answer;
    await pause(everyMs);
  }
  return null;
}
