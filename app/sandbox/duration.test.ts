import { expect, it } from 'vitest';
import { durationMs } from './duration.ts';

it.each([
  ['PT48H', 172_800_000],
  ['P2D', 172_800_000],
  ['P1W', 604_800_000],
  ['PT1M30.5S', 90_500],
  ['P1DT1H', 90_000_000],
  ['P', null],
  ['PT', null],
  ['48h', null],
  ['P1Y', null],
  ['', null],
])('reads the duration %s', (text, ms) => {
  expect(durationMs(text)).toBe(ms);
});
