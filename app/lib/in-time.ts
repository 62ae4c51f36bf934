import { machineNow } from './clock.ts';

/**
 * Begins to count: the answer says whether less than `ms` passed since. By monotonic time, which no clock change moves, and
 * by the wall clock, which goes on while the machine sleeps.
 */
export function inTime(ms: number): () => boolean {
  const [begun, wall] = [performance.now(), machineNow()];
  return () => performance.now() < begun + ms && machineNow() < wall + ms;
}
