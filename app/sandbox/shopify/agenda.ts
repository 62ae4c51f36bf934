import type { Pending, WorldClock } from '../contract.ts';

/** Things that happen later and are forgotten when the world is emptied. */
export interface Agenda {
  /** Runs `run` when the world's time reaches `at` (milliseconds UTC), unless the agenda is cleared before. */
  add(at: number, what: Pending['what'], run: () => void | Promise<void>): void;
  clear(): void;
}

/** An empty agenda on the world's clock. */
export function createAgenda(clock: WorldClock): Agenda {
  const open = new Set<() => void>();
  return {
    add: (at, what, run) => {
      const cancel = clock.schedule(at, what, () => {
        open.delete(cancel);
        return run();
      });
      open.add(cancel);
    },
    clear: () => {
      for (const cancel of open) cancel();
      open.clear();
    },
  };
}
