import { Badge, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';

/** Whether the buyer asked: Asked, None or Not known. Not known is never an empty cell. */
export function RequestWord({ word }: { word: string }) {
  const { t } = useTranslation();
  if (word === 'none') {
    return (
      <Text as="span" tone="subdued">
        {t('requestWord.none')}
      </Text>
    );
  }
  return word === 'asked' ? (
    <Badge tone="attention">{t('requestWord.asked')}</Badge>
  ) : (
    <Badge tone="warning">{t('requestWord.unknown')}</Badge>
  );
}
