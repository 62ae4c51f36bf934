import { useAppBridge } from '@shopify/app-bridge-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fetchFile } from './save-file.ts';

/** The button that saves the problems of a tab as a CSV file. */
export function useProblemExport(tab: 'open' | 'solved') {
  const { t, i18n } = useTranslation();
  const shopify = useAppBridge();
  const [loading, setLoading] = useState(false);
  const save = async () => {
    setLoading(true);
    const query = new URLSearchParams({ tab, locale: i18n.language });
    const saved = await fetchFile(`/app/problems/export?${query.toString()}`, 'problems.csv');
    setLoading(false);
    if (!saved) shopify.toast.show(t('orders.export.failed'), { isError: true });
  };
  return {
    content: t('problems.export'),
    loading,
    onAction: () => {
      void save(); // It answers false for what goes wrong.
    },
  };
}
