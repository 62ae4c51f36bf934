import { Badge, BlockStack, Button, InlineStack, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { countLimit } from '../domain/request-tab.ts';
import { formatRelative } from './format.ts';
import { useStyle } from './style.ts';

/** How many buyers wait for an answer. Times in ms UTC. */
export interface Waiting {
  readonly open: number;
  /** When the first of them runs out; null where none has a time. */
  readonly first: number | null;
  /** How many of them nobody has seen yet. */
  readonly news: number;
}

/** Open requests with the most urgent clock, and the way to them. */
export function RequestsLine({ waiting, now }: { waiting: Waiting; now: number }) {
  const { t } = useTranslation();
  const style = useStyle(now);
  const { open, first, news } = waiting;
  if (open === 0) return null;
  const late = first !== null && first < now;
  return (
    <BlockStack gap="200" inlineAlign="start">
      <InlineStack gap="200" blockAlign="center">
        <Text as="span" variant="headingSm">
          {open > countLimit
            ? t('home.needsYou.many', { n: countLimit })
            : t('home.needsYou.requests', { n: open })}
        </Text>
        {news > 0 && <Badge tone="new">{t('home.needsYou.news', { n: news })}</Badge>}
      </InlineStack>
      {first !== null && (
        <Text as="p" tone={late ? 'critical' : 'subdued'}>
          {t(late ? 'home.needsYou.late' : 'home.needsYou.first', { when: formatRelative(first, style) })}
        </Text>
      )}
      <Button url="/app/requests" variant="primary">
        {t('home.needsYou.seeRequests')}
      </Button>
    </BlockStack>
  );
}
