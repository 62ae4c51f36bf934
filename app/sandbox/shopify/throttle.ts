/** What Shopify tells of the bucket with every answer. */
export interface ThrottleStatus {
  readonly maximumAvailable: number;
  readonly currentlyAvailable: number;
  readonly restoreRate: number;
}

/** The cost buckets of the Admin API, one per shop and caller. */
export interface Throttle {
  /** Takes points if there are enough; the status is the one after. */
  take(key: string, cost: number, now: number): { readonly taken: boolean; readonly status: ThrottleStatus };
  /** Gives back what a call turned out not to cost. */
  giveBack(key: string, cost: number, now: number): ThrottleStatus;
  clear(): void;
}

const maximumAvailable = 2000;
const restoreRate = 100;

/** Full buckets of the standard plan: 2000 points, 100 more each second of the world's time. */
export function createThrottle(): Throttle {
  const buckets = new Map<string, { points: number; at: number }>();
  const filled = (key: string, now: number): { points: number; at: number } => {
    const bucket = buckets.get(key) ?? { points: maximumAvailable, at: now };
    const gained = (Math.max(0, now - bucket.at) / 1000) * restoreRate;
    bucket.points = Math.min(maximumAvailable, bucket.points + gained);
    bucket.at = now;
    buckets.set(key, bucket);
    return bucket;
  };
  const status = (points: number): ThrottleStatus => ({
    maximumAvailable,
    currentlyAvailable: Math.floor(points),
    restoreRate,
  });
  return {
    take: (key, cost, now) => {
      const bucket = filled(key, now);
      const taken = bucket.points >= cost;
      if (taken) bucket.points -= cost;
      return { taken, status: status(bucket.points) };
    },
    giveBack: (key, cost, now) => {
      const bucket = filled(key, now);
      bucket.points = Math.min(maximumAvailable, bucket.points + cost);
      return status(bucket.points);
    },
    clear: () => {
      buckets.clear();
    },
  };
}
