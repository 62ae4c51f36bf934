import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useFetcher, useLoaderData, useNavigate, useSearchParams } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { BlockStack, Card, EmptyState, Page, Pagination, Tabs } from '@shopify/polaris';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { openByKind } from '../db/problem-kinds.ts';
import { solvedProblems } from '../db/solved-problems.ts';
import { shopDomain } from '../domain/ids.ts';
import { now } from '../lib/clock.ts';
import { db } from '../services.server.ts';
import { authenticateAdmin } from '../shopify.server.ts';
import { lookAgain } from '../sync/look-again.ts';
import { groupProblems, mostShown, solvedView, type ProblemView } from '../ui/group-problems.ts';
import { ProblemGroupCard } from '../ui/problem-group-card.tsx';
import { Settling } from '../ui/settling.tsx';
import { SolvedList } from '../ui/solved-list.tsx';
import { back, changed, forward, readPlace } from '../ui/trail.ts';
import { useLive } from '../ui/use-live.ts';
import { useProblemExport } from '../ui/use-problem-export.ts';
import { useRepeat } from '../ui/use-repeat.tsx';
import { useSoon } from '../ui/use-soon.ts';

const perPage = 50;

export const loader = async ({ request }: LoaderFunctionArgs) => {
  const { session } = await authenticateAdmin(request);
  const shop = shopDomain(session.shop);
  const query = new URL(request.url).searchParams;
  if (query.get('tab') !== 'solved') {
    const problems = await db.forShop(shop, (tx) => openByKind(tx, shop, mostShown));
    return { tab: 'open' as const, groups: groupProblems(problems), now: now() };
  }
  const after = readPlace(query.getAll('after').at(-1));
  const { rows, next } = await db.forShop(shop, (tx) => solvedProblems(tx, shop, { limit: perPage, after }));
  return { tab: 'solved' as const, solved: rows.map(solvedView), next, now: now() };
};

const asked = z.object({ ids: z.array(z.string().min(1).max(100)).min(1).max(250) });

/** A person wants orders with problems looked at again. */
export const action = async ({ request }: ActionFunctionArgs) => {
  const { session } = await authenticateAdmin(request);
  const shop = shopDomain(session.shop);
  const body = asked.safeParse(await request.json().catch(() => null));
  if (!body.success) throw new Response(null, { status: 400 });
  return { looking: await db.forShop(shop, (tx) => lookAgain(tx, shop, body.data.ids)) };
};

export default function Problems() {
  const data = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const [query] = useSearchParams();
  const navigate = useNavigate();
  const shopify = useAppBridge();
  const looking = useFetcher<typeof action>();
  const lookSoon = useSoon();
  const [settling, setSettling] = useState<ProblemView | null>(null);
  const stopSettling = useCallback(() => {
    setSettling(null);
  }, []);
  const repeat = useRepeat(data.now);
  const save = useProblemExport(data.tab);
  useLive();
  const n = looking.data?.looking ?? 0;
  useEffect(() => {
    if (n === 0 || looking.state !== 'idle') return;
    shopify.toast.show(t('requests.looking', { n }));
    lookSoon();
  }, [n, looking.state, looking.data, lookSoon, shopify, t]);
  const look = (ids: readonly string[]) => {
    looking.submit({ ids: [...ids] }, { method: 'post', encType: 'application/json' });
  };
  const tabs = ['open', 'quarantine', 'solved'] as const;
  return (
    <Page
      title={t('problems.title')}
      backAction={{ content: t('nav.home'), url: '/app' }}
      secondaryActions={[save]}
    >
      <BlockStack gap="400">
        <Tabs
          tabs={tabs.map((tab) => ({
            id: `tab-${tab}`,
            content: t(`problems.tab.${tab}`),
            panelID: 'problems',
          }))}
          selected={tabs.indexOf(data.tab)}
          onSelect={(index) => {
            const tab = tabs[index] ?? 'open';
            navigate(tab === 'quarantine' ? '/app/quarantine' : changed(query, 'tab', tab));
          }}
        />
        {repeat.result}
        <div id="problems">
          {data.tab === 'solved' ? (
            <BlockStack gap="400">
              <SolvedList problems={data.solved} now={data.now} />
              <Pagination
                hasPrevious={query.has('after')}
                hasNext={data.next !== null}
                onPrevious={() => {
                  navigate(back(query));
                }}
                onNext={() => {
                  if (data.next) navigate(forward(query, data.next));
                }}
              />
            </BlockStack>
          ) : (
            <BlockStack gap="400">
              {data.groups.length === 0 && (
                <Card>
                  <EmptyState heading={t('problems.empty.title')} image="/icon.svg">
                    {t('problems.empty.text')}
                  </EmptyState>
                </Card>
              )}
              {data.groups.map((group) => (
                <ProblemGroupCard
                  key={group.kind}
                  group={group}
                  now={data.now}
                  onLook={look}
                  onSettle={setSettling}
                  asking={repeat.asking === group.kind}
                  onRepeat={(kind) => {
                    repeat.start(kind, `/app/problems/of-kind?${new URLSearchParams({ kind }).toString()}`);
                  }}
                />
              ))}
            </BlockStack>
          )}
        </div>
      </BlockStack>
      {repeat.dialog}
      {settling && <Settling problem={settling} now={data.now} onClose={stopSettling} />}
    </Page>
  );
}

export { AppError as ErrorBoundary } from '../ui/page-error.tsx';
