import { BlockStack, Card, InlineGrid, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { OlderRun } from '../sync/older-view.ts';

const parts = ['create', 'adopt', 'leave', 'odd'] as const;

/** What would become of the orders that were read, in four numbers. */
export function OlderCounts({ run }: { run: OlderRun }) {
  const { t, i18n } = useTranslation();
  if (run.read === 0) return run.state === 'done' ? <Card>{t('older.empty')}</Card> : null;
  const number = new Intl.NumberFormat(i18n.language);
  const words = {
    create: [t('older.create'), t('older.createHelp')],
    adopt: [t('older.adopt'), t('older.adoptHelp')],
    leave: [t('older.leave'), t('older.leaveHelp')],
    odd: [t('older.odd'), t('older.oddHelp')],
  } as const;
  return (
    <Card>
      <InlineGrid columns={{ xs: 2, md: 4 }} gap="400">
        {parts.map((part) => (
          <BlockStack key={part} gap="100">
            <Text as="h2" variant="headingSm">
              {words[part][0]}
            </Text>
            <Text as="p" variant="headingLg">
              {number.format(run[part])}
            </Text>
            <Text as="p" variant="bodySm" tone="subdued">
              {words[part][1]}
            </Text>
          </BlockStack>
        ))}
      </InlineGrid>
    </Card>
  );
}
