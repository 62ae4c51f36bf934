import { BlockStack, Button, InlineStack, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { AccountView } from '../sync/account-views.ts';
import { AccountHead } from './account-head.tsx';

interface Props {
  readonly accounts: readonly AccountView[];
  readonly now: number;
}

/** How each Amazon account stands, and the way to look after them. */
export function AccountsSummary({ accounts, now }: Props) {
  const { t } = useTranslation();
  return (
    <BlockStack gap="400">
      {accounts.map((account) => (
        <AccountHead key={account.sellerId} account={account} now={now} />
      ))}
      {accounts.length === 0 && <Text as="p">{t('accounts.none')}</Text>}
      <InlineStack>
        <Button url="/app/accounts">{t('accounts.manage')}</Button>
      </InlineStack>
    </BlockStack>
  );
}
