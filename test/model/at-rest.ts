import type { ModelWorld } from './world.ts';
import { seller } from './world.ts';
import { dryRun } from './deeds.ts';
import { knockFromShopify, letLeasesRunOut, work } from './perform.ts';

const mostRounds = 3_000;
/** A search shows a change once it is two and a half minutes old. */
const visibleAfterMs = 151_000;

/** A cancel of which nobody knows what became of it, older than $1: Amazon is looked at every quarter of an hour until somebody decides. */
const lookedAtForLong = `due_reason = 'looking' and state = 'cancel_unsure' and exists (
  select from command c where c.amazon_order_id = o.amazon_order_id and c.kind = 'cancel_amazon'
    and c.state in ('unsure', 'accepted') and coalesce(c.ended_at, c.sent_at) < $1)`;

interface Due {
  readonly due: Date | null;
}

/** When the account has to be looked at again for what it changed, or because orders wait for it; null where neither is. */
async function pollDue(
  { database, amazon, clock }: ModelWorld,
  dueAt: number | null,
): Promise<number | null> {
  const last = amazon.lastChange(seller);
  const [row] = await database.owner<{ cursor: Date; paging: boolean; next_poll_at: Date }>(
    `select cursor, "window" is not null or deep_window is not null as paging, next_poll_at from seller`,
  );
  if (!row) throw new Error('The account is gone.');
  if (dueAt !== null && row.next_poll_at.getTime() <= Math.max(dueAt, clock.now()))
    return row.next_poll_at.getTime();
  if (!row.paging && (last === null || row.cursor.getTime() > last)) return null;
  return Math.max(row.next_poll_at.getTime(), row.paging ? 0 : (last ?? 0) + visibleAfterMs);
}

/** When the batches have to be looked at: at once where a job waits for it; null where nothing is under way. */
async function feedDue({ database, clock }: ModelWorld): Promise<number | null> {
  const woken = await database.owner(
    `delete from graphile_worker._private_jobs j using graphile_worker._private_tasks t
     where t.id = j.task_id and t.identifier = 'feed' returning j.id`,
  );
  if (woken.length > 0) return clock.now();
  const [row] = await database.owner<{ at: Date | null; left: boolean }>(
    'select next_feed_at as at, feed_lease_until is not null as left from seller',
  );
  return row?.left === true ? clock.now() : (row?.at?.getTime() ?? null);
}

/**
 * When the finances have to be looked at, for money that went back and was not seen, or because an order waits for what they
 * say, or would say, by then; null: never. The looks in between, every half hour, show nothing.
 */
async function financesDue({ database, amazon, clock }: ModelWorld): Promise<number | null> {
  const [row] = await database.owner<{ until: Date | null; next: Date | null; waits: Date | null }>(
    `select finances_until as until, next_finances_at as next, (
       select min(o.due_at) from amazon_order o where o.due_reason = 'looking' and (
         o.state = 'refund_waits_data' or o.state_params->'also' ? 'refund_waits_data' or
         exists (select from problem p where p.amazon_order_id = o.amazon_order_id and p.closed_at is null and p.kind = 'refund_twice_risk')
         or exists (select from command c where c.amazon_order_id = o.amazon_order_id and c.kind = 'refund_amazon'))) as waits
     from seller`,
  );
  const next = row?.next?.getTime() ?? clock.now();
  const shows = amazon.moneyShows(seller);
  const unseen = shows !== null && (row?.until?.getTime() ?? 0) <= shows ? shows + 3 * 60_000 : Infinity;
  const first = Math.min(unseen, row?.waits?.getTime() ?? Infinity);
  return first === Infinity ? null : Math.max(next, first);
}

/**
 * Lets time pass until nothing is due: no order, no change of Amazon's unseen, no timer of the services. Workers that
 * were cut off are dead by then and their leases run out. Throws where it does not come to an end: something loops.
 */
export async function comeToRest(world: ModelWorld): Promise<void> {
  const { faults, run } = world;
  faults.clear();
  for (const { worker } of run.workers.splice(0)) worker.bury();
  await letLeasesRunOut(world);
  if (run.dryRun) await dryRun(world, false);
  await nothingDue(world);
  // What was lost for good is told by nobody: a person, or the next sweep, looks again.
  if (run.newsLost) for (const { id } of run.placed) await knockFromShopify(world, id);
  if (run.blind) await lookAtAll(world);
  if (run.newsLost || run.blind) await nothingDue(world);
}

/** What Amazon refused is asked for again after an hour; a sweep then goes back far enough. */
async function lookAtAll(world: ModelWorld): Promise<void> {
  await world.clock.advance(7 * 3_600_000);
  await world.database.owner(
    `update seller set next_poll_at = $1, cursor = $1::timestamptz - interval '40 hours'`,
    [new Date(world.clock.now())],
  );
  await work(world, 0, 'poll', null);
}

async function nothingDue(world: ModelWorld): Promise<void> {
  const { clock, database } = world;
  for (let round = 0; round < mostRounds; round += 1) {
    const [order] = await database.owner<Due>(
      // Nobody waits for a ship-by time, nor for the looks at a cancel that a person has to decide on.
      `select min(due_at) as due from amazon_order o where due_reason is distinct from 'ship_by' and not (${lookedAtForLong})`,
      [new Date(clock.now() - 3 * 3_600_000)],
    );
    const due = order?.due?.getTime() ?? null;
    const poll = await pollDue(world, due);
    const feed = await feedDue(world);
    const money = await financesDue(world);
    const ahead = [due, poll, feed, money, clock.nextTimer()].filter((at) => at !== null);
    if (ahead.length === 0) return;
    const next = Math.min(...ahead);
    // Also by nothing: what happens in Shopify is told at once.
    await clock.advance(Math.max(0, next - clock.now()));
    if (poll !== null && poll <= clock.now()) await work(world, 0, 'poll', null);
    if (money !== null && money <= clock.now()) await work(world, 0, 'finances', null);
    await work(world, 1, 'drain', null);
    if (feed !== null && feed <= clock.now()) await work(world, 0, 'feed', null);
  }
  const due = await database.owner(
    'select amazon_order_id, state, state_params, due_at, due_reason, failures from amazon_order where due_at is not null',
  );
  throw new Error(
    `It does not come to rest at ${new Date(clock.now()).toISOString()}: ${JSON.stringify(due)}`,
  );
}
