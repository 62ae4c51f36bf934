import { Badge, BlockStack, InlineStack, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { AccountView } from '../sync/account-views.ts';
import { accountName } from './account-name.ts';
import { formatDay, formatRelative } from './format.ts';
import { useStyle } from './style.ts';

/** Which Amazon account it is, whether and until when it is connected, and when it was last looked at. */
export function AccountHead({ account, now }: { readonly account: AccountView; readonly now: number }) {
  const { t } = useTranslation();
  const style = useStyle(now);
  const { sellerId, region, connected, endsSoon, grantedUntil, lastLookAt } = account;
  const until = grantedUntil === null ? null : formatDay(grantedUntil, style);
  const ends = endsSoon && until !== null;
  return (
    <BlockStack gap="100">
      <InlineStack gap="200" blockAlign="center">
        <Text as="h2" variant="headingMd">
          {accountName(account)}
        </Text>
        <Badge tone={connected ? (ends ? 'warning' : 'success') : 'critical'}>
          {!connected
            ? t('accounts.disconnected')
            : until === null
              ? t('accounts.connected')
              : t('accounts.until', { date: until })}
        </Badge>
      </InlineStack>
      <Text as="p" tone="subdued">
        {t('accounts.id', { id: sellerId, region })}
        {' · '}
        {lastLookAt === null
          ? t('home.accounts.neverLooked')
          : t('home.accounts.lastLook', { when: formatRelative(lastLookAt, style) })}
      </Text>
    </BlockStack>
  );
}
