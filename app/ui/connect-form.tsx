import { BlockStack, Button, InlineStack, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connected } from '../domain/connect-refusal.ts';
import type { ConnectChoices } from '../sync/setup-view.ts';
import { MarketplaceSelect } from './marketplace-select.tsx';
import { RefusalBanner } from './refusal-banner.tsx';
import { TokenForm } from './token-form.tsx';
import { useConnect, useOutcome } from './use-connect.ts';
import { useMayChange } from './use-may-change.ts';

interface Props {
  readonly choices: ConnectChoices;
  /** The account that is connected again; null: any, also a new one. */
  readonly account: { readonly sellerId: string; readonly marketplaceId: string | null } | null;
  /** An account was connected without leaving the page. */
  readonly onConnected: (connected: Connected) => void;
}

/** Begins to connect an Amazon account: by Amazon's own page, or by the refresh token of a private app. */
export function ConnectForm({ choices, account, onConnected }: Props) {
  const { t } = useTranslation();
  const mayChange = useMayChange();
  const { outcome, busy, going, send } = useConnect();
  const [at, setAt] = useState(account?.marketplaceId ?? choices.marketplaces[0]?.id ?? '');
  const [ownApp, setOwnApp] = useState(!choices.byConsent);
  useOutcome(outcome, (ended) => {
    if (ended.ok) onConnected(ended.connected);
  });
  return (
    <BlockStack gap="400">
      {outcome?.ok === false && <RefusalBanner refusal={outcome.refusal} />}
      <MarketplaceSelect choices={choices} value={at} onChange={setAt} />
      {choices.byConsent && (
        <InlineStack gap="400" blockAlign="center">
          <Button
            variant="primary"
            disabled={!mayChange}
            loading={(busy && !ownApp) || going}
            onClick={() => {
              send({ intent: 'begin', at, seller: account?.sellerId ?? null });
            }}
          >
            {t(account ? 'connect.renew' : 'connect.begin')}
          </Button>
          <Button
            variant="plain"
            ariaExpanded={ownApp}
            onClick={() => {
              setOwnApp(!ownApp);
            }}
          >
            {t('connect.ownApp')}
          </Button>
          {going && (
            <Text as="span" tone="subdued">
              {t('connect.going')}
            </Text>
          )}
        </InlineStack>
      )}
      {ownApp && (
        <TokenForm
          busy={busy}
          onSend={(typed) => {
            send({ intent: 'token', at, ...typed });
          }}
        />
      )}
    </BlockStack>
  );
}
