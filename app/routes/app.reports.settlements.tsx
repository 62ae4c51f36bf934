import type { ActionFunctionArgs, LinksFunction, LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { Card, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { nameSettlementRow } from '../db/settlements.ts';
import { shopDomain } from '../domain/ids.ts';
import { now } from '../lib/clock.ts';
import { db } from '../services.server.ts';
import { authenticateAdmin, authenticateStaff } from '../shopify.server.ts';
import { reportFrame } from '../sync/report-frame.ts';
import { settlementPage, settlementsPage } from '../sync/settlement-view.ts';
import { PagesOf } from '../ui/pages-of.tsx';
import { ReportFrame } from '../ui/report-frame.tsx';
import styles from '../ui/reports.css?url';
import { OneSettlement } from '../ui/one-settlement.tsx';
import { SettlementTable } from '../ui/settlement-table.tsx';
import { readPlace } from '../ui/trail.ts';

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: styles }];

const wish = z.object({
  settlementId: z.string().min(1).max(40),
  line: z.number().int().positive(),
  note: z.string().trim().max(200),
});

/** Names a row that nothing matches; neither side is written to. */
export const action = async ({ request }: ActionFunctionArgs) => {
  const { shop, refused } = await authenticateStaff(request);
  if (refused) return refused;
  const given = wish.safeParse(await request.json());
  if (!given.success) throw new Response(null, { status: 400 });
  const { note, ...row } = given.data;
  return { ok: await db.forShop(shop, (tx) => nameSettlementRow(tx, shop, row, note)) };
};

export const loader = async ({ request }: LoaderFunctionArgs) => {
  const { session } = await authenticateAdmin(request);
  const shop = shopDomain(session.shop);
  const given = new URL(request.url).searchParams;
  const after = readPlace(given.getAll('after').at(-1));
  const id = given.get('settlement');
  return db.forShop(shop, async (tx) => {
    const frame = await reportFrame(tx, shop, given, now());
    const list = { unmatched: given.get('lines') !== 'all', after };
    const one = id === null ? null : await settlementPage(tx, shop, id, list);
    const all = one === null ? await settlementsPage(tx, shop, after) : null;
    return { frame, one, all };
  });
};

/** Amazon's payouts: whether each is whole, and what its rows belong to. Changes nothing on either side. */
export default function SettlementsPage() {
  const { frame, one, all } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  return (
    <ReportFrame page="settlements" {...frame} empty={false} unfiltered>
      {one && <OneSettlement {...one} now={frame.now} />}
      {all && (
        <Card>
          {all.settlements.length === 0 ? (
            <Text as="p" tone="subdued">
              {t('reports.settlements.none')}
            </Text>
          ) : (
            <SettlementTable settlements={all.settlements} now={frame.now} />
          )}
          <PagesOf next={all.next} />
        </Card>
      )}
    </ReportFrame>
  );
}

export { AppError as ErrorBoundary } from '../ui/page-error.tsx';
