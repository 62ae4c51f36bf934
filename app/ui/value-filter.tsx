import { useNavigate, useSearchParams } from '@remix-run/react';
import { InlineGrid, TextField } from '@shopify/polaris';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readValueRange } from '../domain/order-view.ts';
import { changed } from './trail.ts';

/** The ends of a range as the address has it. */
function endsOf(value: string) {
  const [from = '', to = ''] = value.split('-');
  return { from, to };
}

/** Filters a list by value, from and to, in each order's own currency: once both ends are left, or Enter is pressed. */
export function ValueFilter() {
  const { t } = useTranslation();
  const [query] = useSearchParams();
  const navigate = useNavigate();
  const value = query.get('value') ?? '';
  const [typed, setTyped] = useState(endsOf(value));
  // The fields stay the same ones, so that the focus does.
  useEffect(() => {
    setTyped(endsOf(value));
  }, [value]);
  const [from, to] = [typed.from, typed.to].map((text) => text.trim().replace(',', '.'));
  const wanted = from === '' && to === '' ? '' : `${from ?? ''}-${to ?? ''}`;
  const wrong = wanted !== '' && readValueRange(wanted) === undefined;
  const apply = () => {
    if (!wrong && wanted !== value) navigate(changed(query, 'value', wanted));
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
      onBlur={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget)) apply();
      }}
    >
      <InlineGrid columns={2} gap="200">
        {(['from', 'to'] as const).map((end) => (
          <TextField
            key={end}
            label={t(`orders.value.${end}`)}
            labelHidden
            placeholder={t(`orders.value.${end}`)}
            value={typed[end]}
            error={wrong && endsOf(wanted)[end] !== '' && t('orders.value.wrong')}
            inputMode="decimal"
            autoComplete="off"
            onChange={(text) => {
              setTyped({ ...typed, [end]: text });
            }}
          />
        ))}
      </InlineGrid>
      <button type="submit" hidden>
        {t('action.search')}
      </button>
    </form>
  );
}
