import { BlockStack, Card, ProgressBar, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { InStep } from './in-step.ts';

/** The number that answers whether both sides agree. */
export function InStepCard({ numbers }: { numbers: InStep }) {
  const { t } = useTranslation();
  const { agree, all, notKnown } = numbers;
  return (
    <Card>
      <BlockStack gap="200">
        <Text as="h2" variant="headingMd">
          {t('home.inStep.title')}
        </Text>
        <Text as="p" variant="headingLg">
          {t('home.inStep.number', { agree, all })}
        </Text>
        <ProgressBar size="small" progress={all === 0 ? 0 : Math.floor((agree * 100) / all)} />
        {notKnown > 0 && (
          <Text as="p" tone="subdued">
            {t('home.inStep.notKnown', { n: notKnown })}
          </Text>
        )}
      </BlockStack>
    </Card>
  );
}
