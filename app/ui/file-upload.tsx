import { Banner, BlockStack, Button, DropZone, InlineStack, Select, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMayChange } from './use-may-change.ts';
import { useUpload } from './use-upload.ts';

/** Where a report from Seller Central is dropped or chosen. */
export function FileUpload({
  sellers,
}: {
  readonly sellers: readonly { readonly id: string; readonly name: string }[];
}) {
  const { t } = useTranslation();
  const mayChange = useMayChange();
  const { state, send, stop } = useUpload();
  const [seller, setSeller] = useState(sellers[0]?.id ?? '');
  return (
    <BlockStack gap="300">
      <Text as="h2" variant="headingMd">
        {t('reports.files.title')}
      </Text>
      <Text as="p" tone="subdued">
        {t('reports.files.text')}
      </Text>
      {sellers.length > 1 && (
        <Select
          label={t('reports.files.account')}
          options={sellers.map(({ id, name }) => ({ value: id, label: name }))}
          value={seller}
          onChange={setSeller}
        />
      )}
      {state.is === 'failed' && (
        <Banner tone="critical">{t('reports.files.failed', { why: state.why })}</Banner>
      )}
      {state.is === 'sending' ? (
        <InlineStack gap="300" blockAlign="center">
          <div role="status">
            <Text as="p">{t('reports.files.sending', { name: state.name })}</Text>
          </div>
          <Button onClick={stop}>{t('reports.files.stop')}</Button>
        </InlineStack>
      ) : (
        <DropZone
          allowMultiple={false}
          disabled={!mayChange}
          label={t('reports.files.drop')}
          labelHidden
          onDrop={(_files, [file]) => {
            if (file) void send(file, seller); // What goes wrong is in its state.
          }}
        >
          <DropZone.FileUpload actionTitle={t('reports.files.choose')} actionHint={t('reports.files.drop')} />
        </DropZone>
      )}
    </BlockStack>
  );
}
