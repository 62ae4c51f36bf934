import type { TFunction } from 'i18next';
import { marketplaceName } from '../domain/marketplaces.ts';
import type { CourseReport } from '../sync/rate-report.ts';
import type { Cells, Figures } from './cells.ts';

/** The course of a marketplace's rate, a day a row; the days ahead say that they are. */
export function courseCells(
  { marketplaceId, history, forecast }: CourseReport,
  t: TFunction,
  figures: Figures,
): Cells {
  const days = [
    ...history.map((one) => ({ ...one, ahead: 'no' })),
    ...forecast.map((one) => ({ ...one, ahead: 'yes' })),
  ];
  return {
    name: t('reports.rate.course.title', { storefront: marketplaceName(marketplaceId) }),
    columns: [
      { id: 'day', title: t('reports.rate.course.day') },
      { id: 'rate', title: t('reports.rate.course.rate'), numeric: true },
    ],
    rows: days.map(({ day, percent, ahead }) => ({
      id: day,
      cells: [
        t('reports.rate.course.dayOf', { day: figures.day(day), ahead }),
        percent === null ? t('reports.rate.course.none') : figures.percent(percent),
      ],
    })),
  };
}
