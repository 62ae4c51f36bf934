import type { ModelWorld } from './world.ts';
import { seller } from './world.ts';
import { letLeasesRunOut, work } from './perform.ts';

const mostRounds = 300;
/** A search shows a change once it is two and a half minutes old. */
const visibleAfterMs = 151_000;

interface Due {
  readonly due: Date | null;
}

/** When the account has to be looked at again for what it changed; null where all was seen. */
async function pollDue({ database, amazon }: ModelWorld): Promise<number | null> {
  const last = amazon.lastChange(seller);
  const [row] = await database.owner<{ cursor: Date; paging: boolean; next_poll_at: Date }>(
    `select cursor, "window" is not null as paging, next_poll_at from seller`,
  );
  if (!row) throw new Error('The account is gone.');
  if (!row.paging && (last === null || row.cursor.getTime() > last)) return null;
  return Math.max(row.next_poll_at.getTime(), row.paging ? 0 : (last ?? 0) + visibleAfterMs);
}

/**
 * Lets time pass until nothing is due: no order, no change of Amazon's unseen, no timer of the services. Workers that
 * were cut off are dead by then and their leases run out. Throws where it does not come to an end: something loops.
 */
export async function comeToRest(world: ModelWorld): Promise<void> {
  const { clock, database, faults, run } = world;
  faults.clear();
  for (const { worker } of run.workers.splice(0)) worker.bury();
  await letLeasesRunOut(world);
  for (let round = 0; round < mostRounds; round += 1) {
    const [order] = await database.owner<Due>('select min(due_at) as due from amazon_order');
    const poll = await pollDue(world);
    const ahead = [order?.due?.getTime() ?? null, poll, clock.nextTimer()].filter((at) => at !== null);
    if (ahead.length === 0) return;
    const next = Math.min(...ahead);
    if (next > clock.now()) await clock.advance(next - clock.now());
    if (poll !== null && poll <= clock.now()) await work(world, 0, 'poll', null);
    await work(world, 1, 'drain', null);
  }
  throw new Error('It does not come to rest: something is due again and again.');
}
