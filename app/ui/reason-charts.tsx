import { BlockStack, Card, InlineGrid, InlineStack, Button, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { cancellers } from '../domain/cancellation-rate.ts';
import type { ReasonsReport } from '../sync/reasons-report.ts';
import { CellsTable } from './cells-table.tsx';
import { spokenFigures } from './cells.ts';
import { ChartCard } from './chart-card.tsx';
import { timeCells, whoCells, whyCells } from './reason-cells.ts';
import { useReportFile } from './use-report-file.ts';

/** The most frequent reason in one sentence. */
export function useTopReason({ reasons }: ReasonsReport): string {
  const { t } = useTranslation();
  const [top] = reasons;
  if (!top) return t('reports.reasons.nobody');
  const all = reasons.reduce((sum, { n }) => sum + n, 0);
  return t('reports.reasons.top', { all, n: top.n, reason: t(`requests.reason.${top.category}`) });
}

function useWho({ cancellers: counts }: ReasonsReport): string {
  const { t } = useTranslation();
  const [first] = [...cancellers].sort((a, b) => counts[b] - counts[a]);
  const all = cancellers.reduce((sum, who) => sum + counts[who], 0);
  const n = first ? counts[first] : 0;
  return t('reports.reasons.who', { all, n, who: t('reports.canceller', { who: first }) });
}

/** Response times: few rows, so that a table is all it needs. */
function Times({ report }: { readonly report: ReasonsReport }) {
  const { t, i18n } = useTranslation();
  const exporting = useReportFile({ page: 'reasons', table: 'times' });
  const cells = timeCells(report, t, spokenFigures(t, i18n.language));
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingMd">
            {cells.name}
          </Text>
          <Button
            variant="plain"
            accessibilityLabel={t('reports.file', { name: cells.name })}
            loading={exporting.loading}
            onClick={exporting.onAction}
          >
            {exporting.content}
          </Button>
        </InlineStack>
        <Text as="p" tone="subdued">
          {t('reports.reasons.timesNote')}
        </Text>
        {cells.rows.length === 0 ? (
          <Text as="p">{t('reports.reasons.nobody')}</Text>
        ) : (
          <CellsTable cells={cells} />
        )}
      </BlockStack>
    </Card>
  );
}

/** Why buyers ask, who cancelled, and how fast requests are answered (REP-7). */
export function ReasonCharts({ report }: { readonly report: ReasonsReport }) {
  const { t, i18n } = useTranslation();
  const figures = spokenFigures(t, i18n.language);
  return (
    <>
      <InlineGrid columns={{ xs: 1, lg: 2 }} gap="400" alignItems="start">
        <ChartCard
          title={t('reports.reasons.whyTitle')}
          summary={useTopReason(report)}
          chart={{
            kind: 'bars',
            bars: report.reasons.map(({ category, n }) => ({
              name: t(`requests.reason.${category}`),
              value: n,
            })),
            say: figures.count,
          }}
          table={whyCells(report, t, figures)}
          file={{ page: 'reasons', table: 'why' }}
        />
        <ChartCard
          title={t('reports.reasons.whoTitle')}
          summary={useWho(report)}
          chart={{
            kind: 'bars',
            bars: cancellers.map((who) => ({
              name: t('reports.canceller', { who }),
              value: report.cancellers[who],
            })),
            say: figures.count,
          }}
          table={whoCells(report, t, figures)}
          file={{ page: 'reasons', table: 'who' }}
        />
      </InlineGrid>
      <Times report={report} />
    </>
  );
}
