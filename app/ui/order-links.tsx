import { Link, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { usePlaces } from './places.tsx';
import type { OrderView } from './order-view.ts';

interface Props {
  readonly order: OrderView;
  /** Without the side's status. */
  readonly brief?: boolean;
}

/** The order on Amazon: its id, which opens its page here, or on that page (`outside`) Seller Central, and its status there. */
export function AmazonSide({
  order,
  brief = false,
  outside = false,
}: Props & { readonly outside?: boolean }) {
  const { t } = useTranslation();
  const places = usePlaces();
  const { amazonOrderId: id, amazonUrl } = order;
  return (
    <div>
      {!outside && (
        <Link url={places.order(id)} monochrome>
          {id}
        </Link>
      )}
      {outside && amazonUrl !== null && (
        <Link url={amazonUrl} target="_blank" accessibilityLabel={t('orders.openAmazon', { id })} monochrome>
          {id}
        </Link>
      )}
      {outside && amazonUrl === null && <Text as="span">{id}</Text>}
      {!brief && (
        <Text as="p" variant="bodySm" tone="subdued">
          {t(`amazonStatus.${order.amazonStatus}`)}
        </Text>
      )}
    </div>
  );
}

/** The order in Shopify: its name, which opens it in the admin, and its status there; or that there is none yet. */
export function ShopifySide({ order, brief = false }: Props) {
  const { t } = useTranslation();
  const name = order.shopifyName;
  if (!name) {
    return (
      <Text as="span" tone="subdued">
        {t(order.state === 'importing' ? 'orders.notYet' : 'orders.noShopify')}
      </Text>
    );
  }
  return (
    <div>
      {order.shopifyNumber === null ? (
        <Text as="span">{name}</Text>
      ) : (
        <a
          href={`shopify:admin/orders/${order.shopifyNumber}`}
          target="_top"
          aria-label={t('orders.openShopify', { name })}
        >
          {name}
        </a>
      )}
      {!brief && (
        <Text as="p" variant="bodySm" tone="subdued">
          {t(`shopifyStatus.${(order.shopifyStatus ?? 'unknown').toLowerCase()}`)}
        </Text>
      )}
    </div>
  );
}
