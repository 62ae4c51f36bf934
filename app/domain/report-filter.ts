import { addDays, dayAt, startOfDay } from './local-time.ts';
import { marketplace, marketplaces } from './marketplaces.ts';

/** Which days a report tells of: so many up to today, or from a day to a day (`2026-11-01`), both of them included. */
export type ReportPeriod = { readonly days: number } | { readonly from: string; readonly to: string };

/** What a report is narrowed to. Days are those of each order's own marketplace. */
export interface ReportFilter {
  /** Null: all marketplaces. */
  readonly marketplaceId: string | null;
  readonly period: ReportPeriod;
}

/** How many days back a report goes, as it is offered. */
export const reportDays = [7, 30, 90] as const;
const usualDays = 30;
/** No report goes over more days than this. */
export const mostReportDays = 366;
const dayMs = 86_400_000;

/** Whether a text is a day of the calendar. */
function isDay(text: string | null): text is string {
  if (text === null || !/^20\d\d-\d\d-\d\d$/.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

/** Why two days are no period; null: they are one. */
export function wrongPeriod(from: string, to: string): 'no_day' | 'backwards' | 'too_long' | null {
  if (!isDay(from) || !isDay(to)) return 'no_day';
  if (from > to) return 'backwards';
  return (Date.parse(to) - Date.parse(from)) / dayMs >= mostReportDays ? 'too_long' : null;
}

/** Reads a report's address (`market`, `days`, or `from` and `to`); what is none is left out, and then 30 days are meant. */
export function readReportFilter(given: URLSearchParams): ReportFilter {
  const marketplaceId = marketplace(given.get('market'))?.id ?? null;
  const [from, to] = [given.get('from') ?? '', given.get('to') ?? ''];
  if (wrongPeriod(from, to) === null) return { marketplaceId, period: { from, to } };
  const days = reportDays.find((each) => String(each) === given.get('days')) ?? usualDays;
  return { marketplaceId, period: { days } };
}

/** The days of a report in one time zone, and the moments they begin and end (ms UTC, the end not included). */
export interface ZoneDays {
  readonly timeZone: string;
  /** Null: orders whose marketplace is not known, whose days are those of UTC. */
  readonly marketplaceIds: readonly string[] | null;
  readonly firstDay: string;
  readonly lastDay: string;
  readonly from: number;
  readonly until: number;
}

/** The days of a period by the calendar of a time zone. `now` in ms UTC. */
export function daysIn(
  period: ReportPeriod,
  timeZone: string,
  now: number,
): Omit<ZoneDays, 'marketplaceIds'> {
  const lastDay = 'days' in period ? dayAt(now, timeZone) : period.to;
  const firstDay = 'days' in period ? addDays(lastDay, 1 - period.days) : period.from;
  return {
    ...{ timeZone, firstDay, lastDay },
    from: startOfDay(firstDay, timeZone),
    until: startOfDay(addDays(lastDay, 1), timeZone),
  };
}

/** The time zone in which a marketplace counts its days; UTC where it is not known. */
export function zoneOf(marketplaceId: string | null): string {
  return marketplace(marketplaceId)?.timeZone ?? 'UTC';
}

/** What a report is made of, zone by zone: marketplaces that share a calendar together. `now` in ms UTC. */
export function reportZones({ marketplaceId, period }: ReportFilter, now: number): ZoneDays[] {
  if (marketplaceId !== null)
    return [{ ...daysIn(period, zoneOf(marketplaceId), now), marketplaceIds: [marketplaceId] }];
  const byZone = Map.groupBy(marketplaces, ({ id }) => zoneOf(id));
  const known = [...byZone].map(([timeZone, rows]) => ({
    ...daysIn(period, timeZone, now),
    marketplaceIds: rows.map(({ id }) => id),
  }));
  return [...known, { ...daysIn(period, 'UTC', now), marketplaceIds: null }];
}
