import { useNavigate, useSearchParams } from '@remix-run/react';
import {
  Box,
  Button,
  Card,
  EmptySearchResult,
  EmptyState,
  InlineStack,
  Pagination,
  Tabs,
  Text,
} from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { ListPlace } from '../db/order-list.ts';
import { requestTabs, type RequestTab } from '../domain/request-tab.ts';
import type { Blind } from './blind.ts';
import type { Bulk } from './bulk.ts';
import { formatRelative } from './format.ts';
import { RequestFilters } from './request-filters.tsx';
import { RequestTable } from './request-table.tsx';
import type { RequestView } from './request-view.ts';
import { useStyle } from './style.ts';
import { back, changed, forward } from './trail.ts';
import type { useNews } from './use-news.ts';

interface Props {
  readonly tab: RequestTab;
  readonly search: string;
  readonly next: ListPlace | null;
  readonly blind: Blind | null;
  readonly lastLook: number | null;
  readonly now: number;
  readonly loading: boolean;
  readonly news: ReturnType<typeof useNews<RequestView>>;
  /** How many a tab has, as text. */
  readonly counted: (tab: RequestTab) => string;
  readonly onLook: (ids: readonly string[]) => void;
  readonly onBulk: (what: Bulk, orders: readonly string[]) => void;
}

function Nothing({ tab, blind, lastLook, now }: Pick<Props, 'tab' | 'blind' | 'lastLook' | 'now'>) {
  const { t } = useTranslation();
  const style = useStyle(now);
  const [query] = useSearchParams();
  const filtered = ['q', 'market', 'reason', 'lines'].some((name) => query.get(name));
  if (filtered) return <EmptySearchResult title={t('requests.noMatch')} />;
  // An empty list that nobody could have filled is no good news: the banner above says so.
  if (blind) return <EmptySearchResult title={t('requests.empty.other')} />;
  if (tab !== 'open') {
    return (
      <EmptySearchResult title={t('requests.empty.other')} description={t('requests.empty.otherText')} />
    );
  }
  return (
    <EmptyState heading={t('requests.empty.title')} image="/icon.svg">
      <p>{t('requests.empty.text')}</p>
      {lastLook !== null && <p>{t('requests.empty.looked', { when: formatRelative(lastLook, style) })}</p>}
    </EmptyState>
  );
}

/** The inbox: what is new, its tabs, filters, the rows and the way through the pages. */
export function RequestInbox({
  tab,
  search,
  next,
  blind,
  lastLook,
  now,
  loading,
  news,
  counted,
  onLook,
  onBulk,
}: Props) {
  const { t } = useTranslation();
  const [query] = useSearchParams();
  const navigate = useNavigate();
  const style = useStyle(now);
  const { shown, waiting, fresh, show } = news;
  const letIn = () => {
    show();
    if (tab !== 'open' || query.has('after')) navigate('?');
  };
  return (
    <>
      <div style={{ minHeight: '1.5rem' }} role="status">
        {waiting > 0 && (
          <Button variant="plain" onClick={letIn}>
            {t('requests.news', { n: waiting })}
          </Button>
        )}
      </div>
      <Card padding="0">
        <Tabs
          tabs={requestTabs.map((id) => ({
            id,
            content: t(`requests.tab.${id}`),
            ...(id === 'closed' ? {} : { badge: counted(id) }),
          }))}
          selected={requestTabs.indexOf(tab)}
          onSelect={(place) => {
            navigate(changed(query, 'tab', requestTabs[place] ?? 'open'));
          }}
        />
        <Box padding="300">
          <RequestFilters search={search} known={tab !== 'unknown'} />
        </Box>
        <RequestTable
          key={query.toString()}
          requests={shown}
          fresh={fresh}
          now={now}
          loading={loading}
          empty={<Nothing tab={tab} blind={blind} lastLook={lastLook} now={now} />}
          onLook={onLook}
          onBulk={onBulk}
        />
        <Box padding="300">
          <InlineStack align="space-between" blockAlign="center" gap="200">
            <Text as="p" variant="bodySm" tone="subdued">
              {t('requests.shown', {
                n: shown.length,
                orders: tab === 'unknown' ? 'yes' : 'no',
                order: tab === 'too_late' || tab === 'closed' ? 'newest' : 'soonest',
                looked: lastLook === null ? '' : formatRelative(lastLook, style),
                looked_given: lastLook === null ? 'no' : 'yes',
              })}
            </Text>
            <Pagination
              hasPrevious={query.has('after')}
              previousTooltip={t('requests.previous')}
              onPrevious={() => {
                navigate(back(query));
              }}
              hasNext={next !== null}
              nextTooltip={t('requests.next')}
              onNext={() => {
                if (next) navigate(forward(query, next));
              }}
            />
          </InlineStack>
        </Box>
      </Card>
    </>
  );
}
