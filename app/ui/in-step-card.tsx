import { BlockStack, Card, ProgressBar, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { formatMoment } from './format.ts';
import type { InStep } from './in-step.ts';
import { LagLines, type Lags } from './lag-lines.tsx';
import { useStyle } from './style.ts';

interface Props {
  readonly numbers: InStep;
  /** When something was last found different, ms UTC; null: never. */
  readonly since: number | null;
  readonly lags: Lags;
  readonly now: number;
}

/** The number that answers whether both sides agree. */
export function InStepCard({ numbers, since, lags, now }: Props) {
  const { t } = useTranslation();
  const style = useStyle(now);
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
        {since !== null && (
          <Text as="p" tone="subdued">
            {t('home.inStep.since', { when: formatMoment(since, style), all: agree === all ? 'yes' : 'no' })}
          </Text>
        )}
        {notKnown > 0 && (
          <Text as="p" tone="subdued">
            {t('home.inStep.notKnown', { n: notKnown })}
          </Text>
        )}
        <LagLines lags={lags} now={now} />
      </BlockStack>
    </Card>
  );
}
