import { InlineGrid } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { marketplaces } from '../domain/marketplaces.ts';
import { reasonCategories } from '../domain/reason-category.ts';
import { FilterChoice } from './filter-choice.tsx';
import { SearchForm } from './search-form.tsx';

/** Search and filters of the inbox. What only requests have is left out where there are none. */
export function RequestFilters({ search, known }: { readonly search: string; readonly known: boolean }) {
  const { t } = useTranslation();
  return (
    <InlineGrid columns={{ xs: 1, md: known ? '2fr 1fr 1fr 1fr' : '2fr 1fr' }} gap="200">
      <SearchForm key={search} value={search} />
      <FilterChoice
        name="market"
        label={t('requests.filter.market')}
        any={t('requests.filter.anyMarket')}
        options={marketplaces.map(({ id, name }) => ({ value: id, label: name }))}
      />
      {known && (
        <>
          <FilterChoice
            name="reason"
            label={t('requests.filter.reason')}
            any={t('requests.filter.anyReason')}
            options={reasonCategories.map((each) => ({ value: each, label: t(`requests.reason.${each}`) }))}
          />
          <FilterChoice
            name="lines"
            label={t('requests.filter.lines')}
            any={t('requests.filter.anyLines')}
            options={[{ value: 'all', label: t('requests.filter.allLines') }]}
          />
        </>
      )}
    </InlineGrid>
  );
}
