import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useFetcher, useLoaderData, useNavigation } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { BlockStack, Page, Text } from '@shopify/polaris';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { countOrders, listOrders, statesInUse } from '../db/order-list.ts';
import { savedViews } from '../db/saved-views.ts';
import { sellersOf } from '../db/sellers.ts';
import { shopDomain } from '../domain/ids.ts';
import { now } from '../lib/clock.ts';
import { db } from '../services.server.ts';
import { authenticateAdmin } from '../shopify.server.ts';
import { exactOrderId, unlisted } from '../sync/look-up.ts';
import { doOrdersWish, ordersWish } from '../sync/orders-wish.ts';
import { CancelFileDialog } from '../ui/cancel-file-dialog.tsx';
import { OrderIndex } from '../ui/order-index.tsx';
import { readOrderQuery } from '../ui/order-query.ts';
import { orderView } from '../ui/order-view.ts';
import { readPlace } from '../ui/trail.ts';
import { useBulk } from '../ui/use-bulk.tsx';
import { useExport } from '../ui/use-export.ts';
import { useLive } from '../ui/use-live.ts';
import { useLookNow } from '../ui/use-look-now.ts';
import { useSoon } from '../ui/use-soon.ts';

const perPage = 50;

export const loader = async ({ request }: LoaderFunctionArgs) => {
  const { session } = await authenticateAdmin(request);
  const given = new URL(request.url).searchParams;
  const at = now();
  const query = readOrderQuery(given, at);
  const after = readPlace(given.getAll('after').at(-1));
  const shop = shopDomain(session.shop);
  return db.forShop(shop, async (tx) => {
    const { rows, next } = await listOrders(tx, shop, query, { limit: perPage, after });
    const exact = rows.length > 0 ? null : exactOrderId(query.search ?? '');
    const looks = (await sellersOf(tx, shop)).flatMap(({ lastLookAt }) => lastLookAt ?? []);
    return {
      orders: rows.map(orderView),
      next,
      total: await countOrders(tx, shop, query),
      search: query.search ?? '',
      states: await statesInUse(tx, shop),
      views: await savedViews(tx, shop),
      unlisted: exact && (await unlisted(tx, shop, exact)),
      // The account that was looked at longest ago says how old the list may be.
      lastLook: looks.length > 0 ? Math.min(...looks) : null,
      now: at,
    };
  });
};

export const action = async ({ request }: ActionFunctionArgs) => {
  const { session } = await authenticateAdmin(request);
  const shop = shopDomain(session.shop);
  const wish = ordersWish.safeParse(await request.json().catch(() => null));
  if (!wish.success) throw new Response(null, { status: 400 });
  return db.forShop(shop, (tx) => doOrdersWish(tx, shop, wish.data));
};

export default function Orders() {
  const data = useLoaderData<typeof loader>();
  const { now: at, lastLook, total } = data;
  const { t } = useTranslation();
  const loading = useNavigation().state === 'loading';
  const shopify = useAppBridge();
  const lookSoon = useSoon();
  const looking = useFetcher<typeof action>();
  const bulk = useBulk(at);
  const look = useLookNow(lastLook, at);
  const exporting = useExport(total);
  const [inFile, setInFile] = useState<readonly string[] | null>(null);
  useLive();
  const looked = looking.data;
  useEffect(() => {
    if (!looked) return;
    shopify.toast.show(t('requests.looking', { n: looked.looking }));
    lookSoon();
  }, [looked, lookSoon, shopify, t]);
  return (
    <Page
      title={t('orders.title')}
      fullWidth
      backAction={{ content: t('nav.home'), url: '/app' }}
      primaryAction={look}
      secondaryActions={[exporting]}
    >
      <BlockStack gap="300">
        {bulk.result}
        <OrderIndex
          {...data}
          loading={loading}
          bulk={[
            {
              content: t('action.approve'),
              work: (ids) => {
                bulk.start('approve', ids);
              },
            },
            {
              content: t('action.lookAgain'),
              work: (ids) => {
                looking.submit(
                  { intent: 'look_again', ids: [...ids] },
                  { method: 'post', encType: 'application/json' },
                );
              },
            },
            { content: t('orders.file.open'), work: setInFile },
          ]}
        />
        <Text as="p" variant="bodySm" tone="subdued" alignment="center">
          {t('orders.privacy')}
        </Text>
      </BlockStack>
      {bulk.dialog}
      {inFile && (
        <CancelFileDialog
          orders={inFile}
          now={at}
          onClose={() => {
            setInFile(null);
          }}
        />
      )}
    </Page>
  );
}

export { AppError as ErrorBoundary } from '../ui/page-error.tsx';
