const dayMs = 86_400_000;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en', {
    timeZone,
    ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' },
    hourCycle: 'h23',
  });
  formats.set(timeZone, made);
  return made;
}

/** What a clock on the wall shows at `at` (ms UTC), to the minute, as if it were UTC (ms). */
function onTheWall(at: number, timeZone: string): number {
  const parts = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, +value]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute);
}

/** Minutes since midnight that a clock on the wall shows at `at` (ms UTC). */
export function minuteOfDay(at: number, timeZone: string): number {
  return (onTheWall(at, timeZone) % dayMs) / 60_000;
}

/** Minutes since midnight of `07:30`. */
export function minutesOf(timeOfDay: string): number {
  const [hours = 0, minutes = 0] = timeOfDay.split(':').map(Number);
  return hours * 60 + minutes;
}

/**
 * When the clock on the wall shows `wall` (as if it were UTC, ms): the first of two where the hour comes twice; where it is
 * left out, as much later as the clock jumps.
 */
function instantOf(wall: number, timeZone: string): number {
  const offset = (near: number) => onTheWall(near, timeZone) - Math.floor(near / 60_000) * 60_000;
  const before = wall - offset(wall - dayMs);
  const after = wall - offset(wall + dayMs);
  const [first] = [before, after].filter((at) => onTheWall(at, timeZone) === wall).sort((a, b) => a - b);
  return first ?? before;
}

/** The first moment after `after` (ms UTC) at which the clock on the wall shows so many minutes since midnight. */
export function nextTimeOfDay(after: number, minutes: number, timeZone: string): number {
  const midnight = Math.floor(onTheWall(after, timeZone) / dayMs) * dayMs;
  const days = [-1, 0, 1, 2].map((n) => instantOf(midnight + n * dayMs + minutes * 60_000, timeZone));
  return days.find((at) => at > after) ?? after + dayMs;
}

/** The day (`2026-11-22`) that a calendar on the wall shows at `at` (ms UTC). */
export function dayAt(at: number, timeZone: string): string {
  return new Date(onTheWall(at, timeZone)).toISOString().slice(0, 10);
}

/** The moment (ms UTC) at which a day (`2026-11-22`) begins. */
export function startOfDay(day: string, timeZone: string): number {
  return instantOf(Date.parse(`${day}T00:00:00Z`), timeZone);
}

/** The day so many days after a day; before it where `n` is negative. */
export function addDays(day: string, n: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + n * dayMs).toISOString().slice(0, 10);
}
