import fc from 'fast-check';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { freshDatabase } from '../database.ts';
import { liveThrough } from './run.ts';
import { keptRuns } from './seeds.ts';
import { runs } from './runs.ts';
import { openModelWorld, type ModelWorld } from './world.ts';

// MODEL_SEED and MODEL_PATH repeat a failure; MODEL_RUNS asks for more. Long runs: test/model/soak.ts.
const number = (name: string) => (process.env[name] === undefined ? undefined : Number(process.env[name]));
// The same runs every time, so that what fails is what was changed; `npm run soak` draws others.
const seed = number('MODEL_SEED') ?? 20261122;
const path = process.env['MODEL_PATH'];
const numRuns = number('MODEL_RUNS') ?? 5;

const database = await freshDatabase();
let world: ModelWorld;

beforeAll(async () => {
  world = await openModelWorld(database);
});
afterAll(() => world.close());

it('IMP-5 PRO-1 PRO-2 PRO-3 REQ-3 REQ-4 REQ-7: whatever happens, no order comes in twice or is missing, and no hold is missing, put back or released unseen', async () => {
  await fc.assert(
    fc.asyncProperty(runs(40), (run) => liveThrough(world, run)),
    { numRuns, seed, ...(path === undefined ? {} : { path }) },
  );
}, 240_000);

describe('IMP-5 PRO-1 PRO-2 PRO-3 REQ-3 REQ-4 REQ-7: what once did not hold', () => {
  for (const { name, run } of keptRuns) it(name, () => liveThrough(world, run));
});
