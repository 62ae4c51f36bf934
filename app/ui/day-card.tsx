import { BlockStack, Card, InlineGrid, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { Carried } from '../db/carried.ts';

const kinds = ['imported', 'cancelled', 'shipped', 'refunded'] as const satisfies readonly (keyof Carried)[];

/** On how many orders something was done in the last 24 hours. */
export function DayCard({ carried }: { readonly carried: Carried }) {
  const { t, i18n } = useTranslation();
  const number = new Intl.NumberFormat(i18n.language);
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t('home.day.title')}
        </Text>
        <InlineGrid columns={{ xs: 2, md: 4 }} gap="400">
          {kinds.map((kind) => (
            <BlockStack key={kind}>
              <Text as="span" variant="headingLg">
                {number.format(carried[kind])}
              </Text>
              <Text as="span" tone="subdued">
                {t(`home.day.${kind}`)}
              </Text>
            </BlockStack>
          ))}
        </InlineGrid>
      </BlockStack>
    </Card>
  );
}
