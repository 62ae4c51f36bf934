import { Banner } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { FilterChoice } from './filter-choice.tsx';
import { formatMoment } from './format.ts';
import { useStyle } from './style.ts';

/** The choice of one currency. */
export function CurrencyChoice({ currencies }: { readonly currencies: readonly string[] }) {
  const { t } = useTranslation();
  return (
    <FilterChoice
      name="currency"
      label={t('reports.money.currency')}
      any={t('reports.money.anyCurrency')}
      options={currencies.map((value) => ({ value, label: value }))}
    />
  );
}

/** How far Amazon's finance data reaches; `until` in ms UTC, null: it was never read. */
export function FinanceReach({ until, now }: { readonly until: number | null; readonly now: number }) {
  const { t } = useTranslation();
  const style = useStyle(now);
  const known = until === null ? 'no' : 'yes';
  return (
    <Banner tone="info">
      {t('reports.money.reach', { known, time: until === null ? '' : formatMoment(until, style) })}
    </Banner>
  );
}
