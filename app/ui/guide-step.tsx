import { Badge, BlockStack, Box, Collapsible, InlineStack, Text } from '@shopify/polaris';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { GuideStep } from '../domain/guide.ts';

interface Props {
  readonly step: GuideStep;
  readonly done: boolean;
  readonly open: boolean;
  readonly onToggle: () => void;
  readonly children: ReactNode;
}

/** The heading of a step, which opens and closes it. */
export const stepButton = (step: GuideStep): string => `guide-${step}`;

/** One step of the setup guide: a heading that tells whether it is done, what it is about, and its controls. */
export function GuideStepSection({ step, done, open, onToggle, children }: Props) {
  const { t } = useTranslation();
  return (
    <BlockStack gap="100">
      <h3 style={{ margin: 0 }}>
        <button
          id={stepButton(step)}
          type="button"
          aria-expanded={open}
          aria-controls={`${stepButton(step)}-content`}
          onClick={onToggle}
          style={{
            font: 'inherit',
            textAlign: 'start',
            width: '100%',
            minHeight: '44px',
            border: 0,
            background: 'none',
            padding: 0,
            cursor: 'pointer',
          }}
        >
          <InlineStack as="span" gap="200" blockAlign="center">
            <Text as="span" variant="headingSm">
              {t(`guide.step.${step}.title`)}
            </Text>
            {done && <Badge tone="success">{t('guide.stepDone')}</Badge>}
            <Text as="span" tone="subdued">
              <span aria-hidden>{open ? '▾' : '▸'}</span>
            </Text>
          </InlineStack>
        </button>
      </h3>
      <Collapsible id={`${stepButton(step)}-content`} open={open}>
        <Box paddingBlockEnd="400">
          <BlockStack gap="400">
            <Text as="p">{t(`guide.step.${step}.text`)}</Text>
            {children}
          </BlockStack>
        </Box>
      </Collapsible>
    </BlockStack>
  );
}
