import { expect, it } from 'vitest';
import { withinSecond } from './within-second.ts';

const second = Date.UTC(2026, 10, 21, 12);

it.each([
  [second + 300, second + 300],
  [second - 5_000, second],
  [second + 5_000, second + 999],
])('PRO-2: a moment makes a whole second finer, and leads no further', (moment, at) => {
  expect(withinSecond(second, moment)).toBe(at);
});
