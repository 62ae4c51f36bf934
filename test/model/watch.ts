import { z } from 'zod';
import { beforeCancelInShopify, inDryRun } from './before-sending.ts';
import { amazonIdOf, isOwn, itemOf, type Work } from './work-in-shopify.ts';
import { shop, type ModelWorld } from './world.ts';

const held = z.object({
  id: z.string(),
  hold: z.object({
    handle: z.string(),
    fulfillmentOrderLineItems: z.array(z.object({ id: z.string() })).optional(),
  }),
});
const released = z.object({ id: z.string(), holds: z.array(z.string()).nullish() });

/** What a person released, for one request: order, number of the request, line in Shopify. */
export const releaseMark = (order: string, n: number, lineItemId: string): string =>
  `${order} ${n} ${lineItemId}`;

interface Known {
  readonly n: number;
  readonly lines: ReadonlySet<string>;
  /** Lines in Shopify that the app knows it held for this request. */
  readonly held: ReadonlySet<string>;
}

/** The open request of an order, as the app has it. */
async function openRequest({ database }: ModelWorld, order: string): Promise<Known | null> {
  const [row] = await database.owner<{ n: number; lines: { orderItemId: string; ended: string | null }[] }>(
    'select n, lines from request where amazon_order_id = $1 and closed_at is null order by n desc limit 1',
    [order],
  );
  if (!row) return null;
  const commands = await database.owner<{ items: string[] }>(
    `select jsonb_path_query_array(args, '$.units[*].lineItem') as items from command
     where key like 'hold_order:' || $1 || ':' || $2 || ':%' and state in ('accepted', 'confirmed')`,
    [order, row.n],
  );
  const open = row.lines.filter(({ ended }) => ended === null);
  return {
    n: row.n,
    lines: new Set(open.map(({ orderItemId }) => orderItemId)),
    held: new Set(commands.flatMap(({ items }) => items)),
  };
}

/** Before the app sends a hold: none where a person released all that it is about, for the same request (REQ-4). */
async function beforeHold(world: ModelWorld, work: Work, given: readonly string[] | null): Promise<void> {
  // Shopify takes no second one: it is asked for only so that it is on file.
  if (work.holds.some(isOwn)) return;
  const order = amazonIdOf(world, work.orderId);
  const known = await openRequest(world, order);
  const about = work.lines.filter(
    (line) => line.remaining > 0 && known?.lines.has(itemOf(line)) && (given?.includes(line.id) ?? true),
  );
  if (!known) world.run.broken.push(`${order} is held without an open request`);
  else if (about.length === 0)
    world.run.broken.push(`${order}: ${work.id} is held, and nothing of it is asked for`);
  else if (about.every((line) => world.run.releasedKnown.has(releaseMark(order, known.n, line.lineItemId))))
    world.run.broken.push(`${order}: ${work.id} is held again after a person released it`);
}

/** Before the app releases: its own hold only, and only where it saw that the request is over (REQ-4, REQ-7). */
async function beforeRelease(
  world: ModelWorld,
  work: Work,
  holds: readonly string[] | null | undefined,
): Promise<void> {
  const { run, clock } = world;
  const { readings } = run;
  const order = amazonIdOf(world, work.orderId);
  const meant = work.holds.filter(({ id }) => holds == null || holds.includes(id));
  const foreign = meant.find(({ by }) => by !== 'app');
  if (foreign) run.broken.push(`${order}: the hold "${foreign.handle}" of others is released`);
  if (!meant.some(isOwn)) return;
  // It ships all the same (CAN-17), or nobody asks.
  const decided = await world.database.owner(
    `select from choice where kind in ('decline', 'unmark') and state in ('open', 'done') and amazon_order_id = $1`,
    [order],
  );
  if (decided.length > 0) return;
  const claimed = run.claimed.get(order) ?? new Set();
  const anew = run.workers.length === 0 && !run.cut;
  for (const line of work.lines.filter(({ remaining }) => remaining > 0)) {
    const item = itemOf(line);
    const concerned = readings.wasAsked(order, [item]) || claimed.has(item);
    if (!concerned) continue;
    if (!readings.wasAsked(order) && !readings.isShipped(order, item))
      run.broken.push(`${order}: the hold on ${item} is released, and Amazon never answered the claim`);
    else if (!readings.isOver(order, item, anew, clock.now()))
      run.broken.push(`${order}: the hold on ${item} is released, and nothing said that the request is over`);
  }
}

/** Looks at every write of the app's to Shopify before it goes out. */
export async function beforeWrite(
  world: ModelWorld,
  query: string,
  variables: Record<string, unknown>,
): Promise<void> {
  if (!query.trimStart().startsWith('mutation')) return;
  world.run.writes += 1;
  inDryRun(world, 'a write to Shopify');
  if (query.includes('orderCancel(')) await beforeCancelInShopify(world, variables);
  const find = (id: string) => world.shopify.listWork(shop).find((work) => work.id === id);
  if (query.includes('fulfillmentOrderHold(')) {
    const { id, hold } = held.parse(variables);
    // While a cancel is under way everything is held (CAN-18).
    if (hold.handle === 'concord-cancelling') return;
    const work = find(id);
    const given = hold.fulfillmentOrderLineItems?.map((line) => line.id) ?? null;
    if (work) await beforeHold(world, work, given);
  }
  if (query.includes('fulfillmentOrderReleaseHold(')) {
    const { id, holds } = released.parse(variables);
    const work = find(id);
    if (work) await beforeRelease(world, work, holds);
  }
}

/** Does what a person, or another app, does in Shopify, and notes which of the app's holds are gone by it. */
export async function whilePeopleAct(world: ModelWorld, act: () => Promise<void>): Promise<void> {
  const { run, shopify } = world;
  const before = shopify.listWork(shop).flatMap((work) => work.holds.map((hold) => ({ work, hold })));
  await act();
  const after = shopify
    .listWork(shop)
    .flatMap(({ id, holds, orderId }) => holds.map((hold) => ({ hold, on: { work: id, order: orderId } })));
  const left = after.map(({ hold }) => hold);
  run.foreignHolds.clear();
  for (const { hold, on } of after) if (hold.by !== 'app') run.foreignHolds.set(hold.id, on);
  for (const { work, hold } of before) {
    if (!isOwn(hold) || left.some(({ id }) => id === hold.id)) continue;
    const order = amazonIdOf(world, work.orderId);
    const known = await openRequest(world, order);
    for (const { lineItemId } of known ? work.lines : []) {
      const mark = releaseMark(order, known?.n ?? 0, lineItemId);
      run.released.add(mark);
      if (known?.held.has(lineItemId)) run.releasedKnown.add(mark);
    }
  }
}

/**
 * Holds of others that are gone, though nobody but they may release them. A cancelled order has nothing left to hold, and
 * neither has work of which all that was to be sent is taken off.
 */
export function foreignHoldsGone({ run, shopify }: ModelWorld): string[] {
  const works = shopify.listWork(shop);
  const left = new Set(works.flatMap(({ holds }) => holds.map(({ id }) => id)));
  const emptied = new Set(works.flatMap(({ id, lines }) => (lines.length === 0 ? [id] : [])));
  const over = new Set(
    shopify
      .listOrders(shop, { limit: 1_000_000 })
      .flatMap(({ id, cancelledAt }) => (cancelledAt === null ? [] : [id])),
  );
  return [...run.foreignHolds].flatMap(([id, { work, order }]) =>
    left.has(id) || over.has(order) || emptied.has(work) ? [] : [id],
  );
}
