import { useTranslation } from 'react-i18next';
import { marketplaceName } from '../domain/marketplaces.ts';
import type { CourseReport } from '../sync/rate-report.ts';
import { spokenFigures } from './cells.ts';
import { ChartCard } from './chart-card.tsx';
import { courseCells } from './course-cells.ts';
import { formatPercent } from './format.ts';

/** What the chart says, in one sentence. */
function useSummary({ history, forecast, limitPercent }: CourseReport): string {
  const { t, i18n } = useTranslation();
  const known = history.flatMap(({ percent }) => percent ?? []);
  const say = (value: number | null | undefined) =>
    value == null ? t('notKnown') : formatPercent(value, i18n.language);
  if (known.length === 0) return t('reports.rate.course.nothing');
  const ahead = forecast.at(-1)?.percent ?? null;
  return t('reports.rate.course.summary', {
    low: say(Math.min(...known)),
    high: say(Math.max(...known)),
    now: say(history.at(-1)?.percent),
    limit: limitPercent,
    days: forecast.length,
    ahead: say(ahead),
    known: ahead === null ? 'no' : 'yes',
  });
}

/** The last 30 days of a marketplace's rate beside its limit, and the next 7 as they will be if nothing more is cancelled. */
export function RateCourseCard({ course }: { readonly course: CourseReport }) {
  const { t, i18n } = useTranslation();
  const { history, forecast, limitPercent, marketplaceId } = course;
  const summary = useSummary(course);
  const figures = spokenFigures(t, i18n.language);
  const days = [
    ...history.map((one) => ({ ...one, ahead: false })),
    ...forecast.map((one) => ({ ...one, ahead: true })),
  ];
  const today = history.at(-1)?.day;
  return (
    <ChartCard
      title={t('reports.rate.course.title', { storefront: marketplaceName(marketplaceId) })}
      summary={summary}
      chart={{
        kind: 'line',
        points: days.map(({ day, percent: value, ahead }) => ({
          name: figures.day(day),
          rate: ahead ? null : value,
          forecast: forecast.length > 0 && (ahead || day === today) ? value : null,
        })),
        lines: [
          { key: 'rate', name: t('reports.rate.course.rate') },
          { key: 'forecast', name: t('reports.rate.course.forecast'), dotted: true },
        ],
        limit: { value: limitPercent, name: t('rate.limit', { limit: limitPercent }) },
        say: figures.percent,
      }}
      table={courseCells(course, t, figures)}
      file={{ page: 'cancellation-rate', table: 'course' }}
    />
  );
}
