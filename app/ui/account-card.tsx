import { Banner, BlockStack, Button, Card, InlineStack, List, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connected } from '../domain/connect-refusal.ts';
import type { AccountView } from '../sync/account-views.ts';
import type { ConnectChoices } from '../sync/setup-view.ts';
import { AccountHead } from './account-head.tsx';
import { accountName } from './account-name.ts';
import { ConnectForm } from './connect-form.tsx';
import { formatDay } from './format.ts';
import { useStyle } from './style.ts';

interface Props {
  readonly account: AccountView;
  readonly choices: ConnectChoices;
  readonly now: number;
  readonly onConnected: (connected: Connected) => void;
  readonly onDisconnect: () => void;
}

/** The roles that Amazon did not grant, what is missed without them, and how to get them. */
function Roles({ missing }: Pick<AccountView, 'missing'>) {
  const { t } = useTranslation();
  if (missing.length === 0) return <Text as="p">{t('accounts.allRoles')}</Text>;
  return (
    <List>
      {missing.map(({ role, what }) => (
        <List.Item key={role}>
          <Text as="span" fontWeight="semibold">
            {t('problem.role_missing.title', { role })}
          </Text>{' '}
          {t('problem.role_missing.why', { what })} {t('connect.howToAddText', { role })}
        </List.Item>
      ))}
    </List>
  );
}

/** One Amazon account: how its connection stands, what Amazon granted, and the ways to renew or end it. */
export function AccountCard({ account, choices, now, onConnected, onDisconnect }: Props) {
  const { t } = useTranslation();
  const style = useStyle(now);
  const [renewing, setRenewing] = useState(false);
  const { connected, grantedUntil } = account;
  const until = grantedUntil === null ? null : formatDay(grantedUntil, style);
  const ends = connected && account.endsSoon && until !== null;
  return (
    <Card>
      <BlockStack gap="400">
        <AccountHead account={account} now={now} />
        {ends && <Banner tone="warning">{t('accounts.endsSoon', { date: until })}</Banner>}
        <BlockStack gap="200">
          <Text as="h3" variant="headingSm">
            {t('accounts.roles')}
          </Text>
          <Roles missing={account.missing} />
        </BlockStack>
        <InlineStack gap="300">
          <Button
            ariaExpanded={renewing}
            {...(connected && !ends ? {} : { variant: 'primary' as const })}
            onClick={() => {
              setRenewing(!renewing);
            }}
          >
            {t(ends ? 'accounts.renewNow' : 'connect.renew')}
          </Button>
          {connected && (
            <Button
              tone="critical"
              accessibilityLabel={t('accounts.disconnectFor', { id: accountName(account) })}
              onClick={onDisconnect}
            >
              {t('accounts.disconnect')}
            </Button>
          )}
        </InlineStack>
        {renewing && <ConnectForm choices={choices} account={account} onConnected={onConnected} />}
      </BlockStack>
    </Card>
  );
}
