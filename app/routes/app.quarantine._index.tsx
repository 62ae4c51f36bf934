import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useNavigate, useSearchParams } from '@remix-run/react';
import { BlockStack, Box, Card, Page, Pagination, Tabs, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { countKept, dropped, keptBack } from '../db/quarantine.ts';
import { amazonOrderId, shopDomain } from '../domain/ids.ts';
import { now } from '../lib/clock.ts';
import { db, services } from '../services.server.ts';
import { authenticateAdmin, authenticateStaff } from '../shopify.server.ts';
import { bringBack } from '../sync/quarantine.ts';
import { BulkResult } from '../ui/bulk-result.tsx';
import type { Sorted } from '../ui/bulk.ts';
import { DroppedList } from '../ui/dropped-list.tsx';
import { formatMoney } from '../ui/format.ts';
import { keptView, quarantineTabs } from '../ui/kept-view.ts';
import { QuarantineBanner } from '../ui/quarantine-banner.tsx';
import { QuarantineDialog, type QuarantineWish } from '../ui/quarantine-dialog.tsx';
import { QuarantineTable } from '../ui/quarantine-table.tsx';
import { back, changed, forward, readPlace } from '../ui/trail.ts';
import { useIfSent } from '../ui/use-if-sent.ts';
import { useLive } from '../ui/use-live.ts';
import { useSoon } from '../ui/use-soon.ts';

const perPage = 50;

export const loader = async ({ request }: LoaderFunctionArgs) => {
  const { session } = await authenticateAdmin(request);
  const shop = shopDomain(session.shop);
  const query = new URL(request.url).searchParams;
  const tab = quarantineTabs.find((each) => each === query.get('tab')) ?? 'shipment';
  const after = readPlace(query.getAll('after').at(-1));
  const at = now();
  const { totals, page, left } = await db.forShop(shop, async (tx) => ({
    totals: await countKept(tx, shop, at),
    page:
      tab === 'left'
        ? { rows: [], next: null }
        : await keptBack(tx, shop, { kind: tab, limit: perPage, after }),
    left: tab === 'left' ? await dropped(tx, shop, at) : [],
  }));
  return { tab, totals, rows: page.rows.map(keptView), next: page.next, left, now: at };
};

const asked = z.object({ order: z.string().min(1).max(40), choice: z.uuid() });

/** A person wants what they left as it is to wait again. */
export const action = async ({ request }: ActionFunctionArgs) => {
  const { shop, by, refused } = await authenticateStaff(request);
  const body = asked.safeParse(await request.json().catch(() => null));
  if (!body.success) throw new Response(null, { status: 400 });
  if (refused) return refused;
  const { order, choice } = body.data;
  return bringBack(services, shop, amazonOrderId(order), by, choice);
};

export default function Quarantine() {
  const { tab, totals, rows, next, left, now: at } = useLoaderData<typeof loader>();
  const { t, i18n } = useTranslation();
  const [query] = useSearchParams();
  const navigate = useNavigate();
  const lookSoon = useSoon();
  const ifSent = useIfSent(rows.map(({ id }) => id));
  const [wish, setWish] = useState<QuarantineWish | null>(null);
  const [decided, setDecided] = useState<{ what: QuarantineWish['what']; all: Sorted } | null>(null);
  useLive();
  const decide = (next: QuarantineWish) => {
    setDecided(null);
    setWish(next);
  };
  const refunds = totals.refunds.map((money) => formatMoney(money, i18n.language)).join(' + ');
  return (
    <Page title={t('quarantine.title')} backAction={{ content: t('nav.problems'), url: '/app/problems' }}>
      <BlockStack gap="400">
        {decided ? (
          <BulkResult
            what={decided.what}
            decided={decided.all}
            now={at}
            onDismiss={() => {
              setDecided(null);
            }}
          />
        ) : (
          <QuarantineBanner totals={totals} now={at} />
        )}
        <Card padding="0">
          <Tabs
            tabs={quarantineTabs.map((id) => ({
              id,
              content: t(`quarantine.tab.${id}`),
              ...(id === 'left'
                ? {}
                : { badge: new Intl.NumberFormat(i18n.language).format(totals.count[id]) }),
              panelID: 'kept',
            }))}
            selected={quarantineTabs.indexOf(tab)}
            onSelect={(place) => {
              navigate(changed(query, 'tab', quarantineTabs[place] ?? 'shipment'));
            }}
          />
          <div id="kept">
            {tab === 'left' ? (
              <Box padding="400">
                <DroppedList rows={left} now={at} />
              </Box>
            ) : (
              <QuarantineTable key={query.toString()} rows={rows} ifSent={ifSent} now={at} onWish={decide} />
            )}
          </div>
          {tab === 'refund' && refunds !== '' && (
            <Box padding="300">
              <Text as="p">{t('quarantine.sum', { amount: refunds })}</Text>
            </Box>
          )}
          {(next !== null || query.has('after')) && (
            <Box padding="300">
              <Pagination
                hasPrevious={query.has('after')}
                hasNext={next !== null}
                onPrevious={() => {
                  navigate(back(query));
                }}
                onNext={() => {
                  if (next) navigate(forward(query, next));
                }}
              />
            </Box>
          )}
        </Card>
      </BlockStack>
      {wish && (
        <QuarantineDialog
          {...wish}
          kind={tab}
          ifSent={ifSent}
          now={at}
          onClose={(all) => {
            setWish(null);
            if (!all) return;
            setDecided({ what: wish.what, all });
            lookSoon();
          }}
        />
      )}
    </Page>
  );
}

export { AppError as ErrorBoundary } from '../ui/page-error.tsx';
