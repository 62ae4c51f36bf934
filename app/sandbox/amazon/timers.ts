import type { WorldClock } from '../contract.ts';

/** What happens later at Amazon for one seller; `settle` passes it only until idle. All of it can be called off. */
export class Timers {
  readonly #clock: WorldClock;
  readonly #open = new Set<{ readonly end: () => void }>();

  constructor(clock: WorldClock) {
    this.#clock = clock;
  }

  now(): number {
    return this.#clock.now();
  }

  /** Runs when the world's time reaches `at` (ms). */
  later(at: number, what: string, run: () => void): void {
    const timer = { end: () => undefined as unknown };
    this.#open.add(timer);
    const end = this.#clock.schedule(
      at,
      what,
      () => {
        // A timer that was called off may be on its way already.
        if (this.#open.delete(timer)) run();
      },
      'idle',
    );
    timer.end = end;
  }

  /** Nothing happens any more. */
  close(): void {
    for (const { end } of this.#open) end();
    this.#open.clear();
  }
}
