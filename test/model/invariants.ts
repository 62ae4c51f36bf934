import { work } from './perform.ts';
import { copiesOf, doubles, ordersInShopify } from './shopify-side.ts';
import { tablesWithWords, wrongWithWishes } from './request-invariants.ts';
import { dealingsAtRest } from './dealing-invariants.ts';
import { wrongAtRest } from './wishes-at-rest.ts';
import { seller, shop, type ModelWorld } from './world.ts';

interface OrderRow {
  readonly amazon_order_id: string;
  readonly shopify_order_id: string | null;
  readonly due_at: Date | null;
  readonly due_reason: string | null;
  readonly lease_token: string | null;
  readonly looked_at: Date | null;
  readonly state: string;
}

function broken(sentence: string): never {
  throw new Error(sentence);
}

/** What holds after every step: no job threw, no Amazon order stands twice in Shopify, and buyers' wishes are kept. */
export async function checkAlways(world: ModelWorld): Promise<void> {
  const { run, shopify } = world;
  if (run.thrown.length > 0) broken(`A job threw: ${run.thrown.join('\n')}`);
  const twice = doubles(shopify);
  if (twice.length > 0) broken(`Twice in Shopify: ${twice.join(', ')}`);
  const wrong = await wrongWithWishes(world);
  if (wrong !== null) broken(wrong);
}

/** Buyers' words stand in no table as they are (SEC-5, REQ-5). */
export async function checkWords(world: ModelWorld): Promise<void> {
  const tables = await tablesWithWords(world);
  if (tables.length > 0) broken(`Words of a buyer stand in ${tables.join(', ')}`);
}

async function problemsByOrder({ database }: ModelWorld): Promise<Map<string, string[]>> {
  const rows = await database.owner<{ id: string; kind: string }>(
    `select coalesce(nullif(amazon_order_id, ''), subject) as id, kind from problem where closed_at is null`,
  );
  const byOrder = new Map<string, string[]>();
  for (const { id, kind } of rows) byOrder.set(id, [...(byOrder.get(id) ?? []), kind]);
  return byOrder;
}

/** Nothing waits, nobody holds anything, and no write is in the dark. */
async function checkNothingOpen(
  { database }: ModelWorld,
  rows: readonly OrderRow[],
  problems: ReadonlyMap<string, string[]>,
): Promise<void> {
  const open = rows.find(
    (row) =>
      (row.due_at !== null && row.due_reason !== 'ship_by' && row.state !== 'cancel_unsure') ||
      row.lease_token !== null,
  );
  if (open) broken(`At rest and still due or leased: ${JSON.stringify(open)}`);
  const commands = await database.owner<{ amazon_order_id: string; state: string }>(
    // What was answered is done; only of an order that was made the app has to have seen that it stands there.
    `select amazon_order_id, state, key, attempt from command
     where state in ('planned', 'sending', 'unsure') or (state = 'accepted' and kind in ('create_order', 'cancel_amazon', 'cancel_shopify'))`,
  );
  const dark = commands.find((command) => !problems.has(command.amazon_order_id));
  if (dark) broken(`At rest and not known to be done: ${JSON.stringify(dark)}`);
}

/** One order at rest: there exactly once with the right money, or a reason why not. */
function checkOrder(
  world: ModelWorld,
  id: string,
  row: OrderRow | undefined,
  problems: readonly string[],
): void {
  const { amazon, run, shopify } = world;
  const order = amazon.show(seller, id)?.order;
  const { fulfillmentStatus: status, fulfilledBy } = order?.['fulfillment'] as Record<string, string>;
  const copies = copiesOf(shopify, id);
  const [copy] = copies;
  const say = (what: string) =>
    broken(
      `${id} (${String(status)}, ${String(fulfilledBy)}) ${what}; row ${JSON.stringify(row)}, problems ${problems.join(' ') || 'none'}`,
    );
  const asked = run.asked.get(id) ?? 0;
  if (problems.length === 0 && asked > (row?.looked_at?.getTime() ?? -1))
    say('was asked for and not looked at');
  if (run.deleted.has(id)) {
    if (copy) say('was deleted in Shopify and stands there again');
    return;
  }
  if (copies.length > 1) say('stands more than once in Shopify');
  if (copy && row?.shopify_order_id !== copy.id) say('stands in Shopify and is not linked');
  if (!copy && row?.shopify_order_id) say('is linked and does not stand in Shopify');
  const comesIn = fulfilledBy !== 'AMAZON' && status !== 'PENDING' && status !== 'CANCELLED';
  if (!comesIn) {
    if (copy && status !== 'CANCELLED') say('came in and should not have');
    return;
  }
  if (!copy) {
    if (problems.length === 0) say('is missing and nobody is told');
    return;
  }
  const total = (order?.['proceeds'] as { grandTotal?: { amount: string } } | null)?.grandTotal?.amount;
  const told = total === undefined ? problems.length > 0 : problems.includes('totals_differ');
  if (Number(total) !== Number(copy.total) && !told) say(`has the total ${copy.total}, not ${String(total)}`);
}

/** Looking at everything once more sends nothing (PRO-1, PRO-2). */
async function checkInStep(world: ModelWorld): Promise<void> {
  const before = ordersInShopify(world.shopify).length;
  const sentBefore = world.run.writes;
  await world.clock.advance(200_000);
  const now = new Date(world.clock.now());
  await world.database.owner(
    `update seller set next_poll_at = $1, cursor = $1::timestamptz - interval '40 hours'`,
    [now],
  );
  await world.database.owner('update amazon_order set due_at = $1, knocks = knocks + 1', [now]);
  await work(world, 0, 'poll', null);
  await work(world, 1, 'drain', null);
  if (world.run.writes > sentBefore) broken('Both sides were in step, and still something was sent.');
  if (ordersInShopify(world.shopify).length !== before) broken('Looking again changed Shopify.');
}

/** What holds once nothing is due any more. */
export async function checkAtRest(world: ModelWorld): Promise<void> {
  await checkStanding(world);
  await checkInStep(world);
  await checkAlways(world);
}

/** The same, as far as it can be seen without looking again. */
export async function checkStanding(world: ModelWorld): Promise<void> {
  await checkAlways(world);
  await checkWords(world);
  const rows = await world.database.owner<OrderRow>(
    'select amazon_order_id, shopify_order_id, due_at, due_reason, lease_token, looked_at, state from amazon_order where shop = $1',
    [shop],
  );
  const problems = await problemsByOrder(world);
  await checkNothingOpen(world, rows, problems);
  for (const { id } of world.run.placed) {
    const row = rows.find((one) => one.amazon_order_id === id);
    checkOrder(world, id, row, problems.get(id) ?? []);
  }
  const linked = new Map(rows.map((row) => [row.amazon_order_id, row.shopify_order_id]));
  const wrong = [
    ...(await wrongAtRest(world, linked, problems)),
    ...(await dealingsAtRest(world, linked, problems)),
  ];
  if (wrong.length > 0) broken(wrong.join('\n'));
}
