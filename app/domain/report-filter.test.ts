import { expect, it } from 'vitest';
import { readReportFilter, reportZones, wrongPeriod } from './report-filter.ts';

const read = (query: string) => readReportFilter(new URLSearchParams(query));
const [usa, japan, germany] = ['ATVPDKIKX0DER', 'A1VC38T7YXB528', 'A1PA6795UKMFR9'] as const;
const iso = (ms: number) => new Date(ms).toISOString();

it.each([
  ['', { marketplaceId: null, period: { days: 30 } }],
  [`market=${japan}&days=7`, { marketplaceId: japan, period: { days: 7 } }],
  ['market=nowhere&days=8', { marketplaceId: null, period: { days: 30 } }],
  [
    'from=2026-11-01&to=2026-11-02&days=7',
    { marketplaceId: null, period: { from: '2026-11-01', to: '2026-11-02' } },
  ],
  ['from=2026-11-02&to=2026-11-01', { marketplaceId: null, period: { days: 30 } }],
  ['from=2026-02-30&to=2026-03-01', { marketplaceId: null, period: { days: 30 } }],
] as const)('REP-6: the address %j is read, and what is none in it is left out', (query, filter) => {
  expect(read(query)).toEqual(filter);
});

it.each([
  ['2026-02-28', '2026-02-30', 'no_day'],
  ['', '2026-11-01', 'no_day'],
  ['2026-11-02', '2026-11-01', 'backwards'],
  ['2026-01-01', '2027-01-02', 'too_long'],
  ['2026-01-01', '2027-01-01', null],
  ['2026-11-01', '2026-11-01', null],
] as const)('REP-6: %s to %s is %s', (from, to, wrong) => {
  expect(wrongPeriod(from, to)).toBe(wrong);
});

it('REP-6: days are those of the marketplace, also when the clocks change', () => {
  const now = Date.UTC(2026, 10, 2, 2);
  const days = (query: string) =>
    reportZones(read(query), now).map(({ firstDay, lastDay, from, until }) => [
      ...[firstDay, lastDay, iso(from), iso(until)],
    ]);
  // The first of November has 25 hours in Los Angeles, where it is still that day.
  expect(days(`market=${usa}&from=2026-11-01&to=2026-11-01`)).toEqual([
    ['2026-11-01', '2026-11-01', '2026-11-01T07:00:00.000Z', '2026-11-02T08:00:00.000Z'],
  ]);
  expect(days(`market=${usa}&days=7`)[0]?.slice(0, 2)).toEqual(['2026-10-26', '2026-11-01']);
  expect(days(`market=${japan}&days=7`)[0]?.slice(0, 2)).toEqual(['2026-10-27', '2026-11-02']);
  expect(days(`market=${germany}&from=2026-10-25&to=2026-10-25`)[0]?.slice(2)).toEqual([
    '2026-10-24T22:00:00.000Z',
    '2026-10-25T23:00:00.000Z',
  ]);
});

it('REP-6: all marketplaces are each in one part, and what is of none in the last', () => {
  const zones = reportZones(read(''), Date.UTC(2026, 10, 2));
  const ids = zones.flatMap(({ marketplaceIds }) => marketplaceIds ?? []);
  expect(new Set(ids).size).toBe(ids.length);
  expect(zones.map(({ marketplaceIds }) => marketplaceIds === null)).toEqual([
    ...zones.slice(1).map(() => false),
    true,
  ]);
});
