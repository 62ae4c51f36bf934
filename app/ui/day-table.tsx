import { useSearchParams } from '@remix-run/react';
import { Badge, BlockStack, Link } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { DayView } from '../sync/ledger-view.ts';
import { spokenDay } from './day-cells.ts';
import { ledgerTones } from './ledger-words.ts';
import { reportUrl } from './report-pages.ts';
import { ReportTable, type ReportColumn } from './report-table.tsx';
import { useStyle } from './style.ts';

/** The days of the totals, Amazon beside Shopify; a day leads to its entries in the ledger. */
export function DayTable({ days, now }: { readonly days: readonly DayView[]; readonly now: number }) {
  const { t } = useTranslation();
  const [query] = useSearchParams();
  const style = useStyle(now);
  const entriesOf = ({ day, marketplaceId, currency, state }: DayView) => {
    const to = new URLSearchParams({ from: day, to: day, currency });
    if (marketplaceId !== '') to.set('market', marketplaceId);
    if (state !== 'in_step') to.set('state', state);
    return `${reportUrl('ledger')}?${to.toString()}`;
  };
  const text = (id: keyof ReturnType<typeof spokenDay>, numeric: boolean): ReportColumn<DayView> => ({
    id,
    title: t('reports.money.column', { name: id }),
    ...(numeric ? { numeric } : {}),
    cell: (day) => spokenDay(day, style)[id],
  });
  const columns: ReportColumn<DayView>[] = [
    {
      id: 'day',
      title: t('reports.money.column', { name: 'day' }),
      cell: (day) => <Link url={entriesOf(day)}>{spokenDay(day, style).day}</Link>,
    },
    ...(query.has('market') ? [] : [text('market', false)]),
    text('orders', true),
    text('sales', true),
    text('refunds', true),
    text('apart', true),
    {
      id: 'state',
      title: t('reports.money.column', { name: 'state' }),
      cell: ({ state }) => (
        <BlockStack inlineAlign="start">
          <Badge tone={ledgerTones[state]}>{t('reports.money.state', { state })}</Badge>
        </BlockStack>
      ),
    },
  ];
  return (
    <ReportTable
      name={t('reports.consistency.days')}
      columns={columns}
      rows={days}
      keyOf={({ day, marketplaceId, currency }) => `${day} ${marketplaceId} ${currency}`}
    />
  );
}
