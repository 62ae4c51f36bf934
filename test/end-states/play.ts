import type { runningWorld } from '../running-world.ts';
import type { Deed } from './deeds.ts';
import { endStatesOf, type EndState } from './end-state.ts';
import { handsFor, type Hands, type Made } from './hands.ts';

type World = ReturnType<typeof runningWorld>;
type Logged = readonly { readonly operation: string | null }[];

/** One scenario: an order, what is done to it step by step, and where both sides stand in the end. */
export interface Row {
  readonly name: string;
  readonly made: Made;
  /** Fields of Amazon's order that are not as usual; `now` is the world's time. */
  readonly placed?: (now: number, hands: Hands) => Readonly<Record<string, unknown>>;
  /** Before the order is placed. */
  readonly before?: Deed;
  /** Step by step; all rows of a part go side by side. */
  readonly deeds: readonly (Deed | null)[];
  readonly end: EndState;
}

/** A part of the table: what the app goes through after the rows' first steps. */
export interface Part {
  readonly rows: readonly Row[];
  /** After how many steps time passes until nothing is waited for, and again after each further one. */
  readonly idleAfter: number;
  /** Steps in which the app cannot work, and what happens around them. */
  readonly away?: {
    readonly steps: readonly number[];
    readonly leave: () => Promise<unknown>;
    readonly pass: () => Promise<unknown>;
    readonly comeBack: () => Promise<unknown>;
  };
}

/** How a row came out: where it stood, and what the app wrote when it looked again though nothing had happened. */
export interface Outcome {
  readonly hands: Hands;
  readonly end: EndState;
  /** What could not be done as the row says it. */
  readonly undone: readonly string[];
}

/** So many orders side by side may take long on a busy machine (ms). */
export const patienceMs = 280_000;

/** Every write that the app makes, by its name in the log. */
const writes = new Set([
  'createFeedDocument',
  'createFeed',
  'confirmShipment',
  'orderCreate',
  'orderUpdate',
  'orderCancel',
  'refundCreate',
  'fulfillmentCreate',
  'fulfillmentCancel',
  'fulfillmentTrackingInfoUpdate',
  'fulfillmentOrderHold',
  'fulfillmentOrderReleaseHold',
  'tagsAdd',
  'tagsRemove',
  'metafieldsSet',
  'metafieldsDelete',
]);

/** Writes that both services got so far. */
export async function writesOf(world: World): Promise<string[]> {
  const log: Logged = [...(await world.log('amazon')), ...(await world.log('shopify'))];
  return log.flatMap(({ operation }) => (operation !== null && writes.has(operation) ? [operation] : []));
}

/** How often each service was asked for what, by name. */
export async function requestsOf(world: World): Promise<Record<string, number>> {
  const log = [...(await world.log('amazon')), ...(await world.log('shopify'))] as {
    operation: string | null;
  }[];
  const counts: Record<string, number> = {};
  for (const { operation } of log) counts[operation ?? ''] = (counts[operation ?? ''] ?? 0) + 1;
  return counts;
}

/** Lets the app look at these orders, or at every one, again on both sides; what it wrote then. */
export async function looksAgain(world: World, ids?: readonly string[]): Promise<readonly string[]> {
  const before = (await writesOf(world)).length;
  const { now } = await world.control('GET', '/clock');
  await world.database.owner(
    `update amazon_order set due_at = $1, due_reason = null, knocks = knocks + 1, amazon_knocks = amazon_knocks + 1
     where $2::text[] is null or amazon_order_id = any ($2)`,
    [new Date(Number(now)), ids ?? null],
  );
  await world.settle(true, patienceMs);
  return (await writesOf(world)).slice(before);
}

/** Plays the rows of a part side by side, each on an order of its own; `first`: the number of its first order. */
export async function play(
  world: World,
  { rows, idleAfter, away }: Part,
  first: number,
): Promise<Map<string, Outcome>> {
  const all = rows.map((row, n) => ({ row, hands: handsFor(world, first + n, row.made) }));
  const { now } = await world.control('GET', '/clock');
  for (const { row, hands } of all) {
    await row.before?.run(hands);
    await hands.place(row.placed?.(Number(now), hands));
  }
  await world.settle(false, patienceMs);
  const undone = new Map<Row, string[]>();
  const run = ({ row, hands }: (typeof all)[number], deed: Deed | null | undefined) =>
    deed?.run(hands).catch((error: unknown) => {
      undone.set(row, [...(undone.get(row) ?? []), error instanceof Error ? error.message : String(error)]);
    });
  const steps = Math.max(...rows.map(({ deeds }) => deeds.length));
  for (let step = 0; step < steps; step += 1) {
    const gone = away?.steps.includes(step) === true;
    if (gone && !away.steps.includes(step - 1)) await away.leave();
    for (const one of all) await run(one, one.row.deeds[step]);
    if (!gone) await world.settle(step + 1 >= idleAfter, patienceMs);
    else if (away.steps.includes(step + 1)) await away.pass();
    else {
      await away.comeBack();
      await world.settle(true, patienceMs);
    }
  }
  const outcomes = new Map<string, Outcome>();
  const ends = await endStatesOf(
    world,
    all.map(({ hands }) => hands),
  );
  for (const [n, end] of ends.entries()) {
    const { row, hands } = all[n] ?? {};
    if (row && hands) outcomes.set(row.name, { hands, end, undone: undone.get(row) ?? [] });
  }
  return outcomes;
}
