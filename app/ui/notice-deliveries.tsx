import { Badge, BlockStack, InlineStack, List, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { Moment } from './moment.tsx';
import type { useNotices } from './use-notices.ts';

const tones = { sent: 'success', failed: 'critical' } as const;

/** The last mails and webhooks with their answer; nothing until they are known. */
export function NoticeDeliveries({ notices }: { readonly notices: ReturnType<typeof useNotices> }) {
  const { t } = useTranslation();
  const { deliveries, now } = notices;
  if (deliveries === null) return null;
  return (
    <BlockStack gap="200">
      <Text as="h3" variant="headingSm">
        {t('notices.last')}
      </Text>
      {deliveries.length === 0 && (
        <Text as="p" tone="subdued">
          {t('notices.none')}
        </Text>
      )}
      {deliveries.length > 0 && (
        <List>
          {deliveries.map(({ id, kind, channel, state, answer, count, at }) => (
            <List.Item key={id}>
              <InlineStack gap="200" blockAlign="center">
                <Badge {...(state === 'sent' || state === 'failed' ? { tone: tones[state] } : {})}>
                  {t('notices.state', { state })}
                </Badge>
                <Text as="span">
                  {t('notices.delivery', {
                    ...{ channel, kind, n: count },
                    answer: t('notices.answer', { code: answer ?? 'none' }),
                  })}
                </Text>
              </InlineStack>
              <Text as="p" variant="bodySm" tone="subdued">
                <Moment at={at} now={now} />
              </Text>
            </List.Item>
          ))}
        </List>
      )}
    </BlockStack>
  );
}
