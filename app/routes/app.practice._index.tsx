import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useFetcher, useLoaderData } from '@remix-run/react';
import { BlockStack, Card, EmptyState, Page } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { dropPractice } from '../db/practice.ts';
import { shopDomain } from '../domain/ids.ts';
import { now } from '../lib/clock.ts';
import { doDeed, hasRoom, practiceDeeds } from '../practice/deeds.ts';
import { changePractice, practiceOf } from '../practice/keep.ts';
import { nextMoment } from '../practice/play.ts';
import { mostOrders } from '../practice/practice-shop.ts';
import { stepsDone } from '../practice/steps.ts';
import { db } from '../services.server.ts';
import { authenticateAdmin, authenticateStaff } from '../shopify.server.ts';
import { PracticeOrderCard } from '../ui/practice-order-card.tsx';
import { PracticeSteps } from '../ui/practice-steps.tsx';
import { practiceView } from '../ui/practice-view.ts';
import { useLive } from '../ui/use-live.ts';
import { useMayChange } from '../ui/use-may-change.ts';

export const loader = async ({ request }: LoaderFunctionArgs) => {
  const { session } = await authenticateAdmin(request);
  const shop = shopDomain(session.shop);
  const practice = await db.forShop(shop, (tx) => practiceOf(tx, shop, now()));
  return {
    orders: practice.orders.map((one) => practiceView(one, practice.playedTo)).reverse(),
    steps: stepsDone(practice),
    waits: nextMoment(practice) !== null,
    room: hasRoom(practice),
    now: practice.playedTo,
  };
};

const asked = z.union([
  z.object({ deed: z.enum(practiceDeeds), order: z.string().max(40).nullable() }),
  z.object({ again: z.literal(true) }),
]);
export type DeedWish = z.infer<typeof asked>;

/** The pretend buyer, Amazon, Shopify or clock does something, or the practice begins anew. */
export const action = async ({ request }: ActionFunctionArgs) => {
  const { shop, refused } = await authenticateStaff(request);
  const body = asked.safeParse(await request.json().catch(() => null));
  if (!body.success) throw new Response(null, { status: 400 });
  if (refused) return refused;
  const wish = body.data;
  await db.forShop(shop, async (tx) => {
    if ('again' in wish) return dropPractice(tx, shop);
    return changePractice(tx, shop, now(), (practice) => ({
      practice: doDeed(practice, wish.deed, wish.order, practice.playedTo),
      said: undefined,
    }));
  });
  return { ok: true as const };
};

export default function PracticePage() {
  const { orders, steps, waits, room, now: at } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const { state, submit } = useFetcher<typeof action>();
  const mayChange = useMayChange();
  useLive(5_000);
  const busy = state !== 'idle';
  const send = (wish: DeedWish) => {
    submit(wish, { method: 'post', encType: 'application/json', action: '/app/practice?index' });
  };
  const place = {
    content: t('practice.place'),
    disabled: !mayChange || busy || !room,
    onAction: () => {
      send({ deed: 'place', order: null });
    },
  };
  return (
    <Page
      title={t('practice.title')}
      primaryAction={place}
      secondaryActions={[
        {
          content: t('practice.pass'),
          disabled: !mayChange || busy || !waits,
          onAction: () => {
            send({ deed: 'pass', order: null });
          },
        },
        {
          content: t('practice.startOver'),
          disabled: !mayChange || busy || orders.length === 0,
          onAction: () => {
            send({ again: true });
          },
        },
      ]}
    >
      <BlockStack gap="400">
        <PracticeSteps done={steps} now={at} waits={waits} />
        {!room && <Card>{t('practice.full', { n: mostOrders })}</Card>}
        {orders.length === 0 && (
          <Card>
            <EmptyState heading={t('practice.empty.title')} image="/icon.svg" action={place}>
              {t('practice.empty.text')}
            </EmptyState>
          </Card>
        )}
        {orders.map((view) => (
          <PracticeOrderCard key={view.request.key} view={view} now={at} busy={busy} onDo={send} />
        ))}
      </BlockStack>
    </Page>
  );
}

export { AppError as ErrorBoundary } from '../ui/page-error.tsx';
