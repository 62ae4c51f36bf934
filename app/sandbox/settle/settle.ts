import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { Pending } from '../contract.ts';
import type { SandboxClock } from '../world-clock.ts';
import type { Settled } from '../world.ts';
import { readApp } from './app-view.ts';
import { nextStep, type WorldView } from './next-step.ts';

/** What settle looks at beside the app's tables. */
export interface SettleParts {
  readonly clock: SandboxClock;
  readonly pool: Pool;
  /** Requests the pretend services are answering now. */
  requestsUnderWay(): Pending[];
  /** Messages in the app's queue that it has not deleted yet. */
  messagesUnseen(): Pending[];
  /** Amazon's newest change for each seller, milliseconds UTC. */
  lastChanges(): ReadonlyMap<string, number>;
  /** When Finances shows each seller's newest money that went back to a buyer, milliseconds UTC. */
  moneyShows(): ReadonlyMap<string, number>;
  /** Lets the workers look at the time again at once. */
  nudge(): Promise<void>;
}

/** The clock goes no further than this in one call. */
const furthest = 96 * 3_600_000;
const shortestWait = 10;
const longestWait = 100;
/** The clocks of the app's processes may lie a moment behind: what is due must be due for them too. */
const aheadMs = 5;

/** What is under way or to come outside the app's tables. */
function outside(parts: SettleParts): Pick<WorldView, 'busy' | 'later'> {
  const busy: Pending[] = [...parts.messagesUnseen(), ...parts.requestsUnderWay()];
  const later: WorldView['later'][number][] = [];
  for (const { what, order, dueAt, idle } of parts.clock.pending()) {
    const named = order === undefined ? { what } : { what, order };
    if (dueAt === undefined) busy.push(named);
    else later.push({ ...named, dueAt, idle: idle ?? false });
  }
  return { busy, later };
}

async function look(parts: SettleParts, changes: ReadonlyMap<string, number>): Promise<WorldView> {
  const now = parts.clock.now();
  // Before the app's tables and after them: what a message or webhook becomes there is written before it ends, and what a
  // worker sets off is under way before it lets its order go.
  const before = outside(parts);
  const app = await readApp(parts.pool, now);
  const { busy, later } = outside(parts);
  const money = parts.moneyShows();
  const sellers = app.sellers.map((seller) => ({
    ...seller,
    lastChange: changes.get(seller.sellerId) ?? null,
    moneyShows: money.get(seller.sellerId) ?? null,
  }));
  return {
    now,
    busy: [...before.busy, ...app.busy, ...busy],
    later: [...app.later, ...later],
    sellers,
    undoUntil: app.undoUntil,
  };
}

/**
 * Waits until the app has seen what happened before the call and nothing of it is due or under way, moving the clock just
 * to the next moment that counts. Ends with what is still open after `timeoutMs` (real time) or when the clock would have
 * to go further than 96 h.
 */
export async function settle(
  parts: SettleParts,
  { timeoutMs, untilIdle }: { timeoutMs: number; untilIdle: boolean },
): Promise<Settled> {
  const began = performance.now();
  const changes = parts.lastChanges();
  const limit = parts.clock.now() + furthest;
  let wait = shortestWait;
  let quiet = 0;
  for (;;) {
    const view = await look(parts, changes);
    const step = nextStep(view, untilIdle);
    quiet = step.do === 'wait' ? 0 : quiet + 1;
    // One quiet look could have fallen between two things; two say that it is over, or that nothing happens before a jump.
    const sure = quiet >= 2;
    if (step.do === 'end' && sure) return { settled: true, ms: Math.round(performance.now() - began) };
    if (step.do !== 'end') {
      const late = performance.now() - began > timeoutMs;
      if (late || (step.do === 'jump' && step.to > limit)) return { settled: false, open: step.open };
    }
    if (step.do === 'poll') {
      quiet = 0;
      await parts.pool.query('update seller set next_poll_at = $2 where seller_id = $1', [
        step.sellerId,
        new Date(step.at),
      ]);
    } else if (step.do === 'jump' && sure) {
      quiet = 0;
      await parts.clock.advance(Math.max(0, step.to - parts.clock.now()) + aheadMs);
      await parts.nudge();
      wait = shortestWait;
    } else if (step.do === 'wait') {
      await sleep(wait);
      // What became due meanwhile need not wait for the workers' next look.
      if (wait === longestWait) await parts.clock.advance(0);
      wait = Math.min(longestWait, wait * 1.5);
    } else {
      await sleep(shortestWait);
    }
  }
}
