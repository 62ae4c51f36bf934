import { afterEach, describe, expect, it } from 'vitest';
import { now } from '../lib/clock.ts';
import { createWorldClock, type SandboxClock } from './world-clock.ts';

const start = Date.UTC(2026, 0, 1);
let clock: SandboxClock | undefined;
afterEach(() => clock?.stop());

function worldClock(speed = 1): SandboxClock {
  clock = createWorldClock({ start, speed });
  return clock;
}

describe('the clock of the world', () => {
  it('is the time of its process', () => {
    const world = worldClock();
    expect(world.now()).toBeGreaterThanOrEqual(start);
    expect(Math.abs(world.now() - now())).toBeLessThan(50);
  });

  it('jumps, and runs timers in their order at their own times', async () => {
    const world = worldClock();
    const ran: [string, number][] = [];
    const note = (name: string) => () => void ran.push([name, Math.round((world.now() - start) / 60_000)]);
    world.schedule(start + 3_600_000, 'late', note('late'));
    world.schedule(start + 60_000, 'early', () => {
      note('early')();
      world.schedule(start + 120_000, 'chained', note('chained'));
    });
    world.schedule(start + 7_200_000, 'beyond', note('beyond'));
    await world.advance(3_600_000);
    expect(ran).toEqual([
      ['early', 1],
      ['chained', 2],
      ['late', 60],
    ]);
    expect(world.pending()).toEqual([{ what: 'beyond', dueAt: start + 7_200_000 }]);
  });

  it('keeps timers with the same time in the order they were made', async () => {
    const world = worldClock();
    const ran: number[] = [];
    for (const n of [1, 2, 3]) world.schedule(start + 1000, 'same', () => void ran.push(n));
    await world.advance(1000);
    expect(ran).toEqual([1, 2, 3]);
  });

  it('does not run a timer that was called off', async () => {
    const world = worldClock();
    let ran = false;
    const off = world.schedule(start + 1000, 'off', () => void (ran = true));
    off();
    await world.advance(5000);
    expect(ran).toBe(false);
  });

  it('marks what only untilIdle waits for', async () => {
    const world = worldClock();
    world.schedule(start + 1000, 'feed', () => undefined, 'idle');
    expect(world.pending()).toEqual([{ what: 'feed', dueAt: start + 1000, idle: true }]);
    await world.advance(2000);
    expect(world.pending()).toEqual([]);
  });

  it('shows what a timer started as under way until it ends', async () => {
    const world = worldClock();
    const { promise, resolve } = Promise.withResolvers<undefined>();
    world.schedule(start, 'slow', () => promise);
    await world.advance(1);
    expect(world.pending()).toEqual([{ what: 'slow' }]);
    resolve(undefined);
    await expect.poll(() => world.pending()).toEqual([]);
  });

  it('runs timers by itself, sooner where time runs faster', async () => {
    const world = worldClock(100_000);
    let ran = false;
    world.schedule(start + 3_600_000, 'hour', () => void (ran = true));
    await expect.poll(() => ran, { timeout: 5000 }).toBe(true);
  });

  it('waits for its listeners before a jump is over', async () => {
    const world = worldClock();
    const told: number[] = [];
    world.onChange(async () => {
      await new Promise((soon) => setImmediate(soon));
      told.push(world.now() - start);
    });
    await world.advance(10_000);
    expect(told).toHaveLength(1);
    expect(told[0]).toBeGreaterThanOrEqual(10_000);
    await world.setSpeed(5);
    expect(world.speed()).toBe(5);
    expect(told).toHaveLength(2);
  });
});
