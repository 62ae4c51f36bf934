import type { LinksFunction, LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { BlockStack, Box, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { shopDomain } from '../domain/ids.ts';
import { reasonGroupings } from '../domain/reason-group.ts';
import { now } from '../lib/clock.ts';
import { db } from '../services.server.ts';
import { authenticateAdmin } from '../shopify.server.ts';
import { reasonsPage, reasonsReport } from '../sync/reasons-report.ts';
import { reportFrame } from '../sync/report-frame.ts';
import { FilterChoice } from '../ui/filter-choice.tsx';
import { ReasonCharts, useTopReason } from '../ui/reason-charts.tsx';
import { ReasonGroups } from '../ui/reason-groups.tsx';
import { readGrouping } from '../ui/reasons-query.ts';
import { ReportFrame } from '../ui/report-frame.tsx';
import styles from '../ui/reports.css?url';
import { readPlace } from '../ui/trail.ts';

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: styles }];

export const loader = async ({ request }: LoaderFunctionArgs) => {
  const { session } = await authenticateAdmin(request);
  const shop = shopDomain(session.shop);
  const given = new URL(request.url).searchParams;
  const by = readGrouping(given);
  const after = readPlace(given.getAll('after').at(-1));
  return db.forShop(shop, async (tx) => {
    const frame = await reportFrame(tx, shop, given, now());
    const report = await reasonsReport(tx, shop, frame.filter, frame.now);
    return {
      frame,
      by,
      report,
      page: await reasonsPage(tx, shop, frame.filter, { by, after, now: frame.now }),
    };
  });
};

/** Why buyers ask to cancel, who cancelled, and how fast it was answered (REP-7). Changes nothing on either side. */
export default function ReasonsPage() {
  const { frame, by, report, page } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const { outstanding } = report;
  const top = useTopReason(report);
  const [usual, ...others] = reasonGroupings;
  return (
    <ReportFrame
      page="reasons"
      {...frame}
      empty={report.orders === 0}
      filters={
        <FilterChoice
          name="by"
          label={t('reports.reasons.groupBy')}
          any={t(`reports.reasons.by.${usual}`)}
          options={others.map((each) => ({ value: each, label: t(`reports.reasons.by.${each}`) }))}
        />
      }
    >
      <BlockStack gap="400">
        <Box paddingInline={{ xs: '400', sm: '0' }}>
          <BlockStack gap="100">
            <Text as="p" variant="headingMd">
              {top}
              {outstanding !== null &&
                ` ${t('reports.reasons.outstanding', { ...outstanding, sku: outstanding.key })}`}
            </Text>
            <Text as="p" tone="subdued">
              {t('reports.reasons.privacy')}
            </Text>
          </BlockStack>
        </Box>
        <ReasonCharts report={report} />
        <ReasonGroups groups={page.rows} by={by} next={page.next} />
      </BlockStack>
    </ReportFrame>
  );
}

export { AppError as ErrorBoundary } from '../ui/page-error.tsx';
