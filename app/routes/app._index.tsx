import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { BlockStack, Card, EmptyState, InlineGrid, Page } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { countByState } from '../db/order-list.ts';
import { countOpenProblems, openProblems } from '../db/problems.ts';
import { sellersOf } from '../db/sellers.ts';
import { shopDomain } from '../domain/ids.ts';
import { now } from '../lib/clock.ts';
import { db } from '../services.server.ts';
import { authenticateAdmin } from '../shopify.server.ts';
import { AccountsCard } from '../ui/accounts-card.tsx';
import { groupProblems } from '../ui/group-problems.ts';
import { InStepCard } from '../ui/in-step-card.tsx';
import { inStep } from '../ui/in-step.ts';
import { NeedsYouCard } from '../ui/needs-you-card.tsx';
import { useLive } from '../ui/use-live.ts';

export const loader = async ({ request }: LoaderFunctionArgs) => {
  const { session } = await authenticateAdmin(request);
  const shop = shopDomain(session.shop);
  const { counts, open, problems, sellers } = await db.forShop(shop, async (tx) => ({
    counts: await countByState(tx, shop),
    open: await countOpenProblems(tx, shop),
    problems: await openProblems(tx, shop),
    sellers: await sellersOf(tx, shop),
  }));
  return {
    any: counts.length > 0,
    numbers: inStep(counts),
    open,
    groups: groupProblems(problems).map(({ kind, tone, count }) => ({ kind, tone, count })),
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

export default function Home() {
  const { any, numbers, open, groups, accounts, now: at } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  useLive();
  return (
    <Page
      title={t('app.name')}
      {...(any ? { primaryAction: { content: t('home.seeOrders'), url: '/app/orders' } } : {})}
    >
      <BlockStack gap="400">
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
        <NeedsYouCard open={open} groups={groups} />
      </BlockStack>
    </Page>
  );
}

export { AppError as ErrorBoundary } from '../ui/page-error.tsx';
