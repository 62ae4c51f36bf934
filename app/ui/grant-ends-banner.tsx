import { Banner } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { AccountView } from '../sync/account-views.ts';
import { formatDay } from './format.ts';
import { useStyle } from './style.ts';

/** The account whose yearly grant ends first, where one ends soon; null: none does. */
export const endsFirst = (accounts: readonly AccountView[]): AccountView | null =>
  accounts
    .filter(({ connected, endsSoon }) => connected && endsSoon)
    .toSorted((a, b) => (a.grantedUntil ?? 0) - (b.grantedUntil ?? 0))[0] ?? null;

/** Says in time that Amazon wants to be asked again. */
export function GrantEndsBanner({ account, now }: { account: AccountView; now: number }) {
  const { t } = useTranslation();
  const date = formatDay(account.grantedUntil ?? now, useStyle(now));
  return (
    <Banner tone="warning" action={{ content: t('accounts.renewNow'), url: '/app/accounts' }}>
      {t('accounts.endsBanner', { date })}
    </Banner>
  );
}
