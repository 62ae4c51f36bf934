import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { ownDatabase } from './own-database.ts';
import { liveThrough } from './run.ts';
import { runs } from './runs.ts';
import { openModelWorld } from './world.ts';

// node test/model/soak.ts [--steps N] [--most N] [--seed N] [--path P] [--first]
// Lives through runs until N steps are done or one does not hold; prints how many steps a second, and the shortest
// counterexample found. --first: no search for a shorter one. The last line is JSON; the exit status tells how it ended.
const { values } = parseArgs({
  options: {
    steps: { type: 'string', default: '20000' },
    most: { type: 'string', default: '40' },
    seed: { type: 'string', default: String(process.hrtime.bigint() % 1_000_000_000n) },
    path: { type: 'string' },
    first: { type: 'boolean', default: false },
  },
});
const runsPerSeed = 10;
const wanted = Number(values.steps);
const start = process.hrtime.bigint();
const seconds = () => Number(process.hrtime.bigint() - start) / 1e9;
const say = (text: string) => process.stdout.write(`${text}\n`);

const database = await ownDatabase();
const world = await openModelWorld(database);
let steps = 0;
// An object, for it changes where the flow of this file does not show it.
const found: { after: number | null } = { after: null };

const property = fc.asyncProperty(runs(Number(values.most)), async (run) => {
  try {
    await liveThrough(world, run, () => {
      steps += 1;
    });
  } catch (error) {
    found.after ??= steps;
    throw error;
  }
});

let seed = Number(values.seed);
for (let told = 0; steps < wanted && found.after === null; seed += 1) {
  const result = await fc.check(property, {
    seed,
    numRuns: runsPerSeed,
    endOnFailure: values.first,
    ...(values.path === undefined ? {} : { path: values.path }),
  });
  if (result.failed) {
    say(`Does not hold (MODEL_SEED=${seed} MODEL_PATH=${result.counterexamplePath ?? ''}):`);
    say(JSON.stringify(result.counterexample?.[0], null, 1));
    const { errorInstance } = result;
    say(
      errorInstance instanceof Error ? (errorInstance.stack ?? errorInstance.message) : String(errorInstance),
    );
  }
  if (values.path !== undefined) break;
  if (steps - told >= 1000) {
    told = steps;
    say(`${steps} steps, ${(steps / seconds()).toFixed(0)} a second`);
  }
}
const perSecond = Math.round(steps / seconds());
say(
  JSON.stringify({ steps, perSecond, held: found.after === null, foundAfter: found.after, nextSeed: seed }),
);
process.exitCode = found.after === null ? 0 : 1;
await world.close();
await database.stop();
