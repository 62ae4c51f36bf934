import { expect, it } from 'vitest';
import { inParallel } from './in-parallel.ts';

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

it('keeps the order of the answers, whichever comes first', async () => {
  const answers = await inParallel([3, 1, 2, 0], 4, async (turns) => {
    for (let n = 0; n < turns; n += 1) await turn();
    return `after ${turns}`;
  });
  expect(answers).toEqual(['after 3', 'after 1', 'after 2', 'after 0']);
});

it('never does more than so many at a time, and all of them', async () => {
  let [running, most, done] = [0, 0, 0];
  await inParallel(Array.from({ length: 25 }), 4, async () => {
    running += 1;
    most = Math.max(most, running);
    await turn();
    running -= 1;
    done += 1;
  });
  expect([most, done]).toEqual([4, 25]);
});

it('does nothing for nothing', async () => {
  expect(await inParallel([], 4, () => Promise.reject(new Error('never')))).toEqual([]);
});

it('throws the first error', async () => {
  const broken = inParallel([1, 2, 3], 2, async (n) => {
    await turn();
    if (n === 1) throw new Error('first');
    return n;
  });
  await expect(broken).rejects.toThrow('first');
});
