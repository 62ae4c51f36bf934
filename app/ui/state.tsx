import { BlockStack, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { StateBadge } from './state-badge.tsx';
import { useStyle } from './style.ts';
import { sayable, type Params } from './wording.ts';

interface Props {
  /** A key of the page design's table of states. */
  readonly state: string;
  readonly tone: string;
  readonly params: Params;
  readonly now: number;
}

/** An order's one state: the badge, and under it the sentence. */
export function State({ state, tone, params, now }: Props) {
  const { t } = useTranslation();
  const words = sayable(params, t, useStyle(now));
  return (
    <BlockStack gap="050" inlineAlign="start">
      <StateBadge state={state} tone={tone} params={params} now={now} />
      <Text as="span" variant="bodySm" tone="subdued" breakWord>
        {t(`state.${state}.sentence`, words)}
      </Text>
    </BlockStack>
  );
}
