import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { BlockStack, Card, EmptyState, InlineGrid, Page } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { carriedSince } from '../db/carried.ts';
import { countByState } from '../db/order-list.ts';
import { arrivalLag, holdLag, lastDifference, lastWebhook, nextShipBy } from '../db/lag.ts';
import { unseenNotices } from '../db/notices.ts';
import { openByKind } from '../db/problem-kinds.ts';
import { countOpenProblems, dismissRecovered, openOfKinds } from '../db/problems.ts';
import { countKept } from '../db/quarantine.ts';
import { ratesOf } from '../db/rate.ts';
import { countRequests, mostUrgent } from '../db/request-list.ts';
import { sellersOf } from '../db/sellers.ts';
import { shopRow } from '../db/shops.ts';
import { shopDomain } from '../domain/ids.ts';
import { sellerCentralOf } from '../domain/marketplaces.ts';
import { now } from '../lib/clock.ts';
import { db, services } from '../services.server.ts';
import { authenticateAdmin } from '../shopify.server.ts';
import { lookNow } from '../sync/look-now.ts';
import { setupView } from '../sync/setup-view.ts';
import { AccountsCard } from '../ui/accounts-card.tsx';
import { BlindBanner } from '../ui/blind-banner.tsx';
import { blindOf } from '../ui/blind.ts';
import { DayCard } from '../ui/day-card.tsx';
import { groupProblems } from '../ui/group-problems.ts';
import { InStepCard } from '../ui/in-step-card.tsx';
import { inStep } from '../ui/in-step.ts';
import { NeedsYouCard } from '../ui/needs-you-card.tsx';
import { OffBanner } from '../ui/off-banner.tsx';
import { RateCard } from '../ui/rate-card.tsx';
import { rateView } from '../ui/rate-view.ts';
import { RecoveredBanner } from '../ui/recovered-banner.tsx';
import { useLive } from '../ui/use-live.ts';
import { useLookNow } from '../ui/use-look-now.ts';
import { endsFirst, GrantEndsBanner } from '../ui/grant-ends-banner.tsx';
import { OlderLine } from '../ui/older-line.tsx';
import { SetupGuide, useShowGuide } from '../ui/setup-guide.tsx';
import { flatParams } from '../ui/wording.ts';

const dayMs = 24 * 3_600_000;

export const loader = async ({ request }: LoaderFunctionArgs) => {
  const { session } = await authenticateAdmin(request);
  const shop = shopDomain(session.shop);
  const at = now();
  const {
    counts,
    open,
    problems,
    sellers,
    visible,
    requests,
    first,
    news,
    rates,
    carried,
    kept,
    row,
    setup,
    since,
    lags,
    nextShip,
  } = await db.forShop(shop, async (tx) => ({
    setup: await setupView(tx, shop, at, services.connecting.app !== null),
    counts: await countByState(tx, shop),
    open: await countOpenProblems(tx, shop),
    problems: await openByKind(tx, shop, 1),
    sellers: await sellersOf(tx, shop),
    visible: await openOfKinds(tx, shop, ['blind', 'disconnected', 'recovered']),
    requests: await countRequests(tx, shop),
    first: await mostUrgent(tx, shop),
    news: await unseenNotices(tx, shop),
    rates: await ratesOf(tx, shop, at),
    carried: await carriedSince(tx, shop, at - dayMs),
    kept: await countKept(tx, shop, at),
    row: await shopRow(tx, shop),
    since: await lastDifference(tx, shop),
    lags: {
      arrive: await arrivalLag(tx, shop, at - 7 * dayMs),
      hold: await holdLag(tx, shop, at - 7 * dayMs),
      webhook: await lastWebhook(tx, shop),
    },
    nextShip: await nextShipBy(tx, shop, at),
  }));
  const recovered = visible.findLast((problem) => problem.kind === 'recovered');
  return {
    setup,
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
    rates: rates.map(rateView),
    carried,
    since,
    lags,
    nextShip,
    soon: counts.find(({ state }) => state === 'ship_soon')?.count ?? 0,
    kept: kept.count.cancel + kept.count.refund + kept.count.shipment,
    dryRun: row?.settings.dryRun ?? false,
    now: at,
  };
};

const asked = z.object({ intent: z.enum(['look', 'dismiss']) });

/** Amazon is to be looked at now, or staff have read that it can be seen again. */
export const action = async ({ request }: ActionFunctionArgs) => {
  const { session } = await authenticateAdmin(request);
  const shop = shopDomain(session.shop);
  const body = asked.safeParse(await request.json().catch(() => null));
  if (!body.success) throw new Response(null, { status: 400 });
  return db.forShop(shop, async (tx) => {
    if (body.data.intent === 'look') return { looking: (await lookNow(tx, shop, now())).length };
    await dismissRecovered(tx, shop, now());
    return { looking: 0 };
  });
};

export default function Home() {
  const {
    setup,
    any,
    numbers,
    open,
    groups,
    accounts,
    waiting,
    blind,
    recovered,
    sellerCentral,
    rates,
    carried,
    kept,
    dryRun,
    since,
    lags,
    nextShip,
    soon,
    now: at,
  } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const looks = accounts.flatMap(({ lastLookAt }) => (lastLookAt === null ? [] : [lastLookAt]));
  const look = useLookNow(looks.length > 0 ? Math.min(...looks) : null, at);
  useLive();
  const showGuide = useShowGuide(setup);
  const ending = endsFirst(setup.accounts);
  // One banner at most: the worst.
  const quiet = !blind && kept === 0 && !dryRun;
  return (
    <Page
      title={t('app.name')}
      {...(any ? { primaryAction: { content: t('home.seeOrders'), url: '/app/orders' } } : {})}
      secondaryActions={[...(accounts.length > 0 ? [look] : []), ...showGuide]}
    >
      <BlockStack gap="400">
        {blind && <BlindBanner blind={blind} now={at} sellerCentral={sellerCentral} />}
        {!blind && (kept > 0 || dryRun) && <OffBanner kept={kept} dryRun={dryRun} />}
        {quiet && ending && <GrantEndsBanner account={ending} now={at} />}
        {quiet && !ending && recovered && <RecoveredBanner params={recovered} now={at} />}
        <SetupGuide setup={setup} />
        <OlderLine older={setup.older} />
        <InlineGrid columns={{ xs: 1, md: ['twoThirds', 'oneThird'] }} gap="400" alignItems="start">
          <BlockStack gap="400">
            {any ? (
              <InStepCard numbers={numbers} since={since} lags={lags} now={at} />
            ) : (
              <Card>
                <EmptyState heading={t('home.empty.title')} image="/icon.svg">
                  {t(accounts.length > 0 ? 'home.empty.connected' : 'home.empty.notConnected')}
                </EmptyState>
              </Card>
            )}
            <NeedsYouCard
              waiting={waiting}
              now={at}
              open={open}
              soon={soon}
              nextShipBy={nextShip}
              groups={groups}
            />
            {any && <DayCard carried={carried} />}
          </BlockStack>
          <BlockStack gap="400">
            {rates.length > 0 && <RateCard rates={rates} />}
            <AccountsCard accounts={accounts} now={at} />
          </BlockStack>
        </InlineGrid>
      </BlockStack>
    </Page>
  );
}

export { AppError as ErrorBoundary } from '../ui/page-error.tsx';
