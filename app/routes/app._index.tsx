import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { BlockStack, Card, EmptyState, InlineGrid, Page } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { countByState } from '../db/order-list.ts';
import { unseenNotices } from '../db/notices.ts';
import { countOpenProblems, dismissRecovered, openOfKinds, openProblems } from '../db/problems.ts';
import { countRequests, mostUrgent } from '../db/request-list.ts';
import { sellersOf } from '../db/sellers.ts';
import { shopDomain } from '../domain/ids.ts';
import { sellerCentralOf } from '../domain/marketplaces.ts';
import { now } from '../lib/clock.ts';
import { db } from '../services.server.ts';
import { authenticateAdmin } from '../shopify.server.ts';
import { AccountsCard } from '../ui/accounts-card.tsx';
import { BlindBanner } from '../ui/blind-banner.tsx';
import { blindOf } from '../ui/blind.ts';
import { groupProblems } from '../ui/group-problems.ts';
import { InStepCard } from '../ui/in-step-card.tsx';
import { inStep } from '../ui/in-step.ts';
import { NeedsYouCard } from '../ui/needs-you-card.tsx';
import { RecoveredBanner } from '../ui/recovered-banner.tsx';
import { useLive } from '../ui/use-live.ts';
import { flatParams } from '../ui/wording.ts';

export const loader = async ({ request }: LoaderFunctionArgs) => {
  const { session } = await authenticateAdmin(request);
  const shop = shopDomain(session.shop);
  const { counts, open, problems, sellers, visible, requests, first, news } = await db.forShop(
    shop,
    async (tx) => ({
      counts: await countByState(tx, shop),
      open: await countOpenProblems(tx, shop),
      problems: await openProblems(tx, shop),
      sellers: await sellersOf(tx, shop),
      visible: await openOfKinds(tx, shop, ['blind', 'disconnected', 'recovered']),
      requests: await countRequests(tx, shop),
      first: await mostUrgent(tx, shop),
      news: await unseenNotices(tx, shop),
    }),
  );
  const recovered = visible.findLast((problem) => problem.kind === 'recovered');
  return {
    any: counts.length > 0,
    numbers: inStep(counts),
    open,
    groups: groupProblems(problems.filter(({ tone }) => tone !== 'success')).map(({ kind, tone, count }) => ({
      kind,
      tone,
      count,
    })),
    waiting: { open: requests.open, first, news: news.length },
    blind: blindOf(visible),
    recovered: recovered ? flatParams(recovered.params) : null,
    sellerCentral: sellers[0] ? sellerCentralOf(sellers[0].region) : null,
    // The sealed token stays here.
    accounts: sellers.map(({ sellerId, region, state, lastLookAt, blindSince }) => ({
      sellerId,
      region,
      state,
      lastLookAt,
      blindSince,
    })),
    now: now(),
  };
};

/** Staff have read that Amazon can be seen again. */
export const action = async ({ request }: ActionFunctionArgs) => {
  const { session } = await authenticateAdmin(request);
  const shop = shopDomain(session.shop);
  await db.forShop(shop, (tx) => dismissRecovered(tx, shop, now()));
  return null;
};

export default function Home() {
  const {
    any,
    numbers,
    open,
    groups,
    accounts,
    waiting,
    blind,
    recovered,
    sellerCentral,
    now: at,
  } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  useLive();
  return (
    <Page
      title={t('app.name')}
      {...(any ? { primaryAction: { content: t('home.seeOrders'), url: '/app/orders' } } : {})}
    >
      <BlockStack gap="400">
        {blind && <BlindBanner blind={blind} now={at} sellerCentral={sellerCentral} />}
        {!blind && recovered && <RecoveredBanner params={recovered} now={at} />}
        <InlineGrid columns={{ xs: 1, md: 2 }} gap="400">
          {any ? (
            <InStepCard numbers={numbers} />
          ) : (
            <Card>
              <EmptyState heading={t('home.empty.title')} image="/icon.svg">
                {t(accounts.length > 0 ? 'home.empty.connected' : 'home.empty.notConnected')}
              </EmptyState>
            </Card>
          )}
          <AccountsCard accounts={accounts} now={at} />
        </InlineGrid>
        <NeedsYouCard waiting={waiting} now={at} open={open} groups={groups} />
      </BlockStack>
    </Page>
  );
}

export { AppError as ErrorBoundary } from '../ui/page-error.tsx';
