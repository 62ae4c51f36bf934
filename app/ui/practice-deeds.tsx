import { BlockStack, Button, InlineStack, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { PracticeDeed } from '../practice/deeds.ts';
import type { DeedWish } from '../routes/app.practice._index.tsx';
import { useMayChange } from './use-may-change.ts';

interface Props {
  readonly order: string;
  readonly deeds: readonly PracticeDeed[];
  readonly refuses: boolean;
  readonly busy: boolean;
  readonly onDo: (wish: DeedWish) => void;
}

/** What the pretend buyer, Amazon and Shopify may do with an invented order now. */
export function PracticeDeeds({ order, deeds, refuses, busy, onDo }: Props) {
  const { t } = useTranslation();
  const mayChange = useMayChange();
  if (deeds.length === 0 && !refuses) return null;
  return (
    <BlockStack gap="100">
      <Text as="p" variant="bodySm" tone="subdued">
        {t('practice.pretend')}
      </Text>
      <InlineStack gap="100">
        {deeds.map((deed) => (
          <Button
            key={deed}
            size="slim"
            disabled={!mayChange || busy}
            accessibilityLabel={t(`practice.deedFor.${deed}`, { id: order })}
            onClick={() => {
              onDo({ deed, order });
            }}
          >
            {t(`practice.deed.${deed}`)}
          </Button>
        ))}
      </InlineStack>
      {refuses && (
        <Text as="p" variant="bodySm">
          {t('practice.refuses')}
        </Text>
      )}
    </BlockStack>
  );
}
