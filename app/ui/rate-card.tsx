import { BlockStack, Card, InlineStack, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { formatPercent } from './format.ts';
import { RateGauge } from './rate-gauge.tsx';
import type { RateView } from './rate-view.ts';

/** With fewer orders one cancel moves the rate much. */
const few = 40;

/** A marketplace's rate: number, gauge, and what is to be known of it. */
export function RateFigures({ rate }: { readonly rate: RateView }) {
  const { t, i18n } = useTranslation();
  const { storefront, counted, total, notKnown, percent, worst, limit, days, left } = rate;
  if (percent === null)
    return (
      <BlockStack gap="100">
        <Text as="h3" variant="headingSm">
          {storefront}
        </Text>
        <Text as="p" tone="subdued">
          {t('rate.none', { days })}
        </Text>
      </BlockStack>
    );
  const number = t('rate.number', { rate: formatPercent(percent, i18n.language) });
  const sentence = t('rate.sentence', { counted, total, days, left: left ?? 0, limit });
  return (
    <BlockStack gap="100">
      <InlineStack align="space-between" gap="200">
        <Text as="h3" variant="headingSm">
          {storefront}
        </Text>
        <Text as="span" variant="headingMd">
          {number}
        </Text>
      </InlineStack>
      <RateGauge rate={rate} label={t('rate.label', { storefront, number, limit })} />
      <Text as="p" tone={rate.tone === 'critical' ? 'critical' : 'subdued'}>
        {sentence}
      </Text>
      {notKnown > 0 && (
        <Text as="p" tone="subdued">
          {t('rate.notKnown', { n: notKnown, worst: formatPercent(worst ?? percent, i18n.language) })}
        </Text>
      )}
      {total < few && (
        <Text as="p" tone="subdued">
          {t('rate.few', { points: formatPercent(100 / total, i18n.language) })}
        </Text>
      )}
    </BlockStack>
  );
}

/** The same in one line. */
function Short({ rate }: { readonly rate: RateView }) {
  const { t, i18n } = useTranslation();
  const { storefront, counted, total, percent } = rate;
  return (
    <InlineStack align="space-between" gap="200">
      <Text as="span">{storefront}</Text>
      <Text as="span" tone={rate.tone === 'critical' ? 'critical' : 'subdued'} numeric>
        {percent === null
          ? t('notKnown')
          : t('rate.short', { rate: formatPercent(percent, i18n.language), counted, total })}
      </Text>
    </InlineStack>
  );
}

/** The cancellation rates of all marketplaces: the nearest to its limit whole, the others in a line each. */
export function RateCard({ rates }: { readonly rates: readonly RateView[] }) {
  const { t } = useTranslation();
  const [first, ...rest] = rates;
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t('rate.title')}
        </Text>
        {first && <RateFigures rate={first} />}
        {rest.map((rate) => (
          <Short key={rate.storefront} rate={rate} />
        ))}
        <Text as="p" variant="bodySm" tone="subdued">
          {t('rate.source')}
        </Text>
      </BlockStack>
    </Card>
  );
}
