import { expect, it } from 'vitest';
import { rateNotice } from './note-rates.ts';

const rateOf = (counted: number, total: number) => ({
  ...{
    marketplaceId: 'ATVPDKIKX0DER',
    windowDays: 7,
    limitPercent: 2.5,
    counted: [],
    notCounted: [],
    notKnown: [],
  },
  ...{ rate: { counted, total }, worst: null, left: 3 },
});

it('REP-4: a rate is told of at 60, 80 and 100 percent of its limit, once a day each', () => {
  const step = (counted: number) => rateNotice(rateOf(counted, 1_000), '2026-11-22').map(({ key }) => key);
  expect(step(14)).toEqual([]);
  expect(step(15)).toEqual(['rate:ATVPDKIKX0DER:60:2026-11-22']);
  expect(step(20)).toEqual(['rate:ATVPDKIKX0DER:80:2026-11-22']);
  expect(step(25)).toEqual(['rate:ATVPDKIKX0DER:100:2026-11-22']);
  expect(rateNotice(rateOf(20, 1_000), '2026-11-22')[0]?.params).toMatchObject({
    rate: 2,
    limit: 2.5,
    left: 3,
  });
  expect(rateNotice({ ...rateOf(1, 1), rate: null }, '2026-11-22')).toEqual([]);
});
