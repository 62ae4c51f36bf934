/** The nearest and the farthest next look, in ms from now. */
interface Bounds {
  readonly soonest: number;
  readonly latest: number;
}

/** When to look again for what is waited for since `since`: after as long again as has passed, within bounds. Times in ms UTC. */
export function lookAgainAt(now: number, since: number, { soonest, latest }: Bounds): number {
  return now + Math.min(Math.max(soonest, now - since), latest);
}
