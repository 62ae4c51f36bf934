import { useFetcher, useNavigate } from '@remix-run/react';
import { BlockStack, Button, ChoiceList, InlineStack, List, Text } from '@shopify/polaris';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connected } from '../domain/connect-refusal.ts';
import type { action as chooseAction } from '../routes/app.accounts.tsx';
import type { SetupView } from '../sync/setup-view.ts';
import { ConnectForm } from './connect-form.tsx';
import { connectedWords } from './connected-words.ts';
import { MarketplaceChoice } from './marketplace-choice.tsx';
import { sectionUrl } from './settings-sections.ts';

interface Props {
  readonly setup: SetupView;
  /** Notes that a step was taken, and leads to the next one. */
  readonly onDone: () => void;
}

/** Connected accounts by name, and the way to connect one (more). */
export function ConnectStep({
  setup,
  onConnected,
}: {
  setup: SetupView;
  onConnected: (one: Connected) => void;
}) {
  const { t } = useTranslation();
  const connected = setup.accounts.filter((one) => one.connected);
  const [another, setAnother] = useState(false);
  return (
    <BlockStack gap="300">
      {connected.map(({ sellerId, name, marketplaces }) => (
        <Text as="p" key={sellerId} fontWeight="semibold">
          {connectedWords(t, { sellerId, name, marketplaces: marketplaces.length })}
        </Text>
      ))}
      {connected.length === 0 && (
        <InlineStack gap="200" blockAlign="center">
          <Text as="span">{t('practice.offer')}</Text>
          <Button size="slim" url="/app/practice">
            {t('practice.open')}
          </Button>
        </InlineStack>
      )}
      {connected.length === 0 || another ? (
        <ConnectForm choices={setup.connect} account={null} onConnected={onConnected} />
      ) : (
        <InlineStack>
          <Button
            onClick={() => {
              setAnother(true);
            }}
          >
            {t('guide.connectAnother')}
          </Button>
        </InlineStack>
      )}
    </BlockStack>
  );
}

/** The marketplaces of every connected account. */
export function MarketplacesStep({ setup, onDone }: Props) {
  const { t } = useTranslation();
  const { data, state, submit } = useFetcher<typeof chooseAction>();
  const done = state === 'idle' && data?.ok === true;
  useEffect(() => {
    if (done) onDone();
  }, [done, onDone]);
  const accounts = setup.accounts.filter(({ connected }) => connected);
  if (accounts.length === 0) return <Text as="p">{t('guide.connectFirst')}</Text>;
  return (
    <MarketplaceChoice
      accounts={accounts}
      busy={state !== 'idle'}
      onSave={(chosen) => {
        const wish = chosen.map((one) => ({ ...one, marketplaces: [...one.marketplaces] }));
        submit(
          { intent: 'choose', accounts: wish },
          { method: 'post', encType: 'application/json', action: '/app/accounts' },
        );
      }}
    />
  );
}

/** New orders only, or a look at older ones first. */
export function ImportStep({ setup, onDone }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [what, setWhat] = useState('new');
  if (setup.accounts.every(({ connected }) => !connected))
    return <Text as="p">{t('guide.connectFirst')}</Text>;
  return (
    <BlockStack gap="400">
      <ChoiceList
        title={t('guide.step.import.title')}
        titleHidden
        choices={[
          { value: 'new', label: t('guide.onlyNew') },
          { value: 'older', label: t('guide.alsoOlder') },
        ]}
        selected={[what]}
        onChange={([chosen = 'new']) => {
          setWhat(chosen);
        }}
      />
      <InlineStack>
        <Button
          variant="primary"
          onClick={() => {
            if (what === 'new') onDone();
            else navigate('/app/backfill');
          }}
        >
          {t(what === 'new' ? 'guide.save' : 'guide.preview')}
        </Button>
      </InlineStack>
    </BlockStack>
  );
}

/** How requests are handled as the settings are, to be kept or changed. */
export function HandlingStep({ setup, onDone }: Props) {
  const { t } = useTranslation();
  const { undoMinutes, restock, autoAccept } = setup.handling;
  const on = (yes: boolean) => ({ on: yes ? 'yes' : 'no' });
  return (
    <BlockStack gap="400">
      <List>
        <List.Item>{t('guide.hold')}</List.Item>
        <List.Item>{t('guide.autoAccept', on(autoAccept))}</List.Item>
        <List.Item>{t('guide.undo', { n: undoMinutes })}</List.Item>
        <List.Item>{t('guide.restock', on(restock))}</List.Item>
      </List>
      <InlineStack gap="300">
        <Button variant="primary" onClick={onDone}>
          {t('guide.keep')}
        </Button>
        <Button url={sectionUrl('cancelling')}>{t('guide.change')}</Button>
      </InlineStack>
    </BlockStack>
  );
}

/** The end of the guide. */
export function DoneStep({ onDone }: Pick<Props, 'onDone'>) {
  const { t } = useTranslation();
  return (
    <InlineStack gap="300">
      <Button variant="primary" onClick={onDone}>
        {t('guide.finish')}
      </Button>
      <Button url="/app/practice">{t('practice.open')}</Button>
      <Button url="/app/settings">{t('guide.settings')}</Button>
    </InlineStack>
  );
}
