import { addDays, dayAt, minuteOfDay, minutesOf, nextTimeOfDay } from './local-time.ts';
import type { NoticeSettings } from './notice-settings.ts';
import type { ReportRhythm } from './notice.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** What happens within this time goes in one mail. */
export const gatherMs = minuteMs;
/** So many mails an hour to one address at most: what comes meanwhile is gathered. */
export const mostMailsAnHour = 12;
/** The digest is due at this time of day. */
const digestAt = minutesOf('08:00');

/** Minutes to wait after each try that failed; together a bit less than a day. */
const waits = [1, 5, 15, 60, 180, 360, 720];

/** When something may be sent: the shop's quiet hours and its IANA time zone. */
export interface SendingHours {
  readonly quiet: NoticeSettings['quiet'];
  readonly timeZone: string;
}

/** `at` (ms UTC), or the end of the quiet hours it falls into. */
export function afterQuiet(at: number, { quiet, timeZone }: SendingHours): number {
  if (quiet === null) return at;
  const [from, to, minute] = [minutesOf(quiet.from), minutesOf(quiet.to), minuteOfDay(at, timeZone)];
  const isQuiet = from < to ? from <= minute && minute < to : minute >= from || minute < to;
  return isQuiet ? nextTimeOfDay(at, to, timeZone) : at;
}

/**
 * When a new mail goes: after a minute in which more can join it; later where the address got enough in the last hour, and
 * after the quiet hours unless it is urgent. `recent`: when mails to the address were made (ms UTC), the oldest first.
 */
export function mailDueAt(
  now: number,
  urgent: boolean,
  recent: readonly number[],
  hours: SendingHours,
): number {
  const oldest = recent.filter((at) => at > now - hourMs).at(-mostMailsAnHour);
  const at = Math.max(now + gatherMs, oldest === undefined ? 0 : oldest + hourMs);
  return urgent ? at : afterQuiet(at, hours);
}

/** When to try again after so many tries that failed; null: it is given up. Times in ms UTC. */
export function tryAgainAt(
  now: number,
  attempts: number,
  urgent: boolean,
  hours: SendingHours,
): number | null {
  const wait = waits[attempts - 1];
  if (wait === undefined) return null;
  const at = now + wait * minuteMs;
  return urgent ? at : afterQuiet(at, hours);
}

/** When the next daily digest is due after `now` (ms UTC). */
export function nextDigestAt(now: number, timeZone: string): number {
  return nextTimeOfDay(now, digestAt, timeZone);
}

const isMonday = (day: string): boolean => new Date(`${day}T00:00:00Z`).getUTCDay() === 1;

/** When the next mail of the reports is due after `now` (ms UTC): on a Monday, or a first of the month; null: none is wanted. */
export function nextReportAt(now: number, rhythm: ReportRhythm, timeZone: string): number | null {
  if (rhythm === 'off') return null;
  const isIt = (day: string) => (rhythm === 'weekly' ? isMonday(day) : day.endsWith('-01'));
  let at = nextDigestAt(now, timeZone);
  while (!isIt(dayAt(at, timeZone))) at = nextDigestAt(at, timeZone);
  return at;
}

/** The days (`2026-11-22`) that such a mail tells of at `now` (ms UTC): the week from Monday to Sunday before, or the month before. */
export function reportMailDays(
  now: number,
  rhythm: Exclude<ReportRhythm, 'off'>,
  timeZone: string,
): { readonly from: string; readonly to: string } {
  const today = dayAt(now, timeZone);
  if (rhythm === 'monthly') {
    const to = addDays(`${today.slice(0, 8)}01`, -1);
    return { from: `${to.slice(0, 8)}01`, to };
  }
  let to = addDays(today, -1);
  while (!isMonday(addDays(to, 1))) to = addDays(to, -1);
  return { from: addDays(to, -6), to };
}
