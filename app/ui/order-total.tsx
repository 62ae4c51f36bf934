import { Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { formatMoney } from './format.ts';
import type { OrderView } from './order-view.ts';

/** What the order cost on Amazon; Shopify's total is said beside it where it is another one. */
export function OrderTotal({ order }: { order: OrderView }) {
  const { t, i18n } = useTranslation();
  const { amazonTotal, shopifyTotal } = order;
  const differs = shopifyTotal && shopifyTotal.amount !== amazonTotal?.amount;
  return (
    <div>
      <Text as="span" numeric>
        {amazonTotal ? formatMoney(amazonTotal, i18n.language) : t('notKnown')}
      </Text>
      {differs && (
        <Text as="p" variant="bodySm" tone="subdued" numeric>
          {t('orders.shopifyTotal', { amount: formatMoney(shopifyTotal, i18n.language) })}
        </Text>
      )}
    </div>
  );
}
