import { List, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';

const kinds = [
  'orders',
  'words',
  'settlements',
  'files',
  'audit',
  'notices',
  'webhooks',
  'practice',
  'gone',
] as const;

/** What is kept of a shop, and for how long. */
export function StoredData() {
  const { t } = useTranslation();
  return (
    <>
      <List>
        {kinds.map((kind) => (
          <List.Item key={kind}>{t(`settings.stored.${kind}`)}</List.Item>
        ))}
      </List>
      <Text as="p" tone="subdued">
        {t('settings.stored.never')}
      </Text>
    </>
  );
}
