import { useNavigate, useSearchParams } from '@remix-run/react';
import { Badge, BlockStack, Card, Link, Tabs, Text } from '@shopify/polaris';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListedCancel } from '../db/cancels.ts';
import type { ListPlace } from '../db/order-list.ts';
import { verdicts, type Verdict } from '../domain/cancellation-rate.ts';
import { marketplaceName } from '../domain/marketplaces.ts';
import { zoneOf } from '../domain/report-filter.ts';
import { cancelWords, leavesAt } from './cancel-words.ts';
import { formatDay } from './format.ts';
import { orderPageUrl } from './order-url.ts';
import { PagesOf } from './pages-of.tsx';
import { ReportTable, type ReportColumn } from './report-table.tsx';
import { useStyle } from './style.ts';
import { changed } from './trail.ts';

const tones = { counted: 'warning', notCounted: 'success', notKnown: 'attention' } as const;
const tabs = [null, ...verdicts] as const;

interface Props {
  readonly cancels: readonly ListedCancel[];
  readonly counts: Readonly<Record<Verdict, number>>;
  readonly next: ListPlace | null;
  readonly now: number;
}

function useColumns(now: number): ReportColumn<ListedCancel>[] {
  const { t } = useTranslation();
  const style = useStyle(now);
  const day = (at: number, marketplaceId: string) =>
    formatDay(at, { ...style, timeZone: zoneOf(marketplaceId) });
  const leaves = (one: ListedCancel) => {
    const at = leavesAt(one);
    if (at === null) return t('reports.rate.stays');
    return t('reports.rate.leavesAt', { date: day(at, one.marketplaceId), over: at <= now ? 'yes' : 'no' });
  };
  const column = (
    id: string,
    cell: (one: ListedCancel) => ReactNode,
    title = t(`reports.rate.column.${id}`),
  ) => ({ id, title, cell });
  return [
    column(
      'order',
      ({ amazonOrderId: id }) => <Link url={orderPageUrl(id)}>{id}</Link>,
      t('orders.column.amazonOrder'),
    ),
    column('market', ({ marketplaceId }) => marketplaceName(marketplaceId), t('requests.filter.market')),
    column('made', ({ createdAt, marketplaceId }) => day(createdAt, marketplaceId)),
    column('by', (one) => cancelWords(one, t).by),
    column('reason', (one) => cancelWords(one, t).reason),
    column('counts', (one) => <Badge tone={tones[one.verdict]}>{cancelWords(one, t).counts}</Badge>),
    column('why', (one) => cancelWords(one, t).why),
    column('leaves', leaves),
  ];
}

/** The cancelled orders of the chosen days, each with whether and why it counts in the rate (REP-4). */
export function CancelList({ cancels, counts, next, now }: Props) {
  const { t } = useTranslation();
  const [query] = useSearchParams();
  const navigate = useNavigate();
  const columns = useColumns(now);
  const all = counts.counted + counts.notCounted + counts.notKnown;
  const at = tabs.findIndex((tab) => tab === query.get('tab'));
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t('reports.rate.cancels')}
        </Text>
        <div className="report-controls">
          <Tabs
            tabs={tabs.map((tab) => ({
              id: `verdict-${tab ?? 'all'}`,
              content: t('reports.rate.tab', { verdict: tab ?? 'all', n: tab === null ? all : counts[tab] }),
              panelID: 'cancels',
            }))}
            selected={Math.max(0, at)}
            onSelect={(place) => {
              navigate(changed(query, 'tab', tabs[place] ?? ''));
            }}
          />
        </div>
        <div id="cancels">
          {cancels.length === 0 ? (
            <Text as="p" tone="subdued">
              {t('reports.rate.noCancels')}
            </Text>
          ) : (
            <ReportTable
              name={t('reports.rate.cancels')}
              columns={columns}
              rows={cancels}
              keyOf={({ amazonOrderId }) => amazonOrderId}
            />
          )}
        </div>
        <PagesOf next={next} />
      </BlockStack>
    </Card>
  );
}
