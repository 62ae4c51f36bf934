import { useFetcher } from '@remix-run/react';
import { Banner, BlockStack, Box, Button, DropZone, InlineStack, Spinner, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { action } from '../routes/app.requests.mail.ts';
import { DecisionDialog } from './decision-dialog.tsx';
import { mailKey } from './mail-words.ts';
import { orderPageUrl } from './order-url.ts';
import { useMayChange } from './use-may-change.ts';

/** A file as base64. */
function base64Of(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => {
      const url = typeof reader.result === 'string' ? reader.result : '';
      resolve(url.slice(url.indexOf(',') + 1));
    };
    reader.onerror = () => {
      reject(new Error('The file could not be read.'));
    };
    reader.readAsDataURL(file);
  });
}

/** Takes an e-mail of Amazon's from staff, and says what came of it. */
export function MailDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { data, state, submit } = useFetcher<typeof action>();
  const mayChange = useMayChange();
  const busy = state !== 'idle';
  const take = async ([file]: readonly File[]) => {
    if (!file) return;
    // A file that the browser cannot read is sent empty, and answered as no e-mail.
    const content = await base64Of(file).catch(() => '');
    submit({ file: content }, { method: 'post', encType: 'application/json', action: '/app/requests/mail' });
  };
  return (
    <DecisionDialog title={t('mail.upload')} onClose={onClose}>
      <Box padding="400">
        <BlockStack gap="400">
          <Text as="p">{t('mail.text')}</Text>
          <div role="status">
            {data && !busy && (
              <Banner
                tone={data.ok ? 'success' : 'warning'}
                {...(data.ok
                  ? { action: { content: t('byMessage.open'), url: orderPageUrl(data.order) } }
                  : {})}
              >
                {t(mailKey(data), { id: data.order ?? '' })}
              </Banner>
            )}
          </div>
          <DropZone
            label={t('mail.file')}
            accept=".eml,message/rfc822"
            type="file"
            allowMultiple={false}
            disabled={busy || !mayChange}
            onDrop={(_, accepted, rejected) => {
              void take([...accepted, ...rejected]); // Its answer comes by the fetcher.
            }}
          >
            {busy ? (
              <Box padding="400">
                <InlineStack align="center">
                  <Spinner size="small" accessibilityLabel={t('mail.reading')} />
                </InlineStack>
              </Box>
            ) : (
              <DropZone.FileUpload actionTitle={t('mail.choose')} actionHint={t('mail.hint')} />
            )}
          </DropZone>
          <InlineStack align="end">
            <Button onClick={onClose}>{t('settle.close')}</Button>
          </InlineStack>
        </BlockStack>
      </Box>
    </DecisionDialog>
  );
}
