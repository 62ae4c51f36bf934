import { expect, it } from 'vitest';
import { LineSpans } from './line-spans.ts';

const end = 2_147_483_647;

it.each([
  [[], [[1, end]]],
  [
    [3, 4, 5],
    [
      [1, 2],
      [6, end],
    ],
  ],
  [
    [1, 2, 4, 8, 9],
    [
      [3, 3],
      [5, 7],
      [10, end],
    ],
  ],
])('the lines beside %j', (lines, others) => {
  const spans = new LineSpans();
  for (const line of lines) spans.add(line);
  expect(spans.others().map(({ first, last }) => [first, last])).toEqual(others);
});
