import { useFetcher } from '@remix-run/react';
import { Banner } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useStyle } from './style.ts';
import { sayable, type Params } from './wording.ts';

/** Says that Amazon can be seen again, until somebody has read it (REQ-12). */
export function RecoveredBanner({ params, now }: { params: Params; now: number }) {
  const { t } = useTranslation();
  const { submit, state } = useFetcher();
  const words = sayable(params, t, useStyle(now));
  if (state !== 'idle') return null;
  return (
    <Banner
      tone="success"
      title={t('problem.recovered.title', words)}
      onDismiss={() => {
        submit({ intent: 'dismiss' }, { method: 'post', action: '/app?index', encType: 'application/json' });
      }}
    >
      {t('problem.recovered.why', words)}
    </Banner>
  );
}
