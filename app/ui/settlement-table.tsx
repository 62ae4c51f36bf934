import { useSearchParams } from '@remix-run/react';
import { Badge, Link } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { SettlementView } from '../sync/settlement-view.ts';
import { formatDay, formatSum } from './format.ts';
import { ReportTable, type ReportColumn } from './report-table.tsx';
import { proofText, proofTones } from './settlement-words.ts';
import { useStyle } from './style.ts';
import { changed } from './trail.ts';

/** The settlements, the newest first; each leads to its rows. */
export function SettlementTable({
  settlements,
  now,
}: {
  readonly settlements: readonly SettlementView[];
  readonly now: number;
}) {
  const { t, i18n } = useTranslation();
  const [query] = useSearchParams();
  const style = { ...useStyle(now), timeZone: 'UTC' };
  const title = (name: string) => t('reports.settlements.column', { name });
  const count = (n: number) => new Intl.NumberFormat(i18n.language).format(n);
  const number = (id: 'rows' | 'matched' | 'unmatched'): ReportColumn<SettlementView> => ({
    id,
    title: title(id),
    numeric: true,
    cell: (one) => count(one[id]),
  });
  const columns: ReportColumn<SettlementView>[] = [
    {
      id: 'settlement',
      title: title('settlement'),
      cell: ({ settlementId: id }) => <Link url={changed(query, 'settlement', id)}>{id}</Link>,
    },
    {
      id: 'period',
      title: title('period'),
      cell: ({ startsAt, endsAt }) =>
        startsAt === null || endsAt === null
          ? t('notKnown')
          : t('reports.period.range', { from: formatDay(startsAt, style), to: formatDay(endsAt, style) }),
    },
    {
      id: 'total',
      title: title('total'),
      numeric: true,
      cell: ({ total, currency }) =>
        total === null ? t('notKnown') : formatSum(total, currency, i18n.language),
    },
    number('rows'),
    number('matched'),
    number('unmatched'),
    {
      id: 'proof',
      title: title('proof'),
      cell: (one) => <Badge tone={proofTones[one.proof]}>{proofText(one, t, i18n.language)}</Badge>,
    },
  ];
  return (
    <ReportTable
      name={t('reports.tab.settlements')}
      columns={columns}
      rows={settlements}
      keyOf={({ settlementId }) => settlementId}
    />
  );
}
