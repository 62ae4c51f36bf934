import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useSearchParams } from '@remix-run/react';
import { BlockStack, Page } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { reasonsIn } from '../domain/reason-map.ts';
import { amazonOrderId, shopDomain } from '../domain/ids.ts';
import { now } from '../lib/clock.ts';
import { services } from '../services.server.ts';
import { authenticateAdmin } from '../shopify.server.ts';
import { lookForOrder } from '../sync/look-for-order.ts';
import { messagePage } from '../sync/message-page.ts';
import { MessageRecord } from '../ui/message-record.tsx';
import { MessageSearch } from '../ui/message-search.tsx';
import { orderView } from '../ui/order-view.ts';
import { useLive } from '../ui/use-live.ts';

const longestId = 60;

/** The order that the address names; empty: none. */
const orderOf = (request: Request): string =>
  (new URL(request.url).searchParams.get('order') ?? '').trim().slice(0, longestId);

export const loader = async ({ request }: LoaderFunctionArgs) => {
  const { session } = await authenticateAdmin(request);
  const id = orderOf(request);
  if (id === '') return { id, about: null, now: now() };
  const page = await messagePage(services, shopDomain(session.shop), amazonOrderId(id));
  const { row, ...about } = page;
  const order = row && orderView(row);
  const reasons = reasonsIn(row?.marketplaceId ?? null).filter((reason) => reason !== 'BuyerCanceled');
  return { id, about: { ...about, order, reasons }, now: now() };
};

/** A person wants the order looked for on Amazon; answers whether it can be. */
export const action = async ({ request }: ActionFunctionArgs) => {
  const { session } = await authenticateAdmin(request);
  const id = orderOf(request);
  if (id === '') throw new Response(null, { status: 400 });
  return { looking: await lookForOrder(services, shopDomain(session.shop), amazonOrderId(id)) };
};

export default function RecordMessage() {
  const { id, about, now: at } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const [, setQuery] = useSearchParams();
  useLive();
  const order = about?.order ?? null;
  const found = order
    ? t('byMessage.found', {
        name: order.shopifyName ?? '',
        name_given: order.shopifyName === null ? 'no' : 'yes',
        n: about?.lines.length ?? 0,
        status: t(`amazonStatus.${order.amazonStatus}`),
      })
    : '';
  return (
    <Page title={t('byMessage.title')} backAction={{ content: t('nav.requests'), url: '/app/requests' }}>
      <BlockStack gap="400">
        <MessageSearch
          order={id}
          found={found}
          onChoose={(chosen) => {
            setQuery({ order: chosen }, { replace: true });
          }}
        />
        {about && <MessageRecord key={id} about={about} now={at} />}
      </BlockStack>
    </Page>
  );
}

export { AppError as ErrorBoundary } from '../ui/page-error.tsx';
