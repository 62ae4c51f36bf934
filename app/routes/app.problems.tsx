import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { BlockStack, Card, EmptyState, Page } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { openProblems } from '../db/problems.ts';
import { shopDomain } from '../domain/ids.ts';
import { now } from '../lib/clock.ts';
import { db } from '../services.server.ts';
import { authenticateAdmin } from '../shopify.server.ts';
import { ProblemGroupCard } from '../ui/problem-group-card.tsx';
import { groupProblems } from '../ui/group-problems.ts';
import { useLive } from '../ui/use-live.ts';

export const loader = async ({ request }: LoaderFunctionArgs) => {
  const { session } = await authenticateAdmin(request);
  const shop = shopDomain(session.shop);
  const problems = await db.forShop(shop, (tx) => openProblems(tx, shop));
  return { groups: groupProblems(problems), now: now() };
};

export default function Problems() {
  const { groups, now: at } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  useLive();
  return (
    <Page title={t('problems.title')} backAction={{ content: t('nav.home'), url: '/app' }}>
      {groups.length === 0 ? (
        <Card>
          <EmptyState heading={t('problems.empty.title')} image="/icon.svg">
            {t('problems.empty.text')}
          </EmptyState>
        </Card>
      ) : (
        <BlockStack gap="400">
          {groups.map((group) => (
            <ProblemGroupCard key={group.kind} group={group} now={at} />
          ))}
        </BlockStack>
      )}
    </Page>
  );
}

export { AppError as ErrorBoundary } from '../ui/page-error.tsx';
