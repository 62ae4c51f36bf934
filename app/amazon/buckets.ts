/** How fast Amazon lets one seller's calls of an operation come: steady rate and how many may come at once. */
export interface RateLimit {
  readonly ratePerSecond: number;
  readonly burst: number;
}

/** The call slots of one seller, shared by all workers (PRO-5). */
export interface RateBuckets {
  /** Takes a slot now, or tells when (ms UTC) the next one is free. Never waits. */
  take(operation: string, limit: RateLimit): Promise<{ ok: true } | { ok: false; at: number }>;
  /** When the next slot is free (ms UTC), now or earlier where one is; takes none. */
  when(operation: string): Promise<number>;
  /** Amazon said that this seller's steady rate is another one. */
  learn(operation: string, ratePerSecond: number): Promise<void>;
  /** Amazon refused a call for its rate: the bucket is empty, whatever was counted. */
  drained(operation: string): Promise<void>;
}

/** The slots of an account that is not known yet: the few calls that check it are counted by nobody. */
export const uncounted: RateBuckets = {
  take: () => Promise.resolve({ ok: true }),
  when: () => Promise.resolve(0),
  learn: () => Promise.resolve(),
  drained: () => Promise.resolve(),
};
