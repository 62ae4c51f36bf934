import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useFetcher, useLoaderData, useNavigation, useSearchParams } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { BlockStack, Page } from '@shopify/polaris';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { markSeen, unseenNotices } from '../db/notices.ts';
import { openOfKinds } from '../db/problems.ts';
import { countRequests, listRequests } from '../db/request-list.ts';
import { sellersOf } from '../db/sellers.ts';
import { shopDomain } from '../domain/ids.ts';
import { sellerCentralOf } from '../domain/marketplaces.ts';
import { countLimit } from '../domain/request-tab.ts';
import { now } from '../lib/clock.ts';
import { db, vault } from '../services.server.ts';
import { authenticateAdmin } from '../shopify.server.ts';
import { columnDoctor } from '../sync/column-doctor.ts';
import { lookAgain } from '../sync/look-again.ts';
import { BlindBanner } from '../ui/blind-banner.tsx';
import { blindOf } from '../ui/blind.ts';
import { ColumnBanner } from '../ui/column-banner.tsx';
import { useBulk } from '../ui/use-bulk.tsx';
import { RequestInbox } from '../ui/request-inbox.tsx';
import { MailDialog } from '../ui/mail-dialog.tsx';
import { recordMessageUrl } from '../ui/order-url.ts';
import { readRequestQuery } from '../ui/request-query.ts';
import { requestView } from '../ui/request-view.ts';
import { useLive } from '../ui/use-live.ts';
import { useNews } from '../ui/use-news.ts';

const perPage = 50;

export const loader = async ({ request }: LoaderFunctionArgs) => {
  const { session } = await authenticateAdmin(request);
  const shop = shopDomain(session.shop);
  const query = readRequestQuery(new URL(request.url).searchParams, perPage);
  const at = now();
  const { page, counts, news, blind, column, sellers } = await db.forShop(shop, async (tx) => ({
    page: await listRequests(tx, vault, shop, query),
    counts: await countRequests(tx, shop),
    news: await unseenNotices(tx, shop),
    blind: blindOf(await openOfKinds(tx, shop, ['blind', 'disconnected'])),
    column: await columnDoctor(tx, shop),
    sellers: await sellersOf(tx, shop),
  }));
  const looks = sellers.flatMap(({ lastLookAt }) => (lastLookAt === null ? [] : [lastLookAt]));
  const [first] = sellers;
  return {
    tab: query.tab,
    search: query.search ?? '',
    requests: page.rows.map(requestView),
    next: page.next,
    counts,
    news: news.flatMap((one) =>
      one.kind === 'request_opened' ? [{ amazonOrderId: one.amazonOrderId, at: one.at }] : [],
    ),
    blind,
    // A report that was read all the same is no matter of the inbox.
    column: column?.is === 'off' ? column : null,
    sellerCentral: first ? sellerCentralOf(first.region) : null,
    // The account that was looked at longest ago says how old the list may be.
    lastLook: looks.length > 0 ? Math.min(...looks) : null,
    now: at,
  };
};

const asked = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('look'), ids: z.array(z.string().min(1).max(100)).min(1).max(250) }),
  z.object({ intent: z.literal('seen'), until: z.number().int().nonnegative() }),
]);

export const action = async ({ request }: ActionFunctionArgs) => {
  const { session } = await authenticateAdmin(request);
  const shop = shopDomain(session.shop);
  const body = asked.safeParse(await request.json().catch(() => null));
  if (!body.success) throw new Response(null, { status: 400 });
  const wish = body.data;
  return db.forShop(shop, async (tx) => {
    if (wish.intent === 'look') return { looking: await lookAgain(tx, shop, wish.ids) };
    await markSeen(tx, shop, now(), Math.min(wish.until, now()));
    return { looking: 0 };
  });
};

export default function Requests() {
  const data = useLoaderData<typeof loader>();
  const { tab, requests, counts, blind, column, now: at } = data;
  const { t, i18n } = useTranslation();
  const [query] = useSearchParams();
  const loading = useNavigation().state === 'loading';
  const looking = useFetcher<typeof action>();
  const { submit: tellSeen } = useFetcher<typeof action>();
  const shopify = useAppBridge();
  const [uploading, setUploading] = useState(false);
  const news = useNews(query.toString(), requests, data.news, at);
  const bulk = useBulk(at);
  useLive();

  const n = looking.data?.looking ?? 0;
  useEffect(() => {
    if (n > 0 && looking.state === 'idle') shopify.toast.show(t('requests.looking', { n }));
  }, [n, looking.state, shopify, t]);
  const { until } = news;
  const newsShown = data.news.some((one) => one.at <= until);
  useEffect(() => {
    if (newsShown) tellSeen({ intent: 'seen', until }, { method: 'post', encType: 'application/json' });
  }, [newsShown, until, tellSeen]);

  const many = (count: number) =>
    count > countLimit
      ? t('requests.capped', { n: countLimit })
      : new Intl.NumberFormat(i18n.language).format(count);
  return (
    <Page
      title={t('requests.title')}
      subtitle={t('requests.subtitle', {
        open: many(counts.open),
        unknown: many(counts.unknown),
        unknown_given: counts.unknown > 0 ? 'yes' : 'no',
      })}
      fullWidth
      backAction={{ content: t('nav.home'), url: '/app' }}
      primaryAction={{ content: t('byMessage.start'), url: recordMessageUrl() }}
      secondaryActions={[
        {
          content: t('mail.open'),
          onAction: () => {
            setUploading(true);
          },
        },
      ]}
    >
      <BlockStack gap="200">
        {!blind && column && <ColumnBanner finding={column} />}
        {blind && (
          <BlindBanner
            blind={blind}
            now={at}
            empty={tab === 'open' && requests.length === 0}
            sellerCentral={data.sellerCentral}
          />
        )}
        {bulk.result}
        {uploading && (
          <MailDialog
            onClose={() => {
              setUploading(false);
            }}
          />
        )}
        <RequestInbox
          {...data}
          counted={(each) => many(counts[each])}
          loading={loading}
          news={news}
          onBulk={bulk.start}
          onLook={(ids) => {
            looking.submit(
              { intent: 'look', ids: [...ids] },
              { method: 'post', encType: 'application/json' },
            );
          }}
        />
      </BlockStack>
      {bulk.dialog}
    </Page>
  );
}

export { AppError as ErrorBoundary } from '../ui/page-error.tsx';
