import { BlockStack, Button, ChoiceList, InlineStack, Select, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountView } from '../sync/account-views.ts';
import { accountName } from './account-name.ts';

interface Props {
  readonly accounts: readonly AccountView[];
  readonly mostDays: number;
  readonly busy: boolean;
  readonly onPreview: (wish: { seller: string; days: number; marketplaces: string[] }) => void;
}

/** How far back can be asked for; what Shopify does not let be read again is left out. */
const lengths = [7, 30, 60, 180, 365, 730];

const chosenOf = (account: AccountView | undefined): string[] =>
  (account?.marketplaces ?? []).filter(({ chosen }) => chosen).map(({ id }) => id);

/** Asks which older orders are meant, and begins to count them. */
export function OlderForm({ accounts, mostDays, busy, onPreview }: Props) {
  const { t } = useTranslation();
  const [seller, setSeller] = useState(accounts[0]?.sellerId ?? '');
  const account = accounts.find(({ sellerId }) => sellerId === seller) ?? accounts[0];
  const [days, setDays] = useState('60');
  const [touched, setTouched] = useState<string[] | null>(null);
  const marketplaces = touched ?? chosenOf(account);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (account) onPreview({ seller: account.sellerId, days: Number(days), marketplaces });
      }}
    >
      <BlockStack gap="400">
        {accounts.length > 1 && (
          <Select
            label={t('older.account')}
            options={accounts.map((one) => ({ value: one.sellerId, label: accountName(one) }))}
            value={seller}
            onChange={(value) => {
              setSeller(value);
              setTouched(null);
            }}
          />
        )}
        <Select
          label={t('older.from')}
          options={lengths
            .filter((length) => length <= mostDays)
            .map((length) => ({ value: String(length), label: t('older.days', { n: length }) }))}
          value={days}
          onChange={setDays}
        />
        <ChoiceList
          allowMultiple
          title={t('older.marketplaces')}
          choices={(account?.marketplaces ?? [])
            .filter(({ chosen }) => chosen)
            .map(({ id, name }) => ({ value: id, label: name }))}
          selected={marketplaces}
          onChange={setTouched}
        />
        {mostDays <= 60 && (
          <Text as="p" tone="subdued">
            {t('older.limit')}
          </Text>
        )}
        <Text as="p" tone="subdued">
          {t('older.pace')}
        </Text>
        <InlineStack>
          <Button submit variant="primary" disabled={busy || marketplaces.length === 0}>
            {t('older.preview')}
          </Button>
        </InlineStack>
      </BlockStack>
    </form>
  );
}
