import { Banner } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { KeptTotals } from '../db/quarantine.ts';
import { formatMoment } from './format.ts';
import { keptKinds } from '../domain/kept-kind.ts';
import { useStyle } from './style.ts';

/** How much was done in Shopify that Amazon was not told of, and which of it cannot wait. Nothing where nothing is. */
export function QuarantineBanner({ totals, now }: { readonly totals: KeptTotals; readonly now: number }) {
  const { t } = useTranslation();
  const style = useStyle(now);
  const { count, inTime, from, to } = totals;
  if (from === null || to === null) return null;
  const kinds = keptKinds.filter((kind) => count[kind] > 0);
  const what = new Intl.ListFormat(style.language).format(
    kinds.map((kind) => t('quarantine.count', { kind, n: count[kind] })),
  );
  return (
    <Banner
      tone="warning"
      title={t('quarantine.banner', {
        what,
        from: formatMoment(from, style),
        to: formatMoment(to, style),
      })}
      {...(inTime > 0
        ? { action: { content: t('quarantine.seeShipments', { n: inTime }), url: '/app/quarantine' } }
        : {})}
    >
      {t('quarantine.nothingSent')}
    </Banner>
  );
}
