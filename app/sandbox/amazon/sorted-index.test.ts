import { describe, expect, it } from 'vitest';
import { SortedIndex } from './sorted-index.ts';

const ids = (entries: Iterable<{ id: string }>) => [...entries].map(({ id }) => id).join('');

describe('sorted index', () => {
  it('keeps the order of time, then id, whatever the order of adding', () => {
    const index = new SortedIndex();
    for (const [at, id] of [
      [2, 'c'],
      [1, 'b'],
      [1, 'a'],
      [3, 'd'],
    ] as const)
      index.add({ at, id });
    expect(ids(index.from({ at: 0, id: '' }))).toBe('abcd');
    expect(ids(index.from({ at: 1, id: 'b' }))).toBe('bcd');
    expect(ids(index.backwards())).toBe('dcba');
    expect(index.last()).toEqual({ at: 3, id: 'd' });
  });

  it('removes only what is in', () => {
    const index = new SortedIndex();
    index.add({ at: 1, id: 'a' });
    index.remove({ at: 2, id: 'a' });
    index.remove({ at: 1, id: 'b' });
    expect(ids(index.from({ at: 0, id: '' }))).toBe('a');
    index.remove({ at: 1, id: 'a' });
    expect(index.last()).toBeUndefined();
  });
});
