import { Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { Lag } from '../db/lag.ts';
import { formatLength, formatRelative } from './format.ts';
import { useStyle } from './style.ts';

/** How fast things came in lately, and when Shopify last told something (ms UTC; null: nothing yet). */
export interface Lags {
  readonly arrive: Lag;
  readonly hold: Lag;
  readonly webhook: number | null;
}

/** Of fewer cases nothing is said. */
const fewest = 20;

/** In small print: how long orders and holds took in the past 7 days, and when Shopify last told something. */
export function LagLines({ lags, now }: { readonly lags: Lags; readonly now: number }) {
  const { t, i18n } = useTranslation();
  const style = useStyle(now);
  const said = (name: 'arrive' | 'hold') => {
    const { n, median, most } = lags[name];
    if (n < fewest) return t(`home.lag.${name}Few`);
    const length = (ms: number) => formatLength(ms, i18n.language);
    return t(`home.lag.${name}`, { median: length(median), most: length(most) });
  };
  return (
    <>
      <Text as="p" variant="bodySm" tone="subdued">
        {said('arrive')}
      </Text>
      <Text as="p" variant="bodySm" tone="subdued">
        {said('hold')}
      </Text>
      <Text as="p" variant="bodySm" tone="subdued">
        {lags.webhook === null
          ? t('home.lag.noWebhook')
          : t('home.lag.webhook', { when: formatRelative(lags.webhook, style) })}
      </Text>
    </>
  );
}
