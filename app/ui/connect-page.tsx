import { useNavigate } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { BlockStack, Button, Card, InlineStack, Page, Spinner, Text } from '@shopify/polaris';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connected, ConnectRefusal } from '../domain/connect-refusal.ts';
import type { ConnectChoices } from '../sync/setup-view.ts';
import { ConnectForm } from './connect-form.tsx';
import { connectedWords } from './connected-words.ts';
import { MarketplaceSelect } from './marketplace-select.tsx';
import { RefusalBanner } from './refusal-banner.tsx';
import { useConnect, useOutcome } from './use-connect.ts';

interface Props {
  readonly choices: ConnectChoices;
  /** What the browser brought back from Amazon; it serves once. */
  readonly ticket: string | null;
  readonly refused: ConnectRefusal | null;
  /** Somebody began in Amazon's appstore. */
  readonly start: { readonly sealed: string; readonly sellerId: string } | null;
}

/** Says that an account is connected, and leads on to the setup guide. */
function useArrived(): (connected: Connected) => void {
  const { t } = useTranslation();
  const shopify = useAppBridge();
  const navigate = useNavigate();
  return useCallback(
    (connected: Connected) => {
      shopify.toast.show(connectedWords(t, connected));
      navigate('/app', { replace: true, state: { guide: 'next' } });
    },
    [navigate, shopify, t],
  );
}

/** Ends the way through Amazon's page: once, however often the page is drawn. */
function Finishing({ ticket, onRefused }: { ticket: string; onRefused: (refusal: ConnectRefusal) => void }) {
  const { t } = useTranslation();
  const { outcome, send } = useConnect();
  const arrived = useArrived();
  const sent = useRef(false);
  useEffect(() => {
    if (sent.current) return;
    sent.current = true;
    send({ intent: 'finish', ticket });
  }, [send, ticket]);
  useOutcome(outcome, (ended) => {
    if (ended.ok) arrived(ended.connected);
    else onRefused(ended.refusal);
  });
  return (
    <InlineStack gap="300" blockAlign="center">
      <Spinner size="small" accessibilityLabel={t('connect.checking')} />
      <Text as="p">{t('connect.checking')}</Text>
    </InlineStack>
  );
}

/** Asks for which marketplace's region the account is, and goes on to where Amazon's appstore waits. */
function FromAppstore({ choices, start }: { choices: ConnectChoices; start: NonNullable<Props['start']> }) {
  const { t } = useTranslation();
  const { outcome, busy, going, send } = useConnect();
  const [at, setAt] = useState(choices.marketplaces[0]?.id ?? '');
  return (
    <BlockStack gap="400">
      {outcome?.ok === false && <RefusalBanner refusal={outcome.refusal} />}
      <Text as="p">{t('connect.appstore', { id: start.sellerId })}</Text>
      <MarketplaceSelect choices={choices} value={at} onChange={setAt} />
      <InlineStack>
        <Button
          variant="primary"
          loading={busy || going}
          onClick={() => {
            send({ intent: 'go_on', at, start: start.sealed });
          }}
        >
          {t('connect.appstoreGoOn')}
        </Button>
      </InlineStack>
    </BlockStack>
  );
}

/** Where the way through Amazon's page ends, or begins again. */
export function ConnectPage({ choices, ticket, refused, start }: Props) {
  const { t } = useTranslation();
  const [refusal, setRefusal] = useState(refused);
  const [again, setAgain] = useState(false);
  const arrived = useArrived();
  const finishing = ticket !== null && refusal === null;
  return (
    <Page narrowWidth title={t('connect.title')} backAction={{ content: t('nav.home'), url: '/app' }}>
      <Card>
        <BlockStack gap="400">
          {refusal && !again && (
            <RefusalBanner
              refusal={refusal}
              onAgain={() => {
                setAgain(true);
              }}
            />
          )}
          {finishing && <Finishing ticket={ticket} onRefused={setRefusal} />}
          {!finishing && start && !refusal && <FromAppstore choices={choices} start={start} />}
          {!finishing && (again || (!start && !refusal)) && (
            <ConnectForm choices={choices} account={null} onConnected={arrived} />
          )}
        </BlockStack>
      </Card>
    </Page>
  );
}
