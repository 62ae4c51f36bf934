import type { TFunction } from 'i18next';
import { marketplaceName } from '../domain/marketplaces.ts';
import { daysIn, zoneOf, type ReportFilter, type ReportPeriod } from '../domain/report-filter.ts';
import { formatDay, formatMoment, type Style } from './format.ts';

/** `Nov 1, 2026 to Nov 21, 2026`: the days of a period by a time zone's calendar. */
export function sayDays(period: ReportPeriod, timeZone: string, t: TFunction, style: Style): string {
  const { firstDay, lastDay } = daysIn(period, timeZone, style.now);
  const day = (each: string) => formatDay(Date.parse(`${each}T00:00:00Z`), { ...style, timeZone: 'UTC' });
  return t('reports.period.range', { from: day(firstDay), to: day(lastDay) });
}

/** What a report was narrowed to and when it was made, in one line: it stands under the title and first in every export. */
export function sayFilter({ marketplaceId, period }: ReportFilter, t: TFunction, style: Style): string {
  if (marketplaceId === null) {
    const days =
      'days' in period
        ? t('reports.period.days', { n: period.days })
        : sayDays(period, style.timeZone, t, style);
    return t('reports.line.all', { days, time: formatMoment(style.now, style) });
  }
  const timeZone = zoneOf(marketplaceId);
  return t('reports.line.one', {
    market: marketplaceName(marketplaceId),
    days: sayDays(period, timeZone, t, style),
    zone: timeZone,
    time: formatMoment(style.now, { ...style, timeZone }),
  });
}
