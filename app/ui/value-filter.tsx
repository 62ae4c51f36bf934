import { useNavigate, useSearchParams } from '@remix-run/react';
import { InlineGrid, TextField } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { changed } from './trail.ts';

/** Filters a list by value, from and to, in each order's own currency; `value` as the address has it. */
export function ValueFilter({ value }: { readonly value: string }) {
  const { t } = useTranslation();
  const [query] = useSearchParams();
  const navigate = useNavigate();
  const [from = '', to = ''] = value.split('-');
  const [typed, setTyped] = useState({ from, to });
  const apply = () => {
    const [least, most] = [typed.from, typed.to].map((text) => text.trim().replace(',', '.'));
    const wanted = `${least ?? ''}-${most ?? ''}`;
    const next = wanted === '-' ? '' : wanted;
    if (next !== value) navigate(changed(query, 'value', next));
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        apply();
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
            inputMode="decimal"
            autoComplete="off"
            onChange={(text) => {
              setTyped({ ...typed, [end]: text });
            }}
            onBlur={apply}
          />
        ))}
      </InlineGrid>
      <button type="submit" hidden>
        {t('action.search')}
      </button>
    </form>
  );
}
