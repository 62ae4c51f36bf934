import type { Pool } from 'pg';
import { z } from 'zod';
import { firstLook } from '../../db/shopify-changes.ts';
import type { Pending } from '../contract.ts';
import type { SellerView, WorldView } from './next-step.ts';

/** What the app's tables say. */
export type AppView = Pick<WorldView, 'busy' | 'later' | 'undoUntil'> & {
  readonly sellers: readonly Omit<SellerView, 'lastChange' | 'moneyShows'>[];
};

const time = z.date().transform((date) => date.getTime());
const orderRow = z.object({
  amazon_order_id: z.string(),
  due_at: time.nullable(),
  due_reason: z.string().nullable(),
});
const jobRow = z.object({ task: z.string(), run_at: time, running: z.boolean(), tried: z.boolean() });
const sellerRow = z.object({
  seller_id: z.string(),
  cursor: time,
  paging: z.boolean(),
  next_poll_at: time,
  finances_until: time.nullable(),
  next_finances_at: time.nullable(),
});
const batchRow = z.object({ seller_id: z.string(), next_feed_at: time });
const shopRow = z.object({ shop: z.string() });
const deliveryRow = z.object({ due_at: time, attempts: z.number(), made_at: time });
const undoRow = z.object({ not_before: time.nullable() });

// Enough to name in an answer; settle needs only the earliest. A knock may lie a moment ahead: its process's clock follows ours.
const most = 20;

const orders = `
  (select amazon_order_id, due_at, due_reason from amazon_order where due_at <= $1 limit ${most})
  union
  (select amazon_order_id, due_at, due_reason from amazon_order where lease_until > clock_timestamp() and due_at is null limit ${most})
  union
  (select amazon_order_id, due_at, due_reason from amazon_order
    where due_at > $1 and coalesce(due_reason, 'knock') in ('knock', 'backoff', 'slot', 'search_lag', 'second_look') order by due_at limit ${most})
  union
  (select amazon_order_id, due_at, due_reason from amazon_order
    where due_at > $1 and due_reason in ('looking', 'undo') order by due_at limit ${most})`;
const jobs = `
  select t.identifier as task, j.run_at, j.locked_at is not null as running, j.attempts > 0 as tried
    from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
    where j.attempts < j.max_attempts or j.locked_at is not null
    order by j.locked_at is null, j.run_at limit ${most}`;
const batches = `
  select l.seller_id, case when l.feed_lease_until is null then l.next_feed_at else $1 end as next_feed_at
    from seller l join shop s on s.shop = l.shop
    where l.state = 'connected' and s.uninstalled_at is null
      and (l.next_feed_at is not null or l.feed_lease_until is not null)`;
const sellers = `
  select seller_id, cursor, "window" is not null as paging, next_poll_at, finances_until, next_finances_at
    from seller where state = 'connected'`;
const shops = `
  select shop from shop
    where uninstalled_at is null and coalesce(next_changes_at, installed_at + interval '${firstLook}') <= $1`;
const notices = `
  select distinct n.shop from notice n join notice_target t on t.shop = n.shop join shop s on s.shop = n.shop
    where n.passed_on_at is null and s.uninstalled_at is null
  union select shop from shop where next_digest_at <= $1 and uninstalled_at is null`;
const deliveries = `
  select d.due_at, d.attempts, d.made_at from notice_delivery d join shop s on s.shop = d.shop
    where d.state = 'waiting' and d.kind <> 'test' and s.uninstalled_at is null order by d.due_at limit ${most}`;
const undo = `select min(not_before) as not_before from command where state = 'planned' and not_before > $1`;

type Later = WorldView['later'][number];

function ordersOf(
  rows: readonly z.infer<typeof orderRow>[],
  now: number,
): { busy: Pending[]; later: Later[] } {
  const busy: Pending[] = [];
  const later: Later[] = [];
  for (const { amazon_order_id: order, due_at: dueAt, due_reason: reason } of rows) {
    if (dueAt === null || dueAt <= now) busy.push({ what: 'order is due', order });
    else
      later.push({
        what: `order waits: ${reason ?? ''}`,
        order,
        dueAt,
        idle: reason === 'looking' || reason === 'undo',
      });
  }
  return { busy, later };
}

function jobsOf(rows: readonly z.infer<typeof jobRow>[], now: number): { busy: Pending[]; later: Later[] } {
  const busy = rows
    .filter(({ running, run_at: at }) => running || at <= now)
    .map(({ task }) => ({ what: `job ${task}` }));
  // A job that is put off waits in vain unless it failed, but for reports: Amazon makes them while time passes.
  const later = rows
    .filter(({ task, running, run_at: at, tried }) => !running && at > now && (tried || task === 'report'))
    .map(({ task, run_at: dueAt, tried }) => ({
      what: tried ? `job ${task} is tried again` : `job ${task} looks again`,
      dueAt,
      idle: !tried,
    }));
  return { busy, later };
}

/** Batches for Amazon that are looked at again, or wait for a slot: Amazon works on them while time passes. */
function batchesOf(
  rows: readonly z.infer<typeof batchRow>[],
  now: number,
): { busy: Pending[]; later: Later[] } {
  const busy = rows
    .filter(({ next_feed_at: at }) => at <= now)
    .map(({ seller_id: seller }) => ({ what: `batches of seller ${seller}` }));
  const later = rows
    .filter(({ next_feed_at: at }) => at > now)
    .map(({ seller_id: seller, next_feed_at: dueAt }) => ({
      what: `batches of seller ${seller}`,
      dueAt,
      idle: true,
    }));
  return { busy, later };
}

/** So long mails are gathered; what waits longer waits for quiet hours or another try. */
const gathered = 90_000;

/** Mails and webhooks to staff. */
function deliveriesOf(
  rows: readonly z.infer<typeof deliveryRow>[],
  now: number,
): { busy: Pending[]; later: Later[] } {
  const busy = rows.filter(({ due_at: at }) => at <= now).map(() => ({ what: 'notice to staff' }));
  const later = rows
    .filter(({ due_at: at }) => at > now)
    .map(({ due_at: dueAt, attempts, made_at: madeAt }) => ({
      what: 'notice to staff waits',
      dueAt,
      idle: attempts > 0 || dueAt > madeAt + gathered,
    }));
  return { busy, later };
}

/** Everything in one request: it is asked for many times a second. `$1` is the world's time. */
const questions = [orders, jobs, sellers, batches, shops, notices, deliveries, undo] as const;
const snapshot = `begin isolation level repeatable read read only; ${questions.join(';')}; commit`;

const answers = z
  .array(z.object({ rows: z.array(z.unknown()) }))
  .length(questions.length + 2)
  .transform((all) => all.slice(1, -1).map(({ rows }) => rows));

/** Reads, in one snapshot, what the app has due or under way. `now` is the world's time. */
export async function readApp(pool: Pool, now: number): Promise<AppView> {
  const client = await pool.connect();
  let broken = true;
  try {
    // A text of several statements takes no parameters.
    const text = snapshot.replaceAll('$1', `'${new Date(now).toISOString()}'::timestamptz`);
    const answered: unknown = await client.query(text);
    broken = false;
    const [ofOrders, ofJobs, ofSellers, ofBatches, ofShops, ofNotices, ofDeliveries, ofUndo] =
      answers.parse(answered);
    const fromOrders = ordersOf(z.array(orderRow).parse(ofOrders), now);
    const fromJobs = jobsOf(z.array(jobRow).parse(ofJobs), now);
    const accounts = z.array(sellerRow).parse(ofSellers);
    const fromBatches = batchesOf(z.array(batchRow).parse(ofBatches), now);
    const owing = z.array(shopRow).parse(ofShops);
    const untold = z.array(shopRow).parse(ofNotices);
    const toStaff = deliveriesOf(z.array(deliveryRow).parse(ofDeliveries), now);
    const undoUntil = z.array(undoRow).parse(ofUndo)[0]?.not_before ?? null;
    return {
      busy: [
        ...fromOrders.busy,
        ...fromJobs.busy,
        ...fromBatches.busy,
        ...owing.map(({ shop }) => ({ what: `changed orders of ${shop}` })),
        ...untold.map(({ shop }) => ({ what: `notices of ${shop}` })),
        ...toStaff.busy,
      ],
      later: [...fromOrders.later, ...fromJobs.later, ...fromBatches.later, ...toStaff.later],
      undoUntil,
      sellers: accounts.map((row) => ({
        sellerId: row.seller_id,
        cursor: row.cursor,
        paging: row.paging,
        nextPollAt: row.next_poll_at,
        financesUntil: row.finances_until,
        nextFinancesAt: row.next_finances_at,
      })),
    };
  } finally {
    client.release(broken);
  }
}
