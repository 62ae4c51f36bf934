import type { WorldClock } from '../contract.ts';

/** What happens later at Amazon; all of it can be called off. With `idle`, `settle` passes it only until idle. */
export class Timers {
  readonly #clock: WorldClock;
  readonly #passed: 'idle' | undefined;
  readonly #open = new Set<{ readonly end: () => void }>();

  constructor(clock: WorldClock, passed?: 'idle') {
    this.#clock = clock;
    this.#passed = passed;
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
      this.#passed,
    );
    timer.end = end;
  }

  /** Nothing happens any more. */
  close(): void {
    for (const { end } of this.#open) end();
    this.#open.clear();
  }
}
