import { describe, expect, it } from 'vitest';
import { nextTimeOfDay } from './local-time.ts';
import {
  afterQuiet,
  gatherMs,
  mailDueAt,
  mostMailsAnHour,
  nextDigestAt,
  nextReportAt,
  reportMailDays,
  tryAgainAt,
} from './notice-timing.ts';

const at = (text: string) => Date.parse(text);
const iso = (ms: number) => new Date(ms).toISOString();
const minute = 60_000;
const hour = 60 * minute;
const open = { quiet: null, timeZone: 'UTC' };

describe('REQ-11: quiet hours', () => {
  it.each([
    // over midnight
    ['22:00', '07:00', 'Europe/Bucharest', '2026-11-22T20:00:00Z', '2026-11-23T05:00:00.000Z'],
    ['22:00', '07:00', 'Europe/Bucharest', '2026-11-23T04:59:59Z', '2026-11-23T05:00:00.000Z'],
    ['22:00', '07:00', 'Europe/Bucharest', '2026-11-23T05:00:00Z', '2026-11-23T05:00:00.000Z'],
    ['22:00', '07:00', 'Europe/Bucharest', '2026-11-22T19:59:59Z', '2026-11-22T19:59:59.000Z'],
    // within a day
    ['12:00', '13:30', 'Asia/Kolkata', '2026-11-22T06:30:00Z', '2026-11-22T08:00:00.000Z'],
    ['12:00', '13:30', 'Asia/Kolkata', '2026-11-22T08:00:00Z', '2026-11-22T08:00:00.000Z'],
    // the night the clock goes forward, and the one it goes back
    ['22:00', '07:00', 'Europe/Berlin', '2026-03-28T23:00:00Z', '2026-03-29T05:00:00.000Z'],
    ['22:00', '07:00', 'Europe/Berlin', '2026-10-24T22:00:00Z', '2026-10-25T06:00:00.000Z'],
    // an end that the night leaves out is as much later as the clock jumps; one that comes twice is the first
    ['22:00', '02:30', 'Europe/Berlin', '2026-03-29T00:10:00Z', '2026-03-29T01:30:00.000Z'],
    ['22:00', '02:30', 'Europe/Berlin', '2026-10-25T00:10:00Z', '2026-10-25T00:30:00.000Z'],
  ])('from %s to %s in %s, at %s: sent at %s', (from, to, timeZone, now, sent) => {
    expect(iso(afterQuiet(at(now), { quiet: { from, to }, timeZone }))).toBe(sent);
  });

  it('without them nothing waits', () => {
    expect(afterQuiet(at('2026-11-22T03:00:00Z'), open)).toBe(at('2026-11-22T03:00:00Z'));
  });
});

describe('REQ-11: the digest', () => {
  it.each([
    ['UTC', '2026-11-22T07:59:59Z', '2026-11-22T08:00:00.000Z'],
    ['UTC', '2026-11-22T08:00:00Z', '2026-11-23T08:00:00.000Z'],
    ['America/Los_Angeles', '2026-11-22T02:00:00Z', '2026-11-22T16:00:00.000Z'],
    ['Pacific/Auckland', '2026-11-22T02:00:00Z', '2026-11-22T19:00:00.000Z'],
    ['Asia/Kathmandu', '2026-11-22T02:00:00Z', '2026-11-22T02:15:00.000Z'],
    ['Europe/Berlin', '2026-03-28T07:00:00Z', '2026-03-29T06:00:00.000Z'],
    ['Europe/Berlin', '2026-10-24T06:00:00Z', '2026-10-25T07:00:00.000Z'],
  ])('is due at 08:00 in %s; after %s at %s', (timeZone, now, due) => {
    expect(iso(nextDigestAt(at(now), timeZone))).toBe(due);
  });

  it.each(['UTC', 'Europe/London', 'America/New_York', 'Australia/Lord_Howe', 'Africa/Casablanca'])(
    'comes once each day of a year in %s, at 08:00',
    (timeZone) => {
      const shown = new Intl.DateTimeFormat('en-GB', { timeZone, timeStyle: 'short', dateStyle: 'short' });
      let due = at('2026-01-01T00:00:00Z');
      const days = new Set<string>();
      for (let n = 0; n < 365; n += 1) {
        due = nextDigestAt(due, timeZone);
        const [day = '', time] = shown.format(due).split(', ');
        expect(time).toBe('08:00');
        days.add(day);
      }
      expect(days.size).toBe(365);
    },
  );

  it('a time of day that a night leaves out comes on that day all the same', () => {
    const after = at('2026-03-28T02:00:00Z');
    expect(iso(nextTimeOfDay(after, 150, 'Europe/Berlin'))).toBe('2026-03-29T01:30:00.000Z');
  });
});

describe('REQ-11: mails are gathered', () => {
  const now = at('2026-11-22T12:00:00Z');
  const every = (ms: number, count: number) =>
    Array.from({ length: count }, (_, n) => now - (count - n) * ms);

  it('a minute where the address got few', () => {
    expect(mailDueAt(now, false, every(minute, mostMailsAnHour - 1), open)).toBe(now + gatherMs);
    expect(mailDueAt(now, false, every(6 * minute, 100), open)).toBe(now + gatherMs);
  });

  it('until the oldest of the last twelve is an hour old where it got many', () => {
    expect(mailDueAt(now, true, every(minute, mostMailsAnHour), open)).toBe(now + hour - 12 * minute);
    expect(mailDueAt(now, true, every(minute, 40), open)).toBe(now + hour - 12 * minute);
  });

  it('what is urgent does not wait for the end of quiet hours', () => {
    const quiet = { quiet: { from: '11:00', to: '18:00' }, timeZone: 'UTC' };
    expect(mailDueAt(now, true, [], quiet)).toBe(now + gatherMs);
    expect(iso(mailDueAt(now, false, [], quiet))).toBe('2026-11-22T18:00:00.000Z');
  });
});

describe('REP-6: when the reports are mailed, and of which days they tell', () => {
  // A Sunday.
  const now = at('2026-11-22T12:00:00Z');

  it.each([
    ['weekly', 'UTC', now, '2026-11-23T08:00:00.000Z', '2026-11-09', '2026-11-15'],
    ['weekly', 'America/New_York', now, '2026-11-23T13:00:00.000Z', '2026-11-09', '2026-11-15'],
    ['weekly', 'UTC', at('2026-11-23T08:00:00Z'), '2026-11-30T08:00:00.000Z', '2026-11-16', '2026-11-22'],
    ['monthly', 'UTC', now, '2026-12-01T08:00:00.000Z', '2026-10-01', '2026-10-31'],
    [
      'monthly',
      'Asia/Tokyo',
      at('2027-02-28T23:00:00Z'),
      '2027-03-31T23:00:00.000Z',
      '2027-02-01',
      '2027-02-28',
    ],
  ] as const)('%s in %s', (rhythm, zone, from, next, first, last) => {
    expect(iso(nextReportAt(from, rhythm, zone) ?? 0)).toBe(next);
    expect(reportMailDays(from, rhythm, zone)).toEqual({ from: first, to: last });
  });

  it('never, where none are wanted', () => {
    expect(nextReportAt(now, 'off', 'UTC')).toBeNull();
  });
});

describe('REQ-11: what fails is tried again', () => {
  const now = at('2026-11-22T12:00:00Z');

  it('with growing waits of nearly a day together, then given up', () => {
    const waits: number[] = [];
    for (
      let n = 1, next = tryAgainAt(now, n, true, open);
      next !== null;
      next = tryAgainAt(now, ++n, true, open)
    )
      waits.push(next - now);
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
    const total = waits.reduce((sum, wait) => sum + wait, 0);
    expect(total).toBeGreaterThan(20 * hour);
    expect(total).toBeLessThan(24 * hour);
  });

  it('not in quiet hours, unless urgent', () => {
    const quiet = { quiet: { from: '12:00', to: '18:00' }, timeZone: 'UTC' };
    expect(iso(tryAgainAt(now, 1, false, quiet) ?? 0)).toBe('2026-11-22T18:00:00.000Z');
    expect(tryAgainAt(now, 1, true, quiet)).toBe(now + minute);
  });
});
