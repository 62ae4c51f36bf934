import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import pg from 'pg';
import { startSandbox } from '../../app/sandbox/start.ts';
import { readEnv } from '../../app/lib/env.ts';
import { openServices } from '../../app/sync/services.ts';
import { dryRun } from './deeds.ts';
import { checkAlways, checkStanding } from './invariants.ts';
import { knockFromShopify, perform } from './perform.ts';
import type { Run } from './runs.ts';
import type { Step } from './steps.ts';
import { runs } from './runs.ts';
import { freshRun, newsFaults, type ModelWorld } from './world.ts';

// node test/model/slow.ts [--steps N] [--most N] [--seed N] [--workers N]
// The same steps in a running sandbox: over HTTP, with worker processes that work by themselves and are killed for real
// where a step cuts a worker off. At the end of each run both sides are brought to rest and looked at. The last line is JSON.
const { values } = parseArgs({
  options: {
    steps: { type: 'string', default: '2000' },
    most: { type: 'string', default: '40' },
    seed: { type: 'string', default: '1' },
    workers: { type: 'string', default: '2' },
  },
});
const settleMs = 240_000;
const say = (text: string) => process.stdout.write(`${text}\n`);

const workers = Number(values.workers);
const sandbox = await startSandbox({ port: 0, workers, web: true, headless: true, speed: 5 });
const { world: side } = sandbox;
const { amazon, shopify } = side;
if (!amazon || !shopify) throw new Error('Both services are pretended here.');
const pool = new pg.Pool({ connectionString: sandbox.env['DATABASE_URL'], max: 2 });
const services = openServices(readEnv({ ...sandbox.env, LOG_LEVEL: 'silent' }), 'model');

async function control(path: string, body: unknown): Promise<unknown> {
  const response = await fetch(sandbox.control + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`POST ${path}: ${text}`);
  return text === '' ? null : JSON.parse(text);
}

let run = freshRun();
const take: typeof side.faults.take = side.faults.take.bind(side.faults);
Object.assign(side.faults, {
  take: (...[service, kinds, subject]: Parameters<typeof take>) => {
    const meant = run.peopleAct && service === 'shopify' ? kinds.filter((one) => newsFaults.has(one)) : kinds;
    const fault = take(service, meant, subject);
    run.newsLost ||= fault?.kind === 'lose-webhook';
    run.blind ||= fault?.kind === 'refuse-data' || fault?.match.operation === 'getOrderItems';
    return fault;
  },
});

const advance = (ms: number) => control('/clock', { advance: `PT${(ms / 1000).toFixed(3)}S` });
const world: ModelWorld = {
  database: {
    url: sandbox.env['DATABASE_URL'] ?? '',
    owner: async <Row extends pg.QueryResultRow>(text: string, given: unknown[] = []) =>
      (await pool.query<Row>(text, given)).rows,
  },
  clock: {
    now: () => side.clock.now(),
    schedule: (...timer) => side.clock.schedule(...timer),
    nextTimer: () => null,
    stop: () => undefined,
    // It runs by itself; what takes a moment takes a real one.
    advance: async (ms) => {
      if (ms >= 1000) await advance(ms);
    },
  },
  faults: side.faults,
  switches: side.behaviour,
  amazon,
  shopify,
  shopifyOrigin: sandbox.shopify,
  services: [services, services],
  get run() {
    return run;
  },
  reset: async ({ stock: _, refundsOnAmazon, restock: __, ...switches }) => {
    run = freshRun();
    await control('/reset', {});
    for (const [name, value] of Object.entries(switches)) side.behaviour.set(name, value);
    await pool.query(`update shop set settings = settings || $1::jsonb`, [
      JSON.stringify({ refundsOnAmazon }),
    ]);
    await side.app.setWorkers(workers);
  },
  close: async () => {
    await services.close();
    await pool.end();
    await sandbox.stop();
  },
};

let kills = 0;

/** One worker's power is cut; another takes its place. */
async function killOne(at: number): Promise<void> {
  const pids = side.app.workerPids();
  const pid = pids[at % pids.length];
  if (pid === undefined) return;
  await pause(at * 5);
  process.kill(pid, 'SIGKILL');
  kills += 1;
  run.cut = true;
}

/** The workers work by themselves; where a step cuts one off it is killed. */
async function act(step: Step): Promise<void> {
  switch (step.do) {
    case 'work':
    case 'both':
      await pause(60);
      if (step.cut) await killOne('at' in step.cut ? step.cut.at : 1);
      return;
    case 'let-go':
    case 'leases-run-out':
      await pause(20);
      return;
    default:
      await perform(world, step);
  }
}

interface Settled {
  readonly settled: boolean;
  readonly open?: readonly unknown[];
}

async function settle(): Promise<void> {
  const { settled, open } = (await control('/settle', { timeoutMs: settleMs, untilIdle: true })) as Settled;
  if (!settled) throw new Error(`It does not come to rest: ${JSON.stringify(open)}`);
}

async function comeToRest(): Promise<void> {
  side.faults.clear();
  if (run.dryRun) await dryRun(world, false);
  await settle();
  if (run.newsLost) for (const { id } of run.placed) await knockFromShopify(world, id);
  if (run.blind) await advance(7 * 3_600_000);
  if (run.newsLost || run.blind) await settle();
}

async function live({ positions, steps }: Run, stepped: () => void): Promise<void> {
  await world.reset(positions);
  for (const step of steps) {
    await act(step);
    stepped();
  }
  await comeToRest();
  await checkAlways(world);
  await checkStanding(world);
}

const wanted = Number(values.steps);
const start = process.hrtime.bigint();
let steps = 0;
let failed: string | null = null;
for (let seed = Number(values.seed); steps < wanted && failed === null; seed += 1) {
  const [drawn] = fc.sample(runs(Number(values.most)), { seed, numRuns: 1 });
  if (!drawn) continue;
  try {
    await live(drawn, () => {
      steps += 1;
    });
  } catch (error) {
    failed = error instanceof Error ? (error.stack ?? error.message) : String(error);
    say(`Does not hold (--seed ${seed}):\n${JSON.stringify(drawn, null, 1)}\n${failed}`);
  }
  say(`seed ${seed}: ${steps} steps, ${kills} kills`);
}
const seconds = Number(process.hrtime.bigint() - start) / 1e9;
say(JSON.stringify({ steps, kills, seconds: Math.round(seconds), held: failed === null }));
process.exitCode = failed === null ? 0 : 1;
await world.close();
