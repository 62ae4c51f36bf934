import { Card, InlineStack, Link, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { OlderUnderWay } from '../sync/setup-view.ts';

/** Older orders on their way in, or stopped on it; nothing where there are none. */
export function OlderLine({ older }: { older: OlderUnderWay | null }) {
  const { t } = useTranslation();
  if (!older) return null;
  return (
    <Card>
      <InlineStack gap="300">
        <Text as="span">{t('guide.olderRunning', { state: older.state, n: older.read })}</Text>
        <Link url="/app/backfill">{t('guide.olderSee')}</Link>
      </InlineStack>
    </Card>
  );
}
