import { useSearchParams } from '@remix-run/react';
import { Box, Card, InlineStack, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { OrderPlace } from '../db/order-stretches.ts';
import type { SavedView } from '../db/saved-views.ts';
import { countLimit } from '../domain/request-tab.ts';
import type { Unlisted } from '../sync/look-up.ts';
import { formatRelative } from './format.ts';
import { NoOrders } from './no-orders.tsx';
import { OrderFilters } from './order-filters.tsx';
import { OrderTable } from './order-table.tsx';
import type { OrderView } from './order-view.ts';
import { PagesOf } from './pages-of.tsx';
import { useStyle } from './style.ts';
import { ViewKeeping } from './view-keeping.tsx';
import { ViewTabs } from './view-tabs.tsx';

interface Props {
  readonly orders: readonly OrderView[];
  readonly next: OrderPlace | null;
  /** How many the list has, `countLimit` and one for more. */
  readonly total: number;
  readonly search: string;
  readonly states: readonly string[];
  readonly views: readonly SavedView[];
  readonly unlisted: Unlisted | null;
  readonly lastLook: number | null;
  readonly now: number;
  readonly loading: boolean;
  readonly bulk: Parameters<typeof OrderTable>[0]['bulk'];
}

/** The list of orders: views, search and filters, the rows and the way through the pages. */
export function OrderIndex(props: Props) {
  const { orders, next, total, search, states, views, unlisted, lastLook, now, loading, bulk } = props;
  const { t } = useTranslation();
  const [query] = useSearchParams();
  const style = useStyle(now);
  return (
    <Card padding="0">
      <ViewTabs views={views} />
      <Box padding="300">
        <OrderFilters search={search} states={states} now={now} />
        <ViewKeeping views={views} />
      </Box>
      <OrderTable
        key={query.toString()}
        orders={orders}
        now={now}
        loading={loading}
        empty={<NoOrders search={search} unlisted={unlisted} />}
        bulk={bulk}
      />
      <Box padding="300">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="p" variant="bodySm" tone="subdued">
            {t('orders.shown', {
              shown: orders.length,
              total: Math.min(total, countLimit),
              more: total > countLimit ? 'yes' : 'no',
              looked: lastLook === null ? '' : formatRelative(lastLook, style),
              looked_given: lastLook === null ? 'no' : 'yes',
            })}
          </Text>
          <PagesOf next={next} />
        </InlineStack>
      </Box>
    </Card>
  );
}
