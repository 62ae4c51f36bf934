import type { LinksFunction, LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useSearchParams } from '@remix-run/react';
import { BlockStack, Button, Card, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { shopDomain } from '../domain/ids.ts';
import { now } from '../lib/clock.ts';
import { db } from '../services.server.ts';
import { authenticateAdmin } from '../shopify.server.ts';
import { consistencyPage, ledgerFilter, readLedgerWish } from '../sync/ledger-view.ts';
import { countMendable } from '../sync/mend-many.ts';
import { reportFrame } from '../sync/report-frame.ts';
import { DayTable } from '../ui/day-table.tsx';
import { FilterChoice } from '../ui/filter-choice.tsx';
import { formatSum } from '../ui/format.ts';
import { problemViews } from '../ui/group-problems.ts';
import { CurrencyChoice, FinanceReach } from '../ui/ledger-filters.tsx';
import { LedgerTable } from '../ui/ledger-table.tsx';
import { MendMany } from '../ui/mend-many.tsx';
import { PagesOf } from '../ui/pages-of.tsx';
import { ReportFrame } from '../ui/report-frame.tsx';
import { reportUrl } from '../ui/report-pages.ts';
import styles from '../ui/reports.css?url';
import { StateCounts } from '../ui/state-counts.tsx';
import { changed, readPlace } from '../ui/trail.ts';

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: styles }];

export const loader = async ({ request }: LoaderFunctionArgs) => {
  const { session } = await authenticateAdmin(request);
  const shop = shopDomain(session.shop);
  const given = new URL(request.url).searchParams;
  const wish = { ...readLedgerWish(given), state: null, search: null };
  return db.forShop(shop, async (tx) => {
    const frame = await reportFrame(tx, shop, given, now());
    const filter = ledgerFilter(frame.filter, wish, frame.now);
    const list = { voids: wish.voids, after: readPlace(given.getAll('after').at(-1)) };
    const report = await consistencyPage(tx, shop, filter, list);
    const differences = report.differences.map(({ problem, ...row }) => ({
      ...row,
      problem: problem && (problemViews([problem])[0] ?? null),
    }));
    return { frame, report: { ...report, differences, mendable: await countMendable(tx, shop, filter) } };
  });
};

/** Day by day what Amazon and Shopify report, side by side, and where they are apart with what mends it (REP-3). */
export default function ConsistencyPage() {
  const { frame, report } = useLoaderData<typeof loader>();
  const { t, i18n } = useTranslation();
  const [query] = useSearchParams();
  const { orders, days, voids, differences, mendable, more, choices, next } = report;
  return (
    <ReportFrame
      page="consistency"
      {...frame}
      empty={days.length === 0 && !query.has('after')}
      banner={<FinanceReach until={choices.financesUntil} now={frame.now} />}
      filters={
        <>
          <CurrencyChoice currencies={choices.currencies} />
          <FilterChoice
            name="voids"
            label={t('reports.consistency.voids')}
            any={t('reports.consistency.withoutVoids')}
            options={[{ value: 'yes', label: t('reports.consistency.withVoids') }]}
          />
        </>
      }
    >
      <BlockStack gap="400">
        <StateCounts orders={orders} />
        <MendMany kinds={mendable} now={frame.now} />
        {differences.length > 0 && (
          <Card>
            <BlockStack gap="300" inlineAlign="stretch">
              <Text as="h2" variant="headingMd">
                {t('reports.consistency.differences')}
              </Text>
              <LedgerTable name={t('reports.consistency.differences')} lines={differences} now={frame.now} />
              {more && (
                <Button variant="plain" url={`${reportUrl('ledger')}${changed(query, 'state', 'different')}`}>
                  {t('reports.consistency.more')}
                </Button>
              )}
            </BlockStack>
          </Card>
        )}
        <Card>
          <BlockStack gap="300">
            <Text as="h2" variant="headingMd">
              {t('reports.consistency.days')}
            </Text>
            {voids.map(({ currency, orders: n, amount }) => (
              <Text key={currency} as="p" tone="subdued">
                {t('reports.consistency.voidsLine', {
                  n,
                  amount: formatSum(amount, currency, i18n.language),
                })}
              </Text>
            ))}
            <DayTable days={days} now={frame.now} />
            <PagesOf next={next} />
          </BlockStack>
        </Card>
      </BlockStack>
    </ReportFrame>
  );
}

export { AppError as ErrorBoundary } from '../ui/page-error.tsx';
