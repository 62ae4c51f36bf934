import type { LinksFunction, LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { Button, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { amazonOrderId, shopDomain } from '../domain/ids.ts';
import { now } from '../lib/clock.ts';
import { services } from '../services.server.ts';
import { authenticateAdmin } from '../shopify.server.ts';
import { evidence } from '../sync/evidence.ts';
import { EvidenceRequest } from '../ui/evidence-request.tsx';
import { FactTable, LineTable, LogTable, Part } from '../ui/evidence-tables.tsx';
import styles from '../ui/evidence.css?url';
import { formatExactly, formatMoney } from '../ui/format.ts';
import { orderPageUrl } from '../ui/order-url.ts';
import { orderView, type OrderView } from '../ui/order-view.ts';
import { useStyle } from '../ui/style.ts';
import { sayable } from '../ui/wording.ts';

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: styles }];

export const loader = async ({ request, params }: LoaderFunctionArgs) => {
  const { session } = await authenticateAdmin(request);
  const at = now();
  const id = amazonOrderId(params['order'] ?? '');
  const found = await evidence(services, shopDomain(session.shop), id, at);
  if (!found) throw new Response(null, { status: 404 });
  const { order, lines, requests, log } = found;
  const wishes = requests.map(({ n, state, requestedAt, confirmedAt, closedAt, sources, lines: asked }) => ({
    ...{ n, state, requestedAt, confirmedAt, closedAt, sources },
    lines: asked.map(({ orderItemId, sku, quantity, reason }) => ({ orderItemId, sku, quantity, reason })),
  }));
  return { order: orderView(order), lines, wishes, log, now: at };
};

function OrderFacts({ order, now: at }: { readonly order: OrderView; readonly now: number }) {
  const { t, i18n } = useTranslation();
  const style = useStyle(at);
  const words = sayable(order.params, t, style);
  const when = (time: number | null) => (time === null ? t('notKnown') : formatExactly(time, style));
  const money = (value: OrderView['amazonTotal']) =>
    value === null ? t('notKnown') : formatMoney(value, i18n.language);
  const shopifyStatus = (order.shopifyStatus ?? 'unknown').toLowerCase();
  return (
    <FactTable
      facts={[
        [
          t('orders.column.amazonOrder'),
          `${order.amazonOrderId} · ${t(`amazonStatus.${order.amazonStatus}`)}`,
        ],
        [
          t('orders.column.shopify'),
          order.shopifyName === null
            ? t('orders.noShopify')
            : `${order.shopifyName} · ${t(`shopifyStatus.${shopifyStatus}`)}`,
        ],
        [t('orders.column.market'), order.storefront ?? order.market ?? t('notKnown')],
        [t('orders.column.date'), when(order.createdAt)],
        [t('orders.column.shipBy'), when(order.shipBy)],
        [t('orders.column.total'), money(order.amazonTotal)],
        ...(order.shopifyName === null
          ? []
          : [[t('orders.column.shopifyTotal'), money(order.shopifyTotal)] as const]),
        [
          t('orders.column.state'),
          `${t(`state.${order.state}.badge`, words)}. ${t(`state.${order.state}.sentence`, words)}`,
        ],
      ]}
    />
  );
}

export default function EvidencePage() {
  const { order, lines, wishes, log, now: at } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const style = useStyle(at);
  return (
    <article className="evidence">
      <div className="evidence-bar">
        <Button url={orderPageUrl(order.amazonOrderId)}>{t('evidence.back')}</Button>
        <Button
          variant="primary"
          onClick={() => {
            window.print();
          }}
        >
          {t('evidence.print')}
        </Button>
      </div>
      <Text as="h1" variant="headingLg">
        {t('evidence.title', { id: order.amazonOrderId })}
      </Text>
      <Part title={t('evidence.order')}>
        <OrderFacts order={order} now={at} />
      </Part>
      <Part title={t('order.lines')}>
        {lines ? <LineTable lines={lines} /> : <p>{t('evidence.noLines')}</p>}
      </Part>
      <Part title={t('order.request')}>
        {wishes.length === 0 && <p>{t('evidence.noRequest', { word: t(`requestWord.${order.request}`) })}</p>}
        {wishes.map((wish) => (
          <EvidenceRequest key={wish.n} wish={wish} now={at} />
        ))}
      </Part>
      <Part title={t('evidence.actions')}>
        {log.length === 0 ? <p>{t('evidence.noActions')}</p> : <LogTable log={log} now={at} />}
      </Part>
      <p>{t('evidence.made', { date: formatExactly(at, style), n: log.length })}</p>
    </article>
  );
}

export { AppError as ErrorBoundary } from '../ui/page-error.tsx';
