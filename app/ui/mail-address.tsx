import { useFetcher } from '@remix-run/react';
import { BlockStack, Button, InlineStack, Text } from '@shopify/polaris';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { action, loader } from '../routes/app.settings_.mail.ts';
import { CopyField } from './copy-field.tsx';
import { useMayChange } from './use-may-change.ts';

const url = '/app/settings/mail';

/** The address to which mails of requests may be forwarded; nothing where no domain takes them. */
export function MailAddress() {
  const { t } = useTranslation();
  const mayChange = useMayChange();
  const { data: known, load } = useFetcher<typeof loader>();
  const making = useFetcher<typeof action>();
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
        <CopyField
          label={t('mail.address.label')}
          help={t('mail.address.text')}
          value={address}
          copyName={t('mail.address.copy')}
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
