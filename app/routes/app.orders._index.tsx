import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useNavigate, useNavigation, useSearchParams } from '@remix-run/react';
import {
  BlockStack,
  Box,
  Card,
  EmptySearchResult,
  InlineGrid,
  InlineStack,
  Page,
  Pagination,
  Text,
} from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { listOrders } from '../db/order-list.ts';
import { shopDomain } from '../domain/ids.ts';
import { requestWords } from '../domain/request-tab.ts';
import { now } from '../lib/clock.ts';
import { db } from '../services.server.ts';
import { authenticateAdmin } from '../shopify.server.ts';
import { FilterChoice } from '../ui/filter-choice.tsx';
import { OrderTable } from '../ui/order-table.tsx';
import { orderView } from '../ui/order-view.ts';
import { SearchForm } from '../ui/search-form.tsx';
import { back, forward, readPlace } from '../ui/trail.ts';
import { useLive } from '../ui/use-live.ts';

const perPage = 50;

export const loader = async ({ request }: LoaderFunctionArgs) => {
  const { session } = await authenticateAdmin(request);
  const query = new URL(request.url).searchParams;
  const search = query.get('q')?.trim() ?? '';
  const after = readPlace(query.getAll('after').at(-1));
  const asked = requestWords.find((word) => word === query.get('request'));
  const shop = shopDomain(session.shop);
  const { rows, next } = await db.forShop(shop, (tx) =>
    listOrders(tx, shop, { limit: perPage, after, search: search || undefined, request: asked }),
  );
  return { orders: rows.map(orderView), next, search, filtered: search !== '' || asked, now: now() };
};

export default function Orders() {
  const { orders, next, search, filtered, now: at } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const [query] = useSearchParams();
  const navigate = useNavigate();
  const loading = useNavigation().state === 'loading';
  useLive();
  const empty = filtered ? (
    <EmptySearchResult title={t('orders.noMatch.title')} description={t('orders.noMatch.text', { search })} />
  ) : (
    <EmptySearchResult title={t('orders.empty.title')} description={t('orders.empty.text')} />
  );
  return (
    <Page title={t('orders.title')} fullWidth backAction={{ content: t('nav.home'), url: '/app' }}>
      <BlockStack gap="400">
        <Card padding="0">
          <Box padding="300">
            <InlineGrid columns={{ xs: 1, md: '3fr 1fr' }} gap="200">
              <SearchForm key={search} value={search} />
              <FilterChoice
                name="request"
                label={t('orders.request.label')}
                any={t('orders.request.any')}
                options={requestWords.map((word) => ({ value: word, label: t(`requestWord.${word}`) }))}
              />
            </InlineGrid>
          </Box>
          <OrderTable orders={orders} now={at} loading={loading} empty={empty} />
          <Box padding="300">
            <InlineStack align="space-between" blockAlign="center" gap="200">
              <Text as="p" variant="bodySm" tone="subdued">
                {t('orders.shown', { shown: orders.length })}
              </Text>
              <Pagination
                hasPrevious={query.has('after')}
                previousTooltip={t('orders.newer')}
                onPrevious={() => {
                  navigate(back(query));
                }}
                hasNext={next !== null}
                nextTooltip={t('orders.older')}
                onNext={() => {
                  if (next) navigate(forward(query, next));
                }}
              />
            </InlineStack>
          </Box>
        </Card>
        <Text as="p" variant="bodySm" tone="subdued" alignment="center">
          {t('orders.privacy')}
        </Text>
      </BlockStack>
    </Page>
  );
}

export { AppError as ErrorBoundary } from '../ui/page-error.tsx';
