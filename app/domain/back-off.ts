const longestBackOff = 15 * 60_000;

/** When to try again after so many failures in a row: 5 s, doubled each time, at most 15 min (PRO-4). Times in ms UTC. */
export function backOff(failures: number, now: number): number {
  return now + Math.min(5_000 * 2 ** Math.min(failures, 10), longestBackOff);
}
