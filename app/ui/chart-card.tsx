import { BlockStack, Button, Card, InlineStack, Text } from '@shopify/polaris';
import { lazy, Suspense, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BarDrawingProps } from './bar-drawing.tsx';
import { CellsTable } from './cells-table.tsx';
import type { Cells } from './cells.ts';
import type { LineDrawingProps } from './line-drawing.tsx';
import { useReportFile, type ReportFile } from './use-report-file.ts';
import { useInBrowser } from './use-in-browser.ts';

// The library is loaded with the first chart that is shown, and by no page that has none.
const LineDrawing = lazy(() => import('./line-drawing.tsx'));
const BarDrawing = lazy(() => import('./bar-drawing.tsx'));

interface Props {
  readonly title: string;
  /** What the chart says, in one sentence: it is read where the chart cannot be seen. */
  readonly summary: string;
  readonly chart:
    ({ readonly kind: 'line' } & LineDrawingProps) | ({ readonly kind: 'bars' } & BarDrawingProps);
  /** The same figures as a table, and where they are had as a file. */
  readonly table: Cells;
  readonly file: ReportFile;
}

/** One chart with its sentence; its table is a click away, and stands in its place on paper. */
export function ChartCard({ title, summary, chart, table, file }: Props) {
  const { t } = useTranslation();
  const [asTable, setAsTable] = useState(false);
  const inBrowser = useInBrowser();
  const id = useId();
  const exporting = useReportFile(file);
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingMd">
            {title}
          </Text>
          <InlineStack gap="300">
            <Button
              variant="plain"
              ariaControls={id}
              ariaExpanded={asTable}
              onClick={() => {
                setAsTable(!asTable);
              }}
            >
              {asTable ? t('reports.showChart') : t('reports.showTable')}
            </Button>
            <Button
              variant="plain"
              accessibilityLabel={t('reports.file', { name: title })}
              loading={exporting.loading}
              onClick={exporting.onAction}
            >
              {exporting.content}
            </Button>
          </InlineStack>
        </InlineStack>
        <Text as="p">{summary}</Text>
        {!asTable && (
          <div
            role="img"
            aria-label={summary}
            className={`report-chart report-chart-${chart.kind} report-screen`}
          >
            {inBrowser && (
              <Suspense>
                {chart.kind === 'line' ? <LineDrawing {...chart} /> : <BarDrawing {...chart} />}
              </Suspense>
            )}
          </div>
        )}
        <div id={id} className={asTable ? undefined : 'report-print'}>
          <CellsTable cells={table} />
        </div>
      </BlockStack>
    </Card>
  );
}
