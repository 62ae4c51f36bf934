import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useFetcher, useLoaderData } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { BlockStack, Button, Card, EmptyState, InlineStack, Layout, Page, Text } from '@shopify/polaris';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { amazonOrderId, shopDomain } from '../domain/ids.ts';
import { now } from '../lib/clock.ts';
import { services } from '../services.server.ts';
import { authenticateAdmin } from '../shopify.server.ts';
import { lookAgain } from '../sync/look-again.ts';
import { orderPage } from '../sync/order-page.ts';
import { problemViews, type ProblemView } from '../ui/group-problems.ts';
import { OrderActions } from '../ui/order-actions.tsx';
import { OrderRequestCard } from '../ui/order-request-card.tsx';
import { orderPageUrl } from '../ui/order-url.ts';
import { OrderSidesCards } from '../ui/order-sides-cards.tsx';
import { ProblemList } from '../ui/problem-group-card.tsx';
import { requestView } from '../ui/request-view.ts';
import { Settling } from '../ui/settling.tsx';
import { StateBadge } from '../ui/state-badge.tsx';
import { StateBanner } from '../ui/state-banner.tsx';
import { TimelineCard } from '../ui/timeline-card.tsx';
import { useLive } from '../ui/use-live.ts';
import { useSoon } from '../ui/use-soon.ts';

export const loader = async ({ request, params }: LoaderFunctionArgs) => {
  const { session } = await authenticateAdmin(request);
  const id = params['order'] ?? '';
  const page = await orderPage(services, shopDomain(session.shop), amazonOrderId(id));
  if (!page) return { id, page: null, now: now() };
  const { order, problems, request: asked, timeline } = page;
  return {
    id,
    page: { request: requestView({ order, request: asked }), problems: problemViews(problems), timeline },
    now: now(),
  };
};

/** A person wants both sides of the order looked at again. */
export const action = async ({ request, params }: ActionFunctionArgs) => {
  const { session } = await authenticateAdmin(request);
  const shop = shopDomain(session.shop);
  return { looking: await services.db.forShop(shop, (tx) => lookAgain(tx, shop, [params['order'] ?? ''])) };
};

type Known = NonNullable<Awaited<ReturnType<typeof loader>>['page']>;

function Order({ page, now: at }: { page: Known; now: number }) {
  const { request, problems, timeline } = page;
  const { order } = request;
  const { t } = useTranslation();
  const shopify = useAppBridge();
  const looking = useFetcher<typeof action>();
  const lookSoon = useSoon();
  const [settling, setSettling] = useState<ProblemView | null>(null);
  const stopSettling = useCallback(() => {
    setSettling(null);
  }, []);
  // What is under way moves by the second; the rest is looked at now and then.
  useLive(order.tone === 'info' ? 5_000 : 15_000);
  const looked = looking.data;
  useEffect(() => {
    if (!looked) return;
    shopify.toast.show(t('requests.looking', { n: looked.looking }));
    lookSoon();
  }, [looked, lookSoon, shopify, t]);
  const look = () => {
    looking.submit(null, { method: 'post' });
  };
  return (
    <Page
      title={order.amazonOrderId}
      titleMetadata={<StateBadge state={order.state} tone={order.tone} params={order.params} now={at} />}
      subtitle={t('order.subtitle', {
        name: order.shopifyName ?? '',
        name_given: order.shopifyName === null ? 'no' : 'yes',
        market: order.storefront ?? order.market ?? t('notKnown'),
      })}
      backAction={{ content: t('nav.orders'), url: '/app/orders' }}
    >
      <BlockStack gap="400">
        <StateBanner order={order} now={at} />
        <InlineStack gap="200">
          <OrderActions order={order} reasons={request.reasons} now={at} />
          <Button size="slim" loading={looking.state !== 'idle'} onClick={look}>
            {t('action.lookAgain')}
          </Button>
          <Button size="slim" url={`${orderPageUrl(order.amazonOrderId)}/evidence`}>
            {t('evidence.open')}
          </Button>
        </InlineStack>
        {problems.length > 0 && (
          <Card>
            <BlockStack gap="300">
              <Text as="h2" variant="headingMd">
                {t('order.problems')}
              </Text>
              <ProblemList problems={problems} now={at} onSettle={setSettling} onLook={look} />
            </BlockStack>
          </Card>
        )}
        <Layout>
          <Layout.Section>
            <BlockStack gap="400">
              <OrderSidesCards order={order} />
              <TimelineCard timeline={timeline} now={at} />
            </BlockStack>
          </Layout.Section>
          <Layout.Section variant="oneThird">
            <OrderRequestCard request={request} now={at} />
          </Layout.Section>
        </Layout>
      </BlockStack>
      {settling && <Settling problem={settling} now={at} onClose={stopSettling} />}
    </Page>
  );
}

export default function OrderPage() {
  const { id, page, now: at } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  if (page) return <Order page={page} now={at} />;
  return (
    <Page title={id} backAction={{ content: t('nav.orders'), url: '/app/orders' }}>
      <Card>
        <EmptyState
          heading={t('order.notFound.title')}
          image="/icon.svg"
          action={{ content: t('order.seeOrders'), url: '/app/orders' }}
        >
          {t('order.notFound.text', { id })}
        </EmptyState>
      </Card>
    </Page>
  );
}

export { AppError as ErrorBoundary } from '../ui/page-error.tsx';
