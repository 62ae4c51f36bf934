import type { TFunction } from 'i18next';
import { cancellers } from '../domain/cancellation-rate.ts';
import { marketplaceName } from '../domain/marketplaces.ts';
import { shareOf, type ReasonGroup, type ReasonGrouping } from '../domain/reason-group.ts';
import type { ReasonsReport } from '../sync/reasons-report.ts';
import type { Cells, Figures } from './cells.ts';

/** Why buyers ask to cancel. */
export function whyCells({ reasons }: ReasonsReport, t: TFunction, figures: Figures): Cells {
  return {
    name: t('reports.reasons.whyTitle'),
    columns: [
      { id: 'reason', title: t('requests.filter.reason') },
      { id: 'count', title: t('reports.count'), numeric: true },
    ],
    rows: reasons.map(({ category, n }) => ({
      id: category,
      cells: [t(`requests.reason.${category}`), figures.count(n)],
    })),
  };
}

/** Who cancelled. */
export function whoCells({ cancellers: counts }: ReasonsReport, t: TFunction, figures: Figures): Cells {
  return {
    name: t('reports.reasons.whoTitle'),
    columns: [
      { id: 'who', title: t('reports.rate.column.by') },
      { id: 'count', title: t('reports.count'), numeric: true },
    ],
    rows: cancellers.map((who) => ({
      id: who,
      cells: [t('reports.canceller', { who }), figures.count(counts[who])],
    })),
  };
}

/** How fast requests are answered, by marketplace. */
export function timeCells({ times }: ReasonsReport, t: TFunction, figures: Figures): Cells {
  const length = (ms: number | null) => (ms === null ? t('reports.reasons.notYet') : figures.length(ms));
  const spans = ['toDecision', 'toOutcome', 'whole'] as const;
  return {
    name: t('reports.reasons.timesTitle'),
    columns: [
      { id: 'market', title: t('requests.filter.market') },
      { id: 'asked', title: t('reports.reasons.column.asked'), numeric: true },
      ...spans.map((id) => ({
        id,
        title: figures.lengths(t(`reports.reasons.column.${id}`)),
        numeric: true,
      })),
    ],
    rows: times.map((one) => ({
      id: one.marketplaceId,
      cells: [
        marketplaceName(one.marketplaceId),
        figures.count(one.asked),
        ...spans.map((span) => length(one[span])),
      ],
    })),
  };
}

function keyTitle(by: ReasonGrouping, t: TFunction): string {
  return by === 'market' ? t('requests.filter.market') : t(`reports.reasons.column.${by}`);
}

/** What a group is called. */
function groupName(by: ReasonGrouping, key: string, figures: Figures): string {
  if (by === 'market') return marketplaceName(key);
  return by === 'week' ? figures.day(key) : key;
}

/** Requests by SKU, marketplace or week. */
export function groupCells(
  groups: readonly ReasonGroup[],
  by: ReasonGrouping,
  t: TFunction,
  figures: Figures,
): Cells {
  const share = (group: ReasonGroup) => {
    const percent = shareOf(group);
    return percent === null ? t('reports.reasons.few') : figures.percent(percent);
  };
  const own = by === 'market' ? [] : [{ id: 'market', title: t('requests.filter.market') }];
  return {
    name: t(`reports.reasons.by.${by}`),
    columns: [
      { id: 'key', title: keyTitle(by, t) },
      { id: 'orders', title: t('reports.reasons.column.orders'), numeric: true },
      { id: 'asked', title: t('reports.reasons.column.asked'), numeric: true },
      { id: 'share', title: t('reports.reasons.column.share'), numeric: true },
      { id: 'top', title: t('reports.reasons.column.top') },
      ...own,
      { id: 'median', title: figures.lengths(t('reports.reasons.column.median')), numeric: true },
    ],
    rows: groups.map((group) => ({
      id: group.key,
      cells: [
        groupName(by, group.key, figures),
        figures.count(group.orders),
        figures.count(group.asked),
        share(group),
        group.top === null ? t('reports.reasons.noRequest') : t(`requests.reason.${group.top}`),
        ...(by === 'market'
          ? []
          : [
              group.marketplaceId === null
                ? t('reports.reasons.several')
                : marketplaceName(group.marketplaceId),
            ]),
        group.medianMs === null ? t('reports.reasons.notYet') : figures.length(group.medianMs),
      ],
    })),
  };
}
