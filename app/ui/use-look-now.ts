import { useFetcher } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { action } from '../routes/app._index.tsx';
import { useSoon } from './use-soon.ts';

/** Amazon was looked at so lately (ms) that another look would only use up what it allows. */
const lately = 30_000;

/** The button that looks at Amazon now; it reads, and writes nothing. `lastLook` and `now` in ms UTC. */
export function useLookNow(lastLook: number | null, now: number) {
  const { t } = useTranslation();
  const shopify = useAppBridge();
  const lookSoon = useSoon();
  const { data, state, submit } = useFetcher<typeof action>();
  const looking = data?.looking ?? 0;
  useEffect(() => {
    if (state !== 'idle' || looking === 0) return;
    shopify.toast.show(t('home.looking'));
    lookSoon();
  }, [data, looking, lookSoon, shopify, state, t]);
  return {
    content: t('home.lookNow'),
    loading: state !== 'idle',
    disabled: lastLook !== null && now - lastLook < lately,
    onAction: () => {
      submit({ intent: 'look' }, { method: 'post', encType: 'application/json' });
    },
  };
}
