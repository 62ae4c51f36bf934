import type { LinksFunction, LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useSearchParams } from '@remix-run/react';
import { BlockStack, Card, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { shopDomain } from '../domain/ids.ts';
import { ledgerStates } from '../domain/ledger-entry.ts';
import { now } from '../lib/clock.ts';
import { db } from '../services.server.ts';
import { authenticateAdmin } from '../shopify.server.ts';
import { ledgerFilter, ledgerPage, readLedgerWish } from '../sync/ledger-view.ts';
import { countMendable } from '../sync/mend-many.ts';
import { reportFrame } from '../sync/report-frame.ts';
import { FilterChoice } from '../ui/filter-choice.tsx';
import { formatSum } from '../ui/format.ts';
import { problemViews } from '../ui/group-problems.ts';
import { CurrencyChoice, FinanceReach } from '../ui/ledger-filters.tsx';
import { LedgerTable } from '../ui/ledger-table.tsx';
import { MendMany } from '../ui/mend-many.tsx';
import { PagesOf } from '../ui/pages-of.tsx';
import { ReportFrame } from '../ui/report-frame.tsx';
import styles from '../ui/reports.css?url';
import { SearchForm } from '../ui/search-form.tsx';
import { readPlace } from '../ui/trail.ts';

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: styles }];

export const loader = async ({ request }: LoaderFunctionArgs) => {
  const { session } = await authenticateAdmin(request);
  const shop = shopDomain(session.shop);
  const given = new URL(request.url).searchParams;
  const wish = readLedgerWish(given);
  return db.forShop(shop, async (tx) => {
    const frame = await reportFrame(tx, shop, given, now());
    const filter = ledgerFilter(frame.filter, wish, frame.now);
    const report = await ledgerPage(tx, shop, filter, readPlace(given.getAll('after').at(-1)));
    const rows = report.rows.map(({ problem, ...row }) => ({
      ...row,
      problem: problem && (problemViews([problem])[0] ?? null),
    }));
    return {
      frame,
      search: wish.search,
      report: { ...report, rows, mendable: await countMendable(tx, shop, filter) },
    };
  });
};

/** Every order's money in Amazon's, Shopify's and the settlement's words (REP-1). */
export default function LedgerPage() {
  const { frame, search, report } = useLoaderData<typeof loader>();
  const { t, i18n } = useTranslation();
  const [query] = useSearchParams();
  const { rows, sums, orders, mendable, choices, next } = report;
  const nothing = Object.values(orders).every((n) => n === 0);
  const money = (amount: string, currency: string) => formatSum(amount, currency, i18n.language);
  return (
    <ReportFrame
      page="ledger"
      {...frame}
      empty={nothing && search === null && !query.has('after')}
      banner={<FinanceReach until={choices.financesUntil} now={frame.now} />}
      filters={
        <>
          <CurrencyChoice currencies={choices.currencies} />
          <FilterChoice
            name="state"
            label={t('reports.money.column', { name: 'state' })}
            any={t('reports.money.anyState')}
            options={ledgerStates.map((state) => ({
              value: state,
              label: t('reports.money.stateCount', { state, n: orders[state] }),
            }))}
          />
          <SearchForm
            key={search}
            value={search ?? ''}
            label={t('reports.ledger.search')}
            hint={t('reports.ledger.search')}
          />
        </>
      }
    >
      <Card>
        <BlockStack gap="300">
          <MendMany kinds={mendable} now={frame.now} />
          {rows.length === 0 ? (
            <Text as="p" tone="subdued">
              {t('reports.ledger.none')}
            </Text>
          ) : (
            <LedgerTable name={t('reports.tab.ledger')} lines={rows} now={frame.now} />
          )}
          {sums.map(({ currency, entries, amazon, shopify, settlement }) => (
            <Text key={currency} as="p" fontWeight="medium">
              {t('reports.ledger.sum', {
                n: entries,
                amazon: money(amazon, currency),
                shopify: money(shopify, currency),
                settlement: money(settlement, currency),
              })}
            </Text>
          ))}
          <PagesOf next={next} />
        </BlockStack>
      </Card>
    </ReportFrame>
  );
}

export { AppError as ErrorBoundary } from '../ui/page-error.tsx';
