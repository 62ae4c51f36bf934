import { useSearchParams } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { countLimit } from '../domain/request-tab.ts';
import { saveFile } from './save-file.ts';
import { listQuery } from './trail.ts';

async function fetched(url: string): Promise<Blob | null> {
  try {
    const answer = await fetch(url);
    return answer.ok ? await answer.blob() : null;
  } catch {
    return null;
  }
}

/** The button that saves the list, as it is filtered and sorted, as a CSV file; it says how many orders that are. */
export function useExport(total: number) {
  const { t, i18n } = useTranslation();
  const [query] = useSearchParams();
  const shopify = useAppBridge();
  const [loading, setLoading] = useState(false);
  const save = async () => {
    setLoading(true);
    const file = await fetched(`/app/orders/export?${listQuery(query)}&locale=${i18n.language}`);
    setLoading(false);
    if (file) saveFile('orders.csv', file);
    else shopify.toast.show(t('orders.export.failed'), { isError: true });
  };
  return {
    content: t('orders.export.button', {
      n: Math.min(total, countLimit),
      more: total > countLimit ? 'yes' : 'no',
    }),
    loading,
    disabled: total === 0,
    onAction: () => {
      void save(); // `fetched` answers null for what goes wrong.
    },
  };
}
