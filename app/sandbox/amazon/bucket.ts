/** Rate and burst of one operation's token bucket. */
export interface BucketSize {
  /** Tokens per second. */
  readonly rate: number;
  readonly burst: number;
}

/**
 * A token bucket in the world's time (milliseconds). `take` answers whether the request may go on.
 * A clock that jumps backwards neither fills nor empties it.
 */
export function createBucket({ rate, burst }: BucketSize, startedAt: number): { take(now: number): boolean } {
  let tokens = burst;
  let filledAt = startedAt;
  return {
    take(now) {
      if (now > filledAt) tokens = Math.min(burst, tokens + ((now - filledAt) / 1000) * rate);
      filledAt = now;
      // A hair below one token is one: sums of fractions do not come out even.
      if (tokens < 1 - 1e-9) return false;
      tokens -= 1;
      return true;
    },
  };
}
