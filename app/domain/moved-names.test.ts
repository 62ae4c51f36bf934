import { expect, it } from 'vitest';
import { movedNames, type NamedRow } from './moved-names.ts';

const row = (line: number, content: string, note: string | null = null): NamedRow => ({
  line,
  content,
  note,
});

it.each<[string, NamedRow[], NamedRow[], [number, string | null][]]>([
  ['nothing moved', [row(3, 'a', 'A')], [row(3, 'a', 'A'), row(4, 'a')], []],
  ['to a new line', [row(3, 'a', 'A')], [row(9, 'a')], [[9, 'A']]],
  [
    'to a new line, and another row came',
    [row(3, 'a', 'A')],
    [row(3, 'b', 'A'), row(9, 'a')],
    [
      [3, null],
      [9, 'A'],
    ],
  ],
  [
    'two changed places',
    [row(3, 'a', 'A'), row(4, 'b', 'B')],
    [row(3, 'b', 'A'), row(4, 'a', 'B')],
    [
      [3, 'B'],
      [4, 'A'],
    ],
  ],
  [
    'two of the same content',
    [row(3, 'a', 'A'), row(4, 'a', 'B')],
    [row(8, 'a'), row(9, 'a')],
    [
      [8, 'A'],
      [9, 'B'],
    ],
  ],
  ['the row is gone', [row(3, 'a', 'A')], [row(3, 'b', 'A')], [[3, null]]],
  ['named anew meanwhile', [row(3, 'a', 'A')], [row(9, 'a', 'C')], []],
])('REP-5: names of a settlement’s rows: %s', (_what, before, after, names) => {
  expect(
    movedNames(before, after)
      .map(({ line, note }) => [line, note])
      .sort(),
  ).toEqual(names);
});
