import { clockSpeed, now, setClock } from '../lib/clock.ts';
import type { Pending, WorldClock } from './contract.ts';

/** The clock as the launcher sees it. */
export interface SandboxClock extends WorldClock {
  speed(): number;
  /**
   * Jumps `ms` ahead. Timers on the way run in their order, each at its own time; what they start asynchronously is not
   * waited for. Resolves when every listener has followed.
   */
  advance(ms: number): Promise<void>;
  setSpeed(speed: number): Promise<void>;
  /** Timers to come, and what timers started and has not ended. */
  pending(): Pending[];
  /** Tells the listener of every change of time or speed; a change is complete when all listeners are. */
  onChange(listener: () => Promise<void>): void;
  /** No timer runs any more. */
  stop(): void;
}

interface Timer {
  readonly at: number;
  readonly what: string;
  readonly run: () => void | Promise<void>;
  readonly passed?: 'idle';
}

const longestWait = 2 ** 31 - 1;

class Clock implements SandboxClock {
  readonly #timers: Timer[] = [];
  readonly #running = new Set<Timer>();
  readonly #listeners: (() => Promise<void>)[] = [];
  #alarm: NodeJS.Timeout | undefined;
  /** Jumps happen one after the other. */
  #turn: Promise<void> = Promise.resolve();
  #stopped = false;

  now(): number {
    return now();
  }

  speed(): number {
    return clockSpeed();
  }

  schedule(at: number, what: string, run: () => void | Promise<void>, passed?: 'idle'): () => void {
    const timer: Timer = { at, what, run, ...(passed ? { passed } : {}) };
    const later = this.#timers.findIndex((other) => other.at > at);
    this.#timers.splice(later === -1 ? this.#timers.length : later, 0, timer);
    this.#setAlarm();
    return () => {
      const position = this.#timers.indexOf(timer);
      if (position !== -1) this.#timers.splice(position, 1);
      this.#setAlarm();
    };
  }

  advance(ms: number): Promise<void> {
    return this.#inTurn(async () => {
      const target = now() + ms;
      for (let next = this.#timers[0]; next && next.at <= target; next = this.#timers[0]) {
        if (next.at > now()) await this.#move(next.at, clockSpeed());
        this.#runDue();
      }
      await this.#move(Math.max(target, now()), clockSpeed());
      this.#setAlarm();
    });
  }

  setSpeed(speed: number): Promise<void> {
    return this.#inTurn(async () => {
      await this.#move(now(), speed);
      this.#setAlarm();
    });
  }

  pending(): Pending[] {
    return [
      ...[...this.#running].map(({ what }) => ({ what })),
      ...this.#timers.map(({ what, at, passed }) => ({
        what,
        dueAt: at,
        ...(passed ? { idle: true as const } : {}),
      })),
    ];
  }

  onChange(listener: () => Promise<void>): void {
    this.#listeners.push(listener);
  }

  stop(): void {
    this.#stopped = true;
    this.#timers.length = 0;
    clearTimeout(this.#alarm);
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }

  async #move(time: number, speed: number): Promise<void> {
    setClock(time, speed);
    await Promise.all(this.#listeners.map((listener) => listener()));
  }

  #runDue(): void {
    for (let timer = this.#timers[0]; timer && timer.at <= now(); timer = this.#timers[0]) {
      this.#timers.shift();
      void this.#run(timer);
    }
  }

  /** A timer that throws is a bug of the sandbox: the rejection is nobody's and ends the process. */
  async #run(timer: Timer): Promise<void> {
    this.#running.add(timer);
    try {
      await timer.run();
    } finally {
      this.#running.delete(timer);
    }
  }

  #setAlarm(): void {
    clearTimeout(this.#alarm);
    const next = this.#timers[0];
    if (!next || this.#stopped) return;
    const wait = Math.min(Math.max(0, Math.ceil((next.at - now()) / clockSpeed())), longestWait);
    this.#alarm = setTimeout(() => {
      this.#runDue();
      this.#setAlarm();
    }, wait);
    this.#alarm.unref();
  }
}

/**
 * Makes the world's clock: it starts at `start` (ms UTC, default what this process's clock says) and runs `speed` times as
 * fast as real time. The `now()` of this process is the world's from then on.
 */
export function createWorldClock(options: { start?: number; speed?: number } = {}): SandboxClock {
  setClock(options.start ?? now(), options.speed ?? 1);
  return new Clock();
}
