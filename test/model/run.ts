import { comeToRest } from './at-rest.ts';
import { checkAlways, checkAtRest, checkWords } from './invariants.ts';
import { perform } from './perform.ts';
import type { Run } from './runs.ts';
import type { ModelWorld } from './world.ts';

/** Lives through one run in a fresh world; `stepped` hears of every step done. Throws where something does not hold. */
export async function liveThrough(
  world: ModelWorld,
  run: Run,
  stepped: () => void = () => undefined,
): Promise<void> {
  await world.reset(run.positions);
  for (const step of run.steps) {
    await perform(world, step);
    stepped();
    await checkAlways(world);
  }
  await checkWords(world);
  await comeToRest(world);
  await checkAtRest(world);
}
