import { useFetcher } from '@remix-run/react';
import {
  Badge,
  BlockStack,
  Box,
  Card,
  Divider,
  InlineGrid,
  InlineStack,
  SkeletonBodyText,
  Text,
} from '@shopify/polaris';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Money } from '../domain/money.ts';
import type { OrderSides, SideLine, SidePackage } from '../domain/order-sides.ts';
import type { loader } from '../routes/app.orders.$order.sides.ts';
import { formatLength, formatMoney } from './format.ts';
import { AmazonSide, ShopifySide } from './order-links.tsx';
import { orderPageUrl } from './order-url.ts';
import type { OrderView } from './order-view.ts';
import { sayRefusal } from './say-refusal.ts';
import { useStyle } from './style.ts';

function Fact({ label, children, differs }: { label: string; children: string; differs?: boolean }) {
  const { t } = useTranslation();
  return (
    <InlineStack gap="200" blockAlign="center">
      <Text as="span" tone="subdued">
        {label}
      </Text>
      <Text as="span" numeric>
        {children}
      </Text>
      {differs === true && <Badge tone="warning">{t('order.differs')}</Badge>}
    </InlineStack>
  );
}

const same = (a: Money | null, b: Money | null): boolean =>
  (a?.amount ?? 0) === (b?.amount ?? 0) && (a === null || b === null || a.currency === b.currency);

/** Before shipping Amazon charged nothing: what Shopify gives back then has no other side. */
const charged = new Set(['shipped', 'partially_shipped']);

function Both({ order, sides, now }: { order: OrderView; sides: OrderSides | null; now: number }) {
  const { t, i18n } = useTranslation();
  const money = (value: Money | null) =>
    value === null ? t('order.nothing') : formatMoney(value, i18n.language);
  const total = (value: Money | null) => (value === null ? t('notKnown') : money(value));
  const { amazon = null, shopify = null } = sides ?? {};
  const totals = [amazon?.total ?? order.amazonTotal, shopify?.total ?? order.shopifyTotal] as const;
  const compared = amazon !== null && charged.has(amazon.status);
  return (
    <InlineGrid columns={{ xs: 1, sm: 2 }} gap="400">
      <BlockStack gap="200">
        <Text as="h3" variant="headingSm">
          {t('order.amazon')}
        </Text>
        <AmazonSide order={order} outside />
        <Fact label={t('order.total')}>{total(totals[0])}</Fact>
        {amazon && <Fact label={t('order.refunded')}>{money(amazon.refunded)}</Fact>}
        {amazon && (
          <Text as="p" variant="bodySm" tone="subdued">
            {t('order.read', { t: formatLength(amazon.readAt - now, i18n.language) })}
          </Text>
        )}
      </BlockStack>
      <BlockStack gap="200">
        <Text as="h3" variant="headingSm">
          {t('order.shopify')}
        </Text>
        <ShopifySide order={order} />
        <Fact label={t('order.total')} differs={totals[1] !== null && !same(...totals)}>
          {total(totals[1])}
        </Fact>
        {shopify && (
          <Fact label={t('order.refunded')} differs={compared && !same(amazon.refunded, shopify.refunded)}>
            {money(shopify.refunded)}
          </Fact>
        )}
        {shopify && (
          <Text as="p" variant="bodySm" tone="subdued">
            {t('order.readNow')}
          </Text>
        )}
      </BlockStack>
    </InlineGrid>
  );
}

function Line({ line }: { line: SideLine }) {
  const { t } = useTranslation();
  const { inShopify, asked } = line;
  return (
    <BlockStack gap="100">
      <InlineStack gap="200" blockAlign="center">
        <Text as="span" fontWeight="semibold" breakWord>
          {line.title ?? line.orderItemId}
        </Text>
        <Text as="span" tone="subdued">
          {line.sku ?? t('order.noSku')}
        </Text>
        {asked.state === 'asked' && <Badge tone="attention">{t('order.asked')}</Badge>}
        {asked.state === 'unknown' && <Badge tone="warning">{t('order.askedUnknown')}</Badge>}
        {inShopify !== null && inShopify.held > 0 && (
          <Badge tone="info">{t('order.held', { n: inShopify.held })}</Badge>
        )}
      </InlineStack>
      <InlineStack gap="300">
        <Text as="span">{t('order.units', { n: line.ordered })}</Text>
        <Text as="span">
          {line.cancelledBy !== null
            ? t('order.cancelledBy')
            : line.shipped === null
              ? t('order.shippedUnknown')
              : t('order.shipped', { n: line.shipped })}
        </Text>
        {inShopify && (
          <Text as="span">
            {inShopify.sent > 0
              ? t('order.sent', { n: inShopify.sent })
              : t('order.left', { n: inShopify.left })}
          </Text>
        )}
      </InlineStack>
    </BlockStack>
  );
}

function Packages({ title, packages }: { title: string; packages: readonly SidePackage[] }) {
  const { t } = useTranslation();
  return (
    <BlockStack gap="100">
      <Text as="h3" variant="headingSm">
        {title}
      </Text>
      {packages.length === 0 && (
        <Text as="p" tone="subdued">
          {t('order.noPackages')}
        </Text>
      )}
      {packages.map(({ number, carrier, units }, place) => (
        <Text as="p" key={`${number ?? ''} ${String(place)}`} breakWord>
          {t('order.package', {
            name: [carrier, number].filter((word) => word !== null).join(' '),
            name_given: number === null ? 'no' : 'yes',
            n: units,
          })}
        </Text>
      ))}
    </BlockStack>
  );
}

interface Shown {
  readonly order: OrderView;
  /** null: they are not known yet, or could not be read. */
  readonly sides: OrderSides | null;
  /** Why they could not be read. */
  readonly unread?: string | undefined;
  readonly waits?: boolean;
  readonly now: number;
}

/** Both sides of an order beside each other, its lines and its packages, as they were read. */
export function ShownSides({ order, sides, unread, waits = false, now }: Shown) {
  const { t } = useTranslation();
  return (
    <>
      <Card>
        <BlockStack gap="300">
          <Text as="h2" variant="headingMd">
            {t('order.sides')}
          </Text>
          <Both order={order} sides={sides} now={now} />
          {unread !== undefined && (
            <Text as="p" tone="subdued">
              {t('order.unread', { sentence: unread })}
            </Text>
          )}
        </BlockStack>
      </Card>
      {waits && (
        <Card>
          <SkeletonBodyText lines={4} />
        </Card>
      )}
      {sides && (
        <Card>
          <BlockStack gap="300">
            <Text as="h2" variant="headingMd">
              {t('order.lines')}
            </Text>
            {sides.lines.map((line, place) => (
              <BlockStack key={line.orderItemId} gap="300">
                {place > 0 && <Divider />}
                <Line line={line} />
              </BlockStack>
            ))}
          </BlockStack>
        </Card>
      )}
      {sides && (
        <Card>
          <Text as="h2" variant="headingMd">
            {t('order.packages')}
          </Text>
          <Box paddingBlockStart="300">
            <InlineGrid columns={{ xs: 1, sm: 2 }} gap="400">
              <Packages title={t('order.onAmazon')} packages={sides.amazon.packages} />
              <Packages title={t('order.inShopify')} packages={sides.shopify.packages} />
            </InlineGrid>
          </Box>
        </Card>
      )}
    </>
  );
}

/** The same of an order of the shop: Shopify is asked when the page is there. */
export function OrderSidesCards({ order }: { readonly order: OrderView }) {
  const { t } = useTranslation();
  const { data, load } = useFetcher<typeof loader>();
  const url = `${orderPageUrl(order.amazonOrderId)}/sides`;
  // Looked at again whenever something became of the order.
  const { state, request } = order;
  const looked = order.params['looked'];
  useEffect(() => {
    load(url);
  }, [load, url, state, request, looked]);
  const sides = data && 'sides' in data ? data.sides : null;
  const now = data && 'sides' in data ? data.now : 0;
  const style = useStyle(now);
  const unread = data && 'guard' in data ? sayRefusal(data, t, style) : undefined;
  return <ShownSides order={order} sides={sides} unread={unread} waits={!data} now={now} />;
}
