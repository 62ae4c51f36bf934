import { Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';

const most = 8;

/** Orders by their ids: the first of them, and how many more. */
export function OrderIds({ ids }: { readonly ids: readonly string[] }) {
  const { t } = useTranslation();
  return (
    <Text as="p">
      {t('bulk.orders', { ids: ids.slice(0, most).join(', '), rest: Math.max(0, ids.length - most) })}
    </Text>
  );
}
