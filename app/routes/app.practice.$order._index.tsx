import type { LoaderFunctionArgs } from '@remix-run/node';
import { useFetcher, useLoaderData } from '@remix-run/react';
import { Badge, BlockStack, Card, EmptyState, InlineStack, Layout, Page, Text } from '@shopify/polaris';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sidesOf } from '../domain/order-sides.ts';
import { shopDomain } from '../domain/ids.ts';
import { now } from '../lib/clock.ts';
import { practiceOf } from '../practice/keep.ts';
import { caseIn, nextMoment } from '../practice/play.ts';
import { happeningsOf, problemRowsOf } from '../practice/rows.ts';
import { db } from '../services.server.ts';
import { authenticateAdmin } from '../shopify.server.ts';
import type { ProblemView } from '../ui/group-problems.ts';
import { OrderActions } from '../ui/order-actions.tsx';
import { OrderRequestCard } from '../ui/order-request-card.tsx';
import { ShownSides } from '../ui/order-sides-cards.tsx';
import { PracticeDeeds } from '../ui/practice-deeds.tsx';
import { practiceView } from '../ui/practice-view.ts';
import { ProblemList } from '../ui/problem-group-card.tsx';
import { Settling } from '../ui/settling.tsx';
import { StateBadge } from '../ui/state-badge.tsx';
import { StateBanner } from '../ui/state-banner.tsx';
import { TimelineCard } from '../ui/timeline-card.tsx';
import { useLive } from '../ui/use-live.ts';
import { flatParams } from '../ui/wording.ts';
import type { action, DeedWish } from './app.practice._index.tsx';

export const loader = async ({ request, params }: LoaderFunctionArgs) => {
  const { session } = await authenticateAdmin(request);
  const shop = shopDomain(session.shop);
  const id = params['order'] ?? '';
  const practice = await db.forShop(shop, (tx) => practiceOf(tx, shop, now()));
  const at = practice.playedTo;
  const one = practice.orders.find(({ amazon }) => amazon.id === id);
  const both = one ? caseIn(one, at) : null;
  const page = one && {
    view: practiceView(one, at),
    sides: both && sidesOf(both),
    timeline: happeningsOf(one),
    problems: problemRowsOf(one).map((problem) => ({ ...problem, params: flatParams(problem.params) })),
    waits: nextMoment(practice) !== null,
  };
  return { id, page: page ?? null, now: at };
};

type Known = NonNullable<Awaited<ReturnType<typeof loader>>['page']>;

function Order({ page, now: at }: { page: Known; now: number }) {
  const { t } = useTranslation();
  const { view, sides, timeline, problems, waits } = page;
  const { request, deeds, refuses } = view;
  const { order } = request;
  const { state, submit } = useFetcher<typeof action>();
  const [settling, setSettling] = useState<ProblemView | null>(null);
  const stopSettling = useCallback(() => {
    setSettling(null);
  }, []);
  useLive(5_000);
  const busy = state !== 'idle';
  const send = (wish: DeedWish) => {
    submit(wish, { method: 'post', encType: 'application/json', action: '/app/practice?index' });
  };
  return (
    <Page
      title={order.amazonOrderId}
      titleMetadata={
        <InlineStack gap="100">
          <Badge tone="warning">{t('practice.title')}</Badge>
          <StateBadge state={order.state} tone={order.tone} params={order.params} now={at} />
        </InlineStack>
      }
      backAction={{ content: t('practice.title'), url: '/app/practice' }}
      secondaryActions={[
        {
          content: t('practice.pass'),
          disabled: busy || !waits,
          onAction: () => {
            send({ deed: 'pass', order: null });
          },
        },
      ]}
    >
      <BlockStack gap="400">
        <StateBanner order={order} now={at} />
        <InlineStack gap="200">
          <OrderActions order={order} reasons={request.reasons} now={at} />
        </InlineStack>
        <PracticeDeeds order={order.amazonOrderId} deeds={deeds} refuses={refuses} busy={busy} onDo={send} />
        {problems.length > 0 && (
          <Card>
            <BlockStack gap="300">
              <Text as="h2" variant="headingMd">
                {t('order.problems')}
              </Text>
              <ProblemList problems={problems} now={at} onSettle={setSettling} />
            </BlockStack>
          </Card>
        )}
        <Layout>
          <Layout.Section>
            <BlockStack gap="400">
              <ShownSides order={order} sides={sides} now={at} />
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

export default function PracticeOrderPage() {
  const { id, page, now: at } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  if (page) return <Order page={page} now={at} />;
  return (
    <Page title={id} backAction={{ content: t('practice.title'), url: '/app/practice' }}>
      <Card>
        <EmptyState
          heading={t('order.notFound.title')}
          image="/icon.svg"
          action={{ content: t('practice.open'), url: '/app/practice' }}
        >
          {t('practice.empty.text')}
        </EmptyState>
      </Card>
    </Page>
  );
}

export { AppError as ErrorBoundary } from '../ui/page-error.tsx';
