import type { LinksFunction, LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { BlockStack, Box, Card, InlineGrid, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { readVerdict } from '../db/cancels.ts';
import { shopDomain } from '../domain/ids.ts';
import { zoneOf } from '../domain/report-filter.ts';
import { now } from '../lib/clock.ts';
import { db } from '../services.server.ts';
import { authenticateAdmin } from '../shopify.server.ts';
import { rateReport } from '../sync/rate-report.ts';
import { reportFrame } from '../sync/report-frame.ts';
import { CancelList } from '../ui/cancel-list.tsx';
import { formatDay } from '../ui/format.ts';
import { RateFigures } from '../ui/rate-card.tsx';
import { RateCourseCard } from '../ui/rate-course-card.tsx';
import { rateView, type RateView } from '../ui/rate-view.ts';
import { ReportFrame } from '../ui/report-frame.tsx';
import styles from '../ui/reports.css?url';
import { useStyle } from '../ui/style.ts';
import { readPlace } from '../ui/trail.ts';

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: styles }];

export const loader = async ({ request }: LoaderFunctionArgs) => {
  const { session } = await authenticateAdmin(request);
  const shop = shopDomain(session.shop);
  const given = new URL(request.url).searchParams;
  return db.forShop(shop, async (tx) => {
    const frame = await reportFrame(tx, shop, given, now());
    const report = await rateReport(tx, shop, frame, {
      verdict: readVerdict(given.get('tab')),
      after: readPlace(given.getAll('after').at(-1)),
    });
    return { frame, report: { ...report, rates: report.rates.map(rateView) } };
  });
};

function RateNow({ rate, now: at }: { readonly rate: RateView; readonly now: number }) {
  const { t } = useTranslation();
  const style = useStyle(at);
  const { firstLeavesAt, marketplaceId } = rate;
  return (
    <Card>
      <BlockStack gap="200">
        <RateFigures rate={rate} />
        {firstLeavesAt !== null && (
          <Text as="p" tone="subdued">
            {t('reports.rate.leaves', {
              date: formatDay(firstLeavesAt, { ...style, timeZone: zoneOf(marketplaceId) }),
            })}
          </Text>
        )}
      </BlockStack>
    </Card>
  );
}

/** The cancellation rate, what counts in it and why, and where it goes (REP-4). Changes nothing on either side. */
export default function RatePage() {
  const { frame, report } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const { rates, course, empty } = report;
  return (
    <ReportFrame page="cancellation-rate" {...frame} empty={empty}>
      <BlockStack gap="400">
        <Box paddingInline={{ xs: '400', sm: '0' }}>
          <Text as="p" tone="subdued">
            {t('rate.source')}
          </Text>
        </Box>
        <InlineGrid columns={{ xs: 1, md: rates.length > 1 ? 2 : 1 }} gap="400">
          {rates.map((rate) => (
            <RateNow key={rate.marketplaceId} rate={rate} now={frame.now} />
          ))}
        </InlineGrid>
        {course && <RateCourseCard course={course} />}
        <CancelList {...report} now={frame.now} />
      </BlockStack>
    </ReportFrame>
  );
}

export { AppError as ErrorBoundary } from '../ui/page-error.tsx';
