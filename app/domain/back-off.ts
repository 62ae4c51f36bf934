const longestBackOff = 15 * 60_000;

/** When to try again after so many failures in a row: 5 s, doubled each time, at most 15 min (PRO-4). Times in ms UTC. */
export function backOff(failures: number, now: number): number {
  return now + Math.min(5_000 * 2 ** Math.min(failures, 10), longestBackOff);
}

/** A write that is refused so often in a row is left to a person: it has its problem, and news or a wish try it again. */
const mostRefusals = 6;

/**
 * When a refused write may be tried again by itself (ms UTC); null: it is parked (PRO-4). Between tries that a service refuses,
 * and did not merely miss, more time passes.
 */
export function retryAt(refused: {
  readonly attempt: number;
  readonly endedAt: number | null;
}): number | null {
  return refused.attempt > mostRefusals ? null : backOff(refused.attempt + 4, refused.endedAt ?? 0);
}
