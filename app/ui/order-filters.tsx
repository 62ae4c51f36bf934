import { BlockStack, Button, Collapsible, InlineGrid, useBreakpoints } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { marketplaces } from '../domain/marketplaces.ts';
import { orderSorts, shipByWords } from '../domain/order-view.ts';
import { knownProgrammes } from '../domain/programmes.ts';
import { requestWords } from '../domain/request-tab.ts';
import { FilterChoice } from './filter-choice.tsx';
import { SearchForm } from './search-form.tsx';
import { useStyle } from './style.ts';
import { ValueFilter } from './value-filter.tsx';
import { sayable } from './wording.ts';

interface Props {
  readonly search: string;
  /** The states that occur, the worst first. */
  readonly states: readonly string[];
  readonly now: number;
}

function Choices({ states, now }: Omit<Props, 'search'>) {
  const { t, i18n } = useTranslation();
  const words = sayable({}, t, useStyle(now));
  // Some badges have a number or a clock in them, which a choice has not.
  const named = (state: string) => {
    const own = `orders.stateName.${state}`;
    return i18n.exists(own) ? t(own) : t(`state.${state}.badge`, words);
  };
  return (
    <InlineGrid columns={{ xs: 1, sm: 3, lg: 4 }} gap="200">
      <FilterChoice
        name="market"
        label={t('requests.filter.market')}
        any={t('requests.filter.anyMarket')}
        options={marketplaces.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <FilterChoice
        name="state"
        label={t('orders.column.state')}
        any={t('orders.anyState')}
        options={states.map((value) => ({ value, label: named(value) }))}
      />
      <FilterChoice
        name="shipBy"
        label={t('orders.column.shipBy')}
        any={t('orders.anyShipBy')}
        options={shipByWords.map((value) => ({ value, label: t(`orders.shipBy.${value}`) }))}
      />
      <FilterChoice
        name="request"
        label={t('orders.request.label')}
        any={t('orders.request.any')}
        options={requestWords.map((value) => ({ value, label: t(`orders.request.${value}`) }))}
      />
      <FilterChoice
        name="programme"
        label={t('orders.programme')}
        any={t('orders.anyProgramme')}
        options={knownProgrammes.map((value) => ({ value, label: value }))}
      />
      <ValueFilter />
      <FilterChoice
        name="sort"
        label={t('orders.sortBy')}
        any={t('orders.sort.newest')}
        options={orderSorts
          .filter((value) => value !== 'newest')
          .map((value) => ({ value, label: t(`orders.sort.${value}`) }))}
      />
    </InlineGrid>
  );
}

/** Search, filters and sort of the orders list; on a phone the filters are behind a button. */
export function OrderFilters({ search, states, now }: Props) {
  const { t } = useTranslation();
  const { smDown } = useBreakpoints();
  const [open, setOpen] = useState(false);
  const choices = <Choices states={states} now={now} />;
  return (
    <BlockStack gap="200">
      <SearchForm key={search} value={search} />
      {smDown ? (
        <>
          <Button
            fullWidth
            disclosure={open ? 'up' : 'down'}
            ariaExpanded={open}
            ariaControls="order-filters"
            onClick={() => {
              setOpen(!open);
            }}
          >
            {t('orders.filters')}
          </Button>
          <Collapsible id="order-filters" open={open}>
            {choices}
          </Collapsible>
        </>
      ) : (
        choices
      )}
    </BlockStack>
  );
}
