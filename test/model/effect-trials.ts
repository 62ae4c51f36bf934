import type { Fault } from '../../app/sandbox/contract.ts';
import { comeToRest } from './at-rest.ts';
import { effectKinds, type EffectKind } from './effect-kinds.ts';
import { checkAtRest } from './invariants.ts';
import { letLeasesRunOut, work } from './perform.ts';
import { usual } from './positions.ts';
import { latestEffectMs } from './steps.ts';
import type { ModelWorld } from './world.ts';

/** What can go wrong with a write so that nobody knows whether it was done. */
export const allMishaps = ['lost answer', 'late effect', 'killed after sending'] as const;
export type Mishap = (typeof allMishaps)[number];

/** What became of all tries of one kind with one mishap. */
export interface EffectsRow {
  readonly kind: string;
  readonly mishap: Mishap;
  /** Writes that the mishap really struck. */
  tried: number;
  effects: number;
  doubled: number;
  missing: number;
  /** Missing ones that a problem tells of. */
  said: number;
  /** What else was wrong. */
  readonly wrong: string[];
}

const second = 1_000;
const soonMs = 10 * second;
/** A batch that comes late and is worked on takes less. */
const mostRounds = 200;
/** Orders that live through one world together. */
const perWorld = 10;

/** Evenly from one second to nine minutes. */
const lateBy = (n: number, count: number): number =>
  Math.round(second + ((latestEffectMs - second) * n) / Math.max(1, count - 1));

function faultFor({ service, operation }: EffectKind, mishap: Mishap, ms: number): Fault | null {
  const match = { operation };
  if (mishap === 'lost answer') return { service, match, kind: 'drop-answer' };
  return mishap === 'late effect' ? { service, match, kind: 'late-effect', ms } : null;
}

/** The n-th order's write meets the mishap; whether it did, and no other. */
async function strike(world: ModelWorld, kind: EffectKind, mishap: Mishap, n: number, ms: number) {
  await kind.act(world, n);
  const fault = faultFor(kind, mishap, ms);
  if (fault) world.faults.add(fault);
  const before = world.run.log.length;
  await work(world, 0, kind.job, fault ? null : { after: kind.operation, then: 'die' });
  const sent = world.run.log.slice(before).filter(({ operation }) => operation === kind.operation);
  const struck = fault ? sent.filter(({ status }) => status === 0) : sent;
  world.faults.clear();
  return struck.length === 1;
}

/** What may be repeated at once, and a batch, is over before the next order is struck; what is looked for longer is not. */
async function goOn(world: ModelWorld): Promise<void> {
  await letLeasesRunOut(world);
  for (let round = 0; round < mostRounds; round += 1) {
    await world.clock.advance(soonMs);
    await work(world, 1, 'drain', null);
    await work(world, 1, 'feed', null);
    const open = await world.database.owner(
      `select 1 from feed where state in ('writing', 'sending', 'unsure', 'sent')
       union all select 1 from command where kind in ('cancel_amazon', 'refund_amazon') and state = 'planned'`,
    );
    if (open.length === 0) return;
  }
  throw new Error('A batch does not end.');
}

async function problemsOf({ database }: ModelWorld, id: string): Promise<string[]> {
  const rows = await database.owner<{ kind: string }>(
    'select kind from problem where amazon_order_id = $1 and closed_at is null',
    [id],
  );
  return rows.map(({ kind }) => kind);
}

async function countAll(world: ModelWorld, kind: EffectKind, tries: readonly Try[]): Promise<void> {
  for (const [n, { row, ms }] of tries.entries()) {
    const id = world.run.placed[n]?.id ?? '';
    const found = await kind.count(world, id);
    const problems = await problemsOf(world, id);
    row.effects += found;
    if (found > 1) row.doubled += 1;
    if (found === 0) row.missing += 1;
    if (found === 0 && problems.length > 0) row.said += 1;
    if (found !== 1 || problems.length > 0)
      row.wrong.push(
        `${id} (${String(ms)} ms): ${String(found)} effects, problems ${problems.join() || 'none'}`,
      );
  }
}

/** One write that is to meet a mishap. */
interface Try {
  readonly row: EffectsRow;
  readonly ms: number;
}

async function liveThrough(world: ModelWorld, kind: EffectKind, tries: readonly Try[]): Promise<void> {
  await world.reset(usual);
  for (const n of tries.keys()) await kind.ready(world, n);
  for (const [n, { row, ms }] of tries.entries()) {
    if (await strike(world, kind, row.mishap, n, ms)) row.tried += 1;
    await goOn(world);
  }
  await comeToRest(world);
  await countAll(world, kind, tries);
  await checkAtRest(world);
}

/**
 * Lets `count` writes of a kind meet each of the mishaps, and counts their effects once all is at rest: a row for each
 * mishap.
 */
export async function tryEffects(
  world: ModelWorld,
  kind: EffectKind,
  mishaps: readonly Mishap[],
  count: number,
): Promise<EffectsRow[]> {
  const rows = mishaps.map((mishap): EffectsRow => ({
    ...{ kind: kind.name, mishap, tried: 0, effects: 0, doubled: 0, missing: 0, said: 0, wrong: [] },
  }));
  const tries = rows.flatMap((row) =>
    Array.from({ length: count }, (_, n) => ({ row, ms: lateBy(n, count) })),
  );
  for (let n = 0; n < tries.length; n += perWorld) {
    const some = tries.slice(n, n + perWorld);
    try {
      await liveThrough(world, kind, some);
    } catch (error) {
      const rowsOf = new Set(some.map(({ row }) => row));
      for (const row of rowsOf) row.wrong.push(error instanceof Error ? error.message : String(error));
    }
  }
  return rows;
}

/** Whether every write was struck and stands exactly once, or a problem tells why not. */
export const holds = ({ tried, doubled, missing, said, wrong }: EffectsRow, count: number): boolean =>
  tried === count && doubled === 0 && missing === said && wrong.length === 0;

/** The kinds whose name holds the words. */
export const kindsNamed = (words: string): EffectKind[] =>
  effectKinds.filter(({ name }) => name.includes(words));
