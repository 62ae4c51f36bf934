import { Badge, BlockStack, Button, Card, InlineStack, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { formatMoment, formatRelative } from './format.ts';
import { useStyle } from './style.ts';

/** An Amazon account as it goes to the browser; times in ms UTC. */
export interface AccountView {
  readonly sellerId: string;
  readonly region: string;
  readonly state: string;
  readonly lastLookAt: number | null;
  readonly blindSince: number | null;
}

const lateAfter = 10 * 60_000;

function Account({ account, now }: { account: AccountView; now: number }) {
  const { t } = useTranslation();
  const style = useStyle(now);
  const { region, state, lastLookAt, blindSince } = account;
  const connected = state === 'connected';
  const late = lastLookAt !== null && now - lastLookAt > lateAfter;
  const looked =
    lastLookAt === null
      ? t('home.accounts.neverLooked')
      : t('home.accounts.lastLook', { when: formatRelative(lastLookAt, style) });
  return (
    <BlockStack gap="100">
      <InlineStack gap="200" blockAlign="center">
        <Text as="span" variant="bodyMd">
          {t('home.accounts.name', { id: account.sellerId, region })}
        </Text>
        <Badge tone={connected ? 'success' : 'critical'}>{t('home.accounts.state', { state })}</Badge>
      </InlineStack>
      <Text as="p" tone={late ? 'caution' : 'subdued'}>
        {looked}
      </Text>
      {blindSince !== null && (
        <Text as="p" tone="critical">
          {t('home.accounts.blind', { when: formatMoment(blindSince, style) })}
        </Text>
      )}
    </BlockStack>
  );
}

/** Each Amazon account with when it was last looked at. */
export function AccountsCard({ accounts, now }: { accounts: readonly AccountView[]; now: number }) {
  const { t } = useTranslation();
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t('home.accounts.title')}
        </Text>
        {accounts.map((account) => (
          <Account key={account.sellerId} account={account} now={now} />
        ))}
        {accounts.length === 0 && <Text as="p">{t('home.empty.notConnected')}</Text>}
        <InlineStack>
          <Button url="/app/accounts">{t('accounts.manage')}</Button>
        </InlineStack>
      </BlockStack>
    </Card>
  );
}
