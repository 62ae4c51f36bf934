import { expect, it } from 'vitest';
import { playOutage } from '../bench/play-outage.ts';
import { runningWorld } from '../running-world.ts';

const world = runningWorld({ workers: 1 });

it('REQ-3 PRO-5: after a day without workers all that buyers asked for meanwhile is held, with a dozen calls to Amazon', async () => {
  const outage = await playOutage(world.sandbox, 150, 1);
  expect(outage).toMatchObject({ held: 150, refusedByLimits: 0 });
  expect(outage.amazonCalls, JSON.stringify(outage.amazonByOperation)).toBeLessThanOrEqual(12);
}, 180_000);
