import { now } from '../lib/clock.ts';

/** How full Shopify's bucket is, as its last answer said. */
interface ThrottleStatus {
  readonly maximumAvailable: number;
  readonly currentlyAvailable: number;
  readonly restoreRate: number;
}

/** Our own count of Shopify's bucket for one shop. Asking never sleeps: it answers when there will be room. */
export interface Throttle {
  /** Reserves points, or says at which time (ms UTC) they will be there. */
  take(points: number): { ok: true } | { ok: false; at: number };
  /** Gives back what was reserved and not used. */
  give(points: number): void;
  /**
   * Whether so many points are there now, without taking them; of more than the bucket can hold, whether it is full. What is
   * kept back counts only for whom it is kept (`own`).
   */
  has(points: number, own?: 'own'): boolean;
  /** Keeps so many points back until `until` (ms UTC), for who goes first. A new keeping replaces the one before. */
  keep(points: number, until: number): void;
  /** When so many points will be there at the earliest (ms UTC); of more than the bucket can hold, when it is full. */
  when(points: number): number;
  /** When so many points will be there after all that was booked before (ms UTC): spreads what has to wait. */
  book(points: number): number;
  /**
   * What waits needs no more than so many points: the line is no longer than that. Whoever is knocked before their turn
   * books anew and leaves the old booking behind.
   */
  shorten(points: number): void;
  /** Corrects the count by what an answer said. */
  learn(status: ThrottleStatus): void;
}

/**
 * Starts with the smallest plan's bucket. What was reserved for requests still under way is not counted in an answer's
 * figure, so the lower of both counts holds.
 */
export function createThrottle(): Throttle {
  let status: ThrottleStatus = { maximumAvailable: 2000, currentlyAvailable: 2000, restoreRate: 100 };
  let at = now();
  let booked = 0;
  let kept = { points: 0, until: 0 };
  const available = () => {
    const passed = Math.max(0, now() - at) / 1000;
    return Math.min(status.maximumAvailable, status.currentlyAvailable + passed * status.restoreRate);
  };
  const set = (currentlyAvailable: number) => {
    status = { ...status, currentlyAvailable };
    at = now();
  };
  return {
    take: (points) => {
      const have = available();
      if (have >= points) {
        set(have - points);
        return { ok: true };
      }
      return { ok: false, at: now() + Math.ceil(((points - have) / status.restoreRate) * 1000) };
    },
    give: (points) => {
      set(Math.min(status.maximumAvailable, available() + Math.max(0, points)));
    },
    has: (points, own) => {
      const others = own === undefined && kept.until > now() ? kept.points : 0;
      return available() >= Math.min(points + others, status.maximumAvailable);
    },
    keep: (points, until) => {
      kept = { points, until };
    },
    when: (points) => {
      const missing = Math.max(0, Math.min(points, status.maximumAvailable) - available());
      return now() + Math.ceil((missing / status.restoreRate) * 1000);
    },
    book: (points) => {
      booked = Math.max(booked, now()) + Math.ceil((points / status.restoreRate) * 1000);
      return booked;
    },
    shorten: (points) => {
      booked = Math.min(booked, now() + Math.ceil((points / status.restoreRate) * 1000));
    },
    learn: (said) => {
      const have = available();
      status = { ...said, currentlyAvailable: Math.min(have, said.currentlyAvailable) };
      at = now();
    },
  };
}
