import { expect, it } from 'vitest';
import { together } from './together.ts';

it('what arrives while a write is under way goes with the next one, and each learns how its own ended', async () => {
  const written: string[][] = [];
  const gate = Promise.withResolvers<undefined>();
  const write = together<string>(async (items) => {
    written.push([...items]);
    await gate.promise;
    if (items.includes('bad')) throw new Error('not written');
  });
  const first = write('first');
  await Promise.resolve();
  const others = [write('second'), write('bad')];
  gate.resolve(undefined);
  await expect(first).resolves.toBeUndefined();
  const ends = await Promise.allSettled(others);
  expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await expect(write('third')).resolves.toBeUndefined();
  expect(written).toEqual([['first'], ['second', 'bad'], ['third']]);
});
