import { useNavigate, useSearchParams } from '@remix-run/react';
import { Select } from '@shopify/polaris';
import { changed } from './trail.ts';

/** One filter of a list as a choice that goes into the address. */
export function FilterChoice({
  name,
  label,
  any,
  options,
}: {
  readonly name: string;
  readonly label: string;
  readonly any: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
}) {
  const [query] = useSearchParams();
  const navigate = useNavigate();
  return (
    <Select
      label={label}
      labelHidden
      options={[{ value: '', label: any }, ...options]}
      value={query.get(name) ?? ''}
      onChange={(value) => {
        navigate(changed(query, name, value));
      }}
    />
  );
}
