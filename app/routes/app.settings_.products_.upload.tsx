import type { LoaderFunctionArgs } from '@remix-run/node';
import { Banner, BlockStack, Button, Card, InlineStack, Page } from '@shopify/polaris';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { authenticateAdmin } from '../shopify.server.ts';
import { ChooseFile, ConfirmUpload, UploadProgress } from '../ui/sku-upload-steps.tsx';
import { SkuUploadLines } from '../ui/sku-upload-lines.tsx';
import { useSkuUpload } from '../ui/use-sku-upload.ts';

export const loader = async ({ request }: LoaderFunctionArgs) => {
  await authenticateAdmin(request);
  return null;
};

export default function UploadProducts() {
  const { t } = useTranslation();
  const { upload, take, checkOn, link, again } = useSkuUpload();
  const unknownToo = useRef(false);
  const { step, lines } = upload;
  const linked = lines.filter(({ outcome }) => outcome === 'linked').length;
  return (
    <Page
      title={t('products.upload.title')}
      backAction={{ content: t('products.title'), url: '/app/settings/products' }}
    >
      <BlockStack gap="400">
        <Card>
          {(step === 'choose' || step === 'reading') && <ChooseFile upload={upload} onFile={take} />}
          {step === 'checking' && <UploadProgress upload={upload} onGoOn={checkOn} />}
          {step === 'preview' && (
            <ConfirmUpload
              upload={upload}
              onAgain={again}
              onLink={(too) => {
                unknownToo.current = too;
                link(too);
              }}
            />
          )}
          {step === 'linking' && (
            <UploadProgress
              upload={upload}
              onGoOn={() => {
                link(unknownToo.current);
              }}
            />
          )}
          {step === 'done' && (
            <BlockStack gap="300">
              <Banner tone="success">{t('products.upload.done', { n: linked, m: lines.length })}</Banner>
              <InlineStack gap="200">
                <Button url="/app/settings/products">{t('products.upload.see')}</Button>
                <Button onClick={again}>{t('products.upload.again')}</Button>
              </InlineStack>
            </BlockStack>
          )}
        </Card>
        {lines.length > 0 && (
          <Card padding="0">
            <SkuUploadLines key={step} lines={lines} />
          </Card>
        )}
      </BlockStack>
    </Page>
  );
}

export { AppError as ErrorBoundary } from '../ui/page-error.tsx';
