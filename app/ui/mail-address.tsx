import { useFetcher } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { BlockStack, Button, InlineStack, Text, TextField } from '@shopify/polaris';
import { useEffect, useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { action, loader } from '../routes/app.settings_.mail.ts';
import { useCopy } from './use-copy.ts';
import { useMayChange } from './use-may-change.ts';

const url = '/app/settings/mail';

/** The address to which mails of requests may be forwarded; nothing where no domain takes them. */
export function MailAddress() {
  const { t } = useTranslation();
  const mayChange = useMayChange();
  const shopify = useAppBridge();
  const id = useId();
  const { data: known, load } = useFetcher<typeof loader>();
  const making = useFetcher<typeof action>();
  const { failed, copy } = useCopy(id, () => {
    shopify.toast.show(t('byMessage.copied'));
  });
  useEffect(() => {
    load(url);
  }, [load]);
  const { possible = false, address = null } = making.data ?? known ?? {};
  if (!possible) return null;
  return (
    <BlockStack gap="200">
      {address === null ? (
        <Text as="p">{t('mail.address.text')}</Text>
      ) : (
        <TextField
          id={id}
          label={t('mail.address.label')}
          helpText={t('mail.address.text')}
          value={address}
          readOnly
          autoComplete="off"
          {...(failed ? { error: t('byMessage.copyFailed') } : {})}
          connectedRight={
            <Button
              accessibilityLabel={t('mail.address.copy')}
              onClick={() => {
                copy(address);
              }}
            >
              {t('byMessage.copy.short')}
            </Button>
          }
        />
      )}
      <InlineStack>
        <Button
          disabled={!mayChange}
          loading={making.state !== 'idle'}
          onClick={() => {
            making.submit(null, { method: 'post', action: url });
          }}
        >
          {t(address === null ? 'mail.address.make' : 'mail.address.anew')}
        </Button>
      </InlineStack>
      {address !== null && (
        <Text as="p" variant="bodySm" tone="subdued">
          {t('mail.address.anewText')}
        </Text>
      )}
    </BlockStack>
  );
}
