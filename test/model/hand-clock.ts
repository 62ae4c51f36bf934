import type { WorldClock } from '../../app/sandbox/contract.ts';
import { setClock } from '../../app/lib/clock.ts';

/** Slow enough that the app's clock stands still between two moves. */
const standing = 1e-12;

/** A world's clock that moves only when told; the app's own clock in this process goes with it. */
export interface HandClock extends WorldClock {
  /** Jumps `ms` ahead; timers on the way run in their order, each at its own time, and are waited for. */
  advance(ms: number): Promise<void>;
  /** When the next timer runs, ms UTC; null without timers. */
  nextTimer(): number | null;
  /** `Date` is the machine's again. */
  stop(): void;
}

/** Starts at `start` (ms UTC). `Date.now` follows it, for libraries that ask there when a token ends. */
export function createHandClock(start: number): HandClock {
  let now = start;
  const timers: { at: number; run: () => void | Promise<void> }[] = [];
  const move = (to: number) => {
    now = Math.max(now, to);
    setClock(now, standing);
  };
  move(start);
  const machine = Date.now;
  Date.now = () => now;
  return {
    stop: () => {
      Date.now = machine;
    },
    now: () => now,
    nextTimer: () => timers[0]?.at ?? null,
    schedule: (at, _what, run) => {
      const timer = { at, run };
      const later = timers.findIndex((other) => other.at > at);
      timers.splice(later === -1 ? timers.length : later, 0, timer);
      return () => {
        if (timers.includes(timer)) timers.splice(timers.indexOf(timer), 1);
      };
    },
    advance: async (ms) => {
      const until = now + ms;
      for (let next = timers[0]; next && next.at <= until; next = timers[0]) {
        timers.shift();
        move(next.at);
        await next.run();
      }
      move(until);
    },
  };
}
