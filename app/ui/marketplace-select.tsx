import { Select } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { ConnectChoices } from '../sync/setup-view.ts';

interface Props {
  readonly choices: ConnectChoices;
  readonly value: string;
  readonly onChange: (id: string) => void;
}

/** In which marketplace an account was opened: that says whose Seller Central to go to, and its region. */
export function MarketplaceSelect({ choices, value, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <Select
      label={t('connect.at')}
      helpText={t('connect.atHelp')}
      options={choices.marketplaces.map(({ id, name }) => ({ value: id, label: name }))}
      value={value}
      onChange={onChange}
    />
  );
}
