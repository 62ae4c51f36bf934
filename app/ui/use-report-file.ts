import { useSearchParams } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { reportUrl, type ReportPage } from './report-pages.ts';
import { fetchFile } from './save-file.ts';
import { listQuery } from './trail.ts';

/** A table of a report as a file; without a name it is the report's own list. */
export interface ReportFile {
  readonly page: ReportPage;
  readonly table?: string;
}

/** The button that saves a report's table, as it is filtered, as a CSV file. */
export function useReportFile({ page, table }: ReportFile) {
  const { t, i18n } = useTranslation();
  const [query] = useSearchParams();
  const shopify = useAppBridge();
  const [loading, setLoading] = useState(false);
  const save = async () => {
    setLoading(true);
    const saved = await fetchFile(
      `${reportUrl(page)}/export?${listQuery(query)}&locale=${i18n.language}&table=${table ?? ''}`,
      `${table === undefined ? page : `${page}-${table}`}.csv`,
    );
    setLoading(false);
    if (!saved) shopify.toast.show(t('orders.export.failed'), { isError: true });
  };
  return {
    content: t('reports.export'),
    loading,
    onAction: () => {
      void save(); // `fetchFile` answers false for what goes wrong.
    },
  };
}
