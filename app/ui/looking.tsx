import { InlineStack, Spinner, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';

/** Stands where something appears once both sides were looked at. */
export function Looking() {
  const { t } = useTranslation();
  return (
    <InlineStack gap="200" blockAlign="center">
      <Spinner size="small" accessibilityLabel={t('dialog.looking')} />
      <Text as="span">{t('dialog.looking')}</Text>
    </InlineStack>
  );
}
