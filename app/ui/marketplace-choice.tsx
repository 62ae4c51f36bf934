import { BlockStack, Button, ChoiceList, InlineStack, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountView } from '../sync/account-views.ts';
import { accountName } from './account-name.ts';
import { useMayChange } from './use-may-change.ts';

interface Props {
  readonly accounts: readonly AccountView[];
  readonly busy: boolean;
  readonly onSave: (
    chosen: readonly { readonly seller: string; readonly marketplaces: readonly string[] }[],
  ) => void;
}

/** Lets a person choose, for each account, the marketplaces whose orders come in. */
export function MarketplaceChoice({ accounts, busy, onSave }: Props) {
  const { t } = useTranslation();
  const mayChange = useMayChange();
  const [touched, setTouched] = useState<Readonly<Record<string, readonly string[]>>>({});
  const chosenOf = ({ sellerId, marketplaces }: AccountView) =>
    touched[sellerId] ?? marketplaces.filter(({ chosen }) => chosen).map(({ id }) => id);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSave(accounts.map((one) => ({ seller: one.sellerId, marketplaces: chosenOf(one) })));
      }}
    >
      <BlockStack gap="400">
        {accounts.map((account) => (
          <BlockStack key={account.sellerId} gap="200">
            <ChoiceList
              allowMultiple
              title={accountName(account)}
              choices={account.marketplaces.map(({ id, name, orders }) => ({
                value: id,
                label: orders === null ? name : t('accounts.orders', { name, n: orders }),
              }))}
              selected={[...chosenOf(account)]}
              onChange={(chosen) => {
                setTouched({ ...touched, [account.sellerId]: chosen });
              }}
            />
            {chosenOf(account).length === 0 && (
              <Text as="p" tone="caution">
                {t('accounts.noneChosen')}
              </Text>
            )}
          </BlockStack>
        ))}
        <Text as="p" tone="subdued">
          {t('accounts.marketplacesHelp')}
        </Text>
        <InlineStack>
          <Button submit variant="primary" loading={busy} disabled={!mayChange}>
            {t('accounts.save')}
          </Button>
        </InlineStack>
      </BlockStack>
    </form>
  );
}
