import { useNavigate, useSearchParams } from '@remix-run/react';
import { BlockStack, Button, Card, InlineGrid, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { ledgerStates, type LedgerState } from '../domain/ledger-entry.ts';
import { reportUrl } from './report-pages.ts';
import { changed } from './trail.ts';

/** How many orders are in each state; each leads to the ledger's entries of that state. */
export function StateCounts({ orders }: { readonly orders: Readonly<Record<LedgerState, number>> }) {
  const { t, i18n } = useTranslation();
  const [query] = useSearchParams();
  const navigate = useNavigate();
  return (
    <InlineGrid columns={{ xs: 2, md: 4 }} gap="400">
      {ledgerStates.toReversed().map((state) => (
        <Card key={state}>
          <BlockStack gap="100" inlineAlign="start">
            <Text as="p" tone="subdued">
              {t('reports.money.state', { state })}
            </Text>
            <Text as="p" variant="headingLg">
              {new Intl.NumberFormat(i18n.language).format(orders[state])}
            </Text>
            <Button
              variant="plain"
              disabled={orders[state] === 0}
              accessibilityLabel={t('reports.money.showState', { state })}
              onClick={() => {
                navigate(`${reportUrl('ledger')}${changed(query, 'state', state)}`);
              }}
            >
              {t('reports.money.show')}
            </Button>
          </BlockStack>
        </Card>
      ))}
    </InlineGrid>
  );
}
