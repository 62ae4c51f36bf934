import { afterAll, beforeAll, expect, it } from 'vitest';
import { freshDatabase } from '../database.ts';
import { allMishaps, kindsNamed, tryEffects } from './effect-trials.ts';
import { openModelWorld, type ModelWorld } from './world.ts';

// Two of each; `node test/model/effects.ts` tries fifty.
const count = 2;
const database = await freshDatabase();
let world: ModelWorld;

beforeAll(async () => {
  world = await openModelWorld(database);
});
afterAll(() => world.close());

it.each([
  ['PRO-3 IMP-5', 'orderCreate'],
  ['PRO-3 CAN-7 CAN-9', 'orderCancel'],
  ['PRO-3 REF-3 REF-4', 'refundCreate'],
  ['PRO-3 FUL-4', 'fulfillmentCreate'],
  ['PRO-3 REQ-4', 'fulfillmentOrderHold'],
  ['PRO-3 CAN-7 CAN-13', 'createFeed, a cancel'],
  ['PRO-3 REF-3 CAN-13', 'createFeed, a refund'],
  ['PRO-3 FUL-1', 'confirmShipment'],
])('%s: %s is done once, when its answer is lost, its effect late, or its worker killed', async (_, name) => {
  for (const kind of kindsNamed(name))
    expect(await tryEffects(world, kind, allMishaps, count)).toEqual(
      allMishaps.map((mishap) => ({
        ...{ kind: name, mishap, tried: count, effects: count, doubled: 0, missing: 0, said: 0, wrong: [] },
      })),
    );
});
