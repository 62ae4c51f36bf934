import { useFetcher, useRevalidator } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { Banner, BlockStack, Card, Page, Text } from '@shopify/polaris';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connected } from '../domain/connect-refusal.ts';
import type { AccountWish, action } from '../routes/app.accounts.tsx';
import type { AccountView } from '../sync/account-views.ts';
import type { ConnectChoices } from '../sync/setup-view.ts';
import { AccountCard } from './account-card.tsx';
import { accountName } from './account-name.ts';
import { ConnectForm } from './connect-form.tsx';
import { connectedWords } from './connected-words.ts';
import { DisconnectDialog } from './disconnect-dialog.tsx';
import { MarketplaceChoice } from './marketplace-choice.tsx';
import { useLive } from './use-live.ts';

interface Props {
  readonly accounts: readonly AccountView[];
  readonly choices: ConnectChoices;
  readonly now: number;
}

/** All Amazon accounts of the shop: connect, look after, choose their marketplaces, disconnect. */
export function AccountsPage({ accounts, choices, now }: Props) {
  const { t } = useTranslation();
  const shopify = useAppBridge();
  const { revalidate } = useRevalidator();
  const { data, state, submit } = useFetcher<typeof action>();
  const [leaving, setLeaving] = useState<AccountView | null>(null);
  useLive();
  const answer = state === 'idle' ? data : undefined;
  useEffect(() => {
    if (answer?.ok !== true) return;
    if (answer.intent === 'disconnect') setLeaving(null);
    shopify.toast.show(t(answer.intent === 'disconnect' ? 'accounts.disconnectedToast' : 'accounts.saved'));
  }, [answer, shopify, t]);
  const send = (wish: AccountWish) => {
    submit(wish, { method: 'post', encType: 'application/json' });
  };
  const connected = useCallback(
    (one: Connected) => {
      shopify.toast.show(connectedWords(t, one));
      revalidate();
    },
    [revalidate, shopify, t],
  );
  return (
    <Page
      title={t('accounts.title')}
      backAction={{ content: t('nav.home'), url: '/app' }}
      {...(accounts.length > 0
        ? { secondaryActions: [{ content: t('accounts.olderLink'), url: '/app/backfill' }] }
        : {})}
    >
      {leaving && (
        <DisconnectDialog
          name={accountName(leaving)}
          busy={state !== 'idle'}
          onClose={() => {
            setLeaving(null);
          }}
          onConfirm={() => {
            send({ intent: 'disconnect', seller: leaving.sellerId });
          }}
        />
      )}
      <BlockStack gap="400">
        {answer?.ok === false && <Banner tone="critical">{t('accounts.notDone')}</Banner>}
        {accounts.map((account) => (
          <AccountCard
            key={account.sellerId}
            account={account}
            choices={choices}
            now={now}
            onConnected={connected}
            onDisconnect={() => {
              setLeaving(account);
            }}
          />
        ))}
        {accounts.length > 0 && (
          <Card>
            <BlockStack gap="300">
              <Text as="h2" variant="headingMd">
                {t('accounts.marketplaces')}
              </Text>
              <MarketplaceChoice
                key={accounts.map(({ sellerId }) => sellerId).join()}
                accounts={accounts}
                busy={state !== 'idle'}
                onSave={(chosen) => {
                  send({
                    intent: 'choose',
                    accounts: chosen.map((one) => ({ ...one, marketplaces: [...one.marketplaces] })),
                  });
                }}
              />
            </BlockStack>
          </Card>
        )}
        <Card>
          <BlockStack gap="300">
            <Text as="h2" variant="headingMd">
              {t(accounts.length > 0 ? 'accounts.another' : 'connect.title')}
            </Text>
            {accounts.length === 0 && <Text as="p">{t('accounts.none')}</Text>}
            <ConnectForm choices={choices} account={null} onConnected={connected} />
          </BlockStack>
        </Card>
      </BlockStack>
    </Page>
  );
}
