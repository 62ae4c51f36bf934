import { Badge, BlockStack, Card, InlineStack, List, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { practiceSteps, type PracticeStep } from '../practice/steps.ts';
import { formatMoment } from './format.ts';
import { useStyle } from './style.ts';

interface Props {
  readonly done: readonly PracticeStep[];
  /** The practice's time, ms UTC. */
  readonly now: number;
  /** Something happens by itself there. */
  readonly waits: boolean;
}

/** What there is to try; what really happened is ticked. */
export function PracticeSteps({ done, now, waits }: Props) {
  const { t } = useTranslation();
  const style = useStyle(now);
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t('practice.steps', { n: done.length, all: practiceSteps.length })}
        </Text>
        <Text as="p">{t('practice.about')}</Text>
        <List type="number">
          {practiceSteps.map((step) => (
            <List.Item key={step}>
              <InlineStack as="span" gap="200" blockAlign="center">
                {done.includes(step) && <Badge tone="success">{t('guide.stepDone')}</Badge>}
                <Text as="span">{t(`practice.step.${step}`)}</Text>
              </InlineStack>
            </List.Item>
          ))}
        </List>
        <Text as="p" tone="subdued">
          {t('practice.clock', { time: formatMoment(now, style) })}{' '}
          {t(waits ? 'practice.passHelp' : 'practice.waits')}
        </Text>
      </BlockStack>
    </Card>
  );
}
