import { BlockStack, Card, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { Clocks } from './clocks-cell.tsx';
import { Reason } from './reason.tsx';
import { AskedFor, RequestState } from './request-cells.tsx';
import type { RequestView } from './request-view.ts';
import { RequestWord } from './request-word.tsx';

/** Until when something has to be done for an order, and what its buyer asked for. */
export function OrderRequestCard({ request, now }: { readonly request: RequestView; readonly now: number }) {
  const { t } = useTranslation();
  const { asked, order } = request;
  return (
    <BlockStack gap="400">
      <Card>
        <BlockStack gap="200">
          <Text as="h2" variant="headingMd">
            {t('order.clocks')}
          </Text>
          <Clocks request={{ ...request, asked: asked?.closedAt === null ? asked : null }} now={now} />
        </BlockStack>
      </Card>
      <Card>
        <BlockStack gap="200">
          <Text as="h2" variant="headingMd">
            {t('order.request')}
          </Text>
          {asked ? (
            <>
              <AskedFor request={request} now={now} />
              <Reason words={asked.words} category={asked.category} />
              <RequestState request={request} now={now} isNew={false} />
            </>
          ) : (
            <RequestWord word={order.request} />
          )}
        </BlockStack>
      </Card>
    </BlockStack>
  );
}
