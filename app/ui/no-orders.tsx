import { useFetcher, useSearchParams } from '@remix-run/react';
import { BlockStack, Button, EmptySearchResult, EmptyState, InlineStack, Text } from '@shopify/polaris';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { action } from '../routes/app.orders._index.tsx';
import type { Unlisted } from '../sync/look-up.ts';
import { listQuery } from './trail.ts';
import { useSoon } from './use-soon.ts';

/** An Amazon id that nobody knows here can be looked up; Amazon's answer is told in its own words. */
function LookUp({ unlisted }: { readonly unlisted: Unlisted }) {
  const { t } = useTranslation();
  const fetcher = useFetcher<typeof action>();
  const lookSoon = useSoon();
  const { id, sellers, asked, why } = unlisted;
  const sent = fetcher.data;
  useEffect(() => {
    if (sent) lookSoon();
  }, [sent, lookSoon]);
  return (
    <BlockStack gap="300" inlineAlign="center">
      <div role="status">
        {asked && <Text as="p">{t('orders.lookUp.asked', { id })}</Text>}
        {why !== null && (
          <Text as="p" breakWord>
            {t('orders.lookUp.answer', { why })}
          </Text>
        )}
      </div>
      <Text as="p" tone="subdued">
        {t('orders.lookUp.does')}
      </Text>
      <InlineStack gap="200" align="center">
        {sellers.map((seller) => (
          <Button
            key={seller}
            loading={fetcher.state !== 'idle'}
            disabled={asked}
            onClick={() => {
              fetcher.submit(
                { intent: 'look_up', id, seller },
                { method: 'post', encType: 'application/json' },
              );
            }}
          >
            {t(sellers.length > 1 ? 'orders.lookUp.with' : 'orders.lookUp.one', { id, seller })}
          </Button>
        ))}
      </InlineStack>
    </BlockStack>
  );
}

/** What stands in place of the orders where there are none. */
export function NoOrders({
  search,
  unlisted,
}: {
  readonly search: string;
  readonly unlisted: Unlisted | null;
}) {
  const { t } = useTranslation();
  const [query] = useSearchParams();
  if (listQuery(query) === '')
    return (
      <EmptyState heading={t('orders.empty.title')} image="/icon.svg">
        <p>{t('orders.empty.text')}</p>
      </EmptyState>
    );
  return (
    <BlockStack gap="400">
      <EmptySearchResult
        title={t('orders.noMatch.title')}
        description={t('orders.noMatch.text', { search, search_given: search === '' ? 'no' : 'yes' })}
      />
      {unlisted && <LookUp unlisted={unlisted} />}
    </BlockStack>
  );
}
