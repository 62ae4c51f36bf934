import { Banner, BlockStack, Button, Checkbox, DropZone, InlineStack, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Progress } from './progress.tsx';
import { wouldLink, type Upload } from './sku-upload.ts';

const count = (upload: Upload, ...wanted: readonly string[]) =>
  upload.lines.filter(({ outcome }) => wanted.includes(outcome)).length;

/** Choosing the file, and why the last one was not taken. */
export function ChooseFile({
  upload,
  onFile,
}: {
  readonly upload: Upload;
  readonly onFile: (file: File) => void;
}) {
  const { t } = useTranslation();
  return (
    <BlockStack gap="300">
      {upload.wrong !== null && <Banner tone="critical">{t(`products.wrongFile.${upload.wrong}`)}</Banner>}
      <Text as="p">{t('products.upload.form')}</Text>
      <DropZone
        label={t('products.upload.choose')}
        allowMultiple={false}
        disabled={upload.step === 'reading'}
        onDrop={(files) => {
          const [file] = files;
          if (file) onFile(file);
        }}
      >
        <DropZone.FileUpload actionTitle={t('products.upload.choose')} />
      </DropZone>
      {upload.step === 'reading' && <Text as="p">{t('products.upload.reading')}</Text>}
    </BlockStack>
  );
}

/** How far it is; where it stopped, why, and a way to go on. */
export function UploadProgress({ upload, onGoOn }: { readonly upload: Upload; readonly onGoOn: () => void }) {
  const { t } = useTranslation();
  const { step, stopped, lines } = upload;
  const linking = step === 'linking';
  const done = linking ? count(upload, 'linked') : lines.length - count(upload, 'waiting');
  const total = linking ? done + count(upload, 'link') : lines.length;
  const words = t(linking ? 'products.upload.linking' : 'products.upload.checking', { n: done, m: total });
  if (stopped === null)
    return (
      <BlockStack gap="200">
        <Progress done={done} total={total} words={words} />
        <Text as="p" tone="subdued">
          {t(linking ? 'products.upload.stayLinking' : 'products.upload.stay')}
        </Text>
      </BlockStack>
    );
  return (
    <Banner tone="critical" action={{ content: t('products.upload.goOn'), onAction: onGoOn }}>
      {stopped === '' ? t('products.upload.silent') : stopped} {words}
    </Banner>
  );
}

/** What would be written, and the word to do it. */
export function ConfirmUpload({
  upload,
  onLink,
  onAgain,
}: {
  readonly upload: Upload;
  readonly onLink: (unknownToo: boolean) => void;
  readonly onAgain: () => void;
}) {
  const { t } = useTranslation();
  const [unknownToo, setUnknownToo] = useState(false);
  const unknown = count(upload, 'unknown_sku');
  const n = upload.lines.filter((line) => wouldLink(line, unknownToo)).length;
  return (
    <BlockStack gap="300">
      <Text as="p">{t('products.upload.preview', { n, m: upload.lines.length })}</Text>
      <Text as="p">{t('products.applies')}</Text>
      {unknown > 0 && (
        <Checkbox
          label={t('products.upload.unknownToo', { n: unknown })}
          checked={unknownToo}
          onChange={setUnknownToo}
        />
      )}
      <InlineStack gap="200">
        <Button
          variant="primary"
          disabled={n === 0}
          onClick={() => {
            onLink(unknownToo);
          }}
        >
          {t('products.upload.link', { n })}
        </Button>
        <Button onClick={onAgain}>{t('products.upload.again')}</Button>
      </InlineStack>
    </BlockStack>
  );
}
