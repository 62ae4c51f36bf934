import { useLocation, useNavigate, useNavigation, useSearchParams } from '@remix-run/react';
import {
  BlockStack,
  Box,
  Card,
  EmptyState,
  InlineGrid,
  Page,
  SkeletonBodyText,
  Tabs,
  Text,
} from '@shopify/polaris';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { marketplaceName } from '../domain/marketplaces.ts';
import type { ReportFilter } from '../domain/report-filter.ts';
import type { ColumnFinding } from '../sync/column-doctor.ts';
import { ColumnBanner } from './column-banner.tsx';
import { FilterChoice } from './filter-choice.tsx';
import { reportPages, reportUrl, sharedQuery, type ReportPage } from './report-pages.ts';
import { ReportPeriodChoice } from './report-period.tsx';
import { sayFilter } from './say-filter.ts';
import { useStyle } from './style.ts';
import { useLive } from './use-live.ts';
import { useReportFile } from './use-report-file.ts';

interface Props {
  readonly page: ReportPage;
  readonly filter: ReportFilter;
  /** Where the shop sells. */
  readonly marketplaces: readonly string[];
  /** The loader's time, ms UTC. */
  readonly now: number;
  readonly column: ColumnFinding | null;
  /** The one banner of the page, where the column is no matter. */
  readonly banner?: ReactNode;
  /** Nothing was made in this time: that is said in place of the report. */
  readonly empty: boolean;
  /** Filters of this report alone, beside those that all have. */
  readonly filters?: ReactNode;
  /** It tells of all there is, whatever marketplace and days. */
  readonly unfiltered?: true;
  readonly children: ReactNode;
}

/** The report that is gone to, where the page is about to become another one. */
function useNextPage(): ReportPage | undefined {
  const { location } = useNavigation();
  const { pathname } = useLocation();
  if (!location || location.pathname === pathname) return undefined;
  return reportPages.find((each) => location.pathname === reportUrl(each));
}

function Skeleton() {
  return (
    <Card>
      <SkeletonBodyText lines={12} />
    </Card>
  );
}

function Empty() {
  const { t } = useTranslation();
  const [query] = useSearchParams();
  const wider = new URLSearchParams(sharedQuery(query));
  for (const name of ['from', 'to']) wider.delete(name);
  wider.set('days', '90');
  return (
    <Card>
      <EmptyState
        heading={t('reports.empty')}
        image="/icon.svg"
        action={{ content: t('reports.period.days', { n: 90 }), url: `?${wider.toString()}` }}
      />
    </Card>
  );
}

/** Sums over many orders are not asked for as often as what staff act on. */
const everyMinute = 60_000;

/** A page on a phone leaves no room at its sides. */
const beside = { xs: '400', sm: '0' } as const;

/** The frame that all reports share: tabs, marketplace and days, what is shown and as of when, export and print. */
export function ReportFrame(props: Props) {
  const { page, filter, marketplaces, now, column, banner, empty, filters, unfiltered, children } = props;
  const { t } = useTranslation();
  const [query] = useSearchParams();
  const navigate = useNavigate();
  const busy = useNavigation().state === 'loading';
  const next = useNextPage();
  useLive(everyMinute);
  const style = useStyle(now);
  const exporting = useReportFile({ page });
  return (
    <Page
      title={t('reports.title')}
      subtitle={t(`reports.tab.${page}`)}
      fullWidth
      backAction={{ content: t('nav.home'), url: '/app' }}
      primaryAction={{ ...exporting, disabled: empty }}
      secondaryActions={[
        {
          content: t('reports.print'),
          onAction: () => {
            window.print();
          },
        },
      ]}
    >
      <BlockStack gap="400">
        <div className="report-controls">
          <Tabs
            tabs={reportPages.map((each) => ({
              id: `report-${each}`,
              content: t(`reports.tab.${each}`),
              panelID: 'report',
            }))}
            selected={reportPages.indexOf(next ?? page)}
            onSelect={(index) => {
              navigate(`${reportUrl(reportPages[index] ?? page)}?${sharedQuery(query)}`);
            }}
          />
          {!unfiltered && (
            <Box paddingInline={beside}>
              <InlineGrid columns={{ xs: 1, sm: 3 }} gap="200">
                <FilterChoice
                  name="market"
                  label={t('requests.filter.market')}
                  any={t('requests.filter.anyMarket')}
                  options={marketplaces.map((id) => ({ value: id, label: marketplaceName(id) }))}
                />
                <ReportPeriodChoice filter={filter} style={style} />
                {filters}
              </InlineGrid>
            </Box>
          )}
        </div>
        {!unfiltered && (
          <Box paddingInline={beside}>
            <Text as="p" tone="subdued">
              {sayFilter(filter, t, style)}
            </Text>
          </Box>
        )}
        {column ? <ColumnBanner finding={column} /> : banner}
        <div id="report" aria-busy={busy}>
          {next ? <Skeleton /> : empty ? <Empty /> : children}
        </div>
      </BlockStack>
    </Page>
  );
}
