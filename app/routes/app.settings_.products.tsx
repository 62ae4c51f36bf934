import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useNavigate, useRevalidator, useSearchParams } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import {
  Banner,
  BlockStack,
  Box,
  Button,
  Card,
  InlineStack,
  Page,
  Pagination,
  Tabs,
  Text,
} from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { countSkus, listSkuLinks } from '../db/sku-list.ts';
import { shopDomain } from '../domain/ids.ts';
import { skuTabs } from '../domain/sku-tab.ts';
import { db } from '../services.server.ts';
import { authenticateAdmin } from '../shopify.server.ts';
import { askJson } from '../ui/ask-json.ts';
import { fetchFile } from '../ui/save-file.ts';
import { SearchForm } from '../ui/search-form.tsx';
import { linkUrl, SkuDialog, type SkuWant } from '../ui/sku-dialog.tsx';
import { SkuTable } from '../ui/sku-table.tsx';
import { back, changed, forward, readPlace } from '../ui/trail.ts';
import { useVariantNames } from '../ui/use-variant-names.ts';
import type { LinkAnswer } from './app.settings_.products_.link.ts';

const perPage = 50;
const longestSearch = 100;

export const loader = async ({ request }: LoaderFunctionArgs) => {
  const { session } = await authenticateAdmin(request);
  const shop = shopDomain(session.shop);
  const query = new URL(request.url).searchParams;
  const tab = skuTabs.find((each) => each === query.get('tab')) ?? 'unlinked';
  const search = (query.get('q') ?? '').trim().slice(0, longestSearch).toWellFormed().replaceAll('\0', '');
  const after = readPlace(query.getAll('after').at(-1))?.id;
  const { counts, page } = await db.forShop(shop, async (tx) => ({
    counts: await countSkus(tx, shop),
    page: await listSkuLinks(tx, shop, { tab, search, after, limit: perPage }),
  }));
  return { tab, search, counts, ...page };
};

export default function Products() {
  const { tab, search, counts, rows, next } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const [query] = useSearchParams();
  const navigate = useNavigate();
  const { revalidate } = useRevalidator();
  const shopify = useAppBridge();
  const names = useVariantNames(rows.flatMap(({ variantId }) => variantId ?? []));
  const [want, setWant] = useState<SkuWant | null>(null);
  const [looking, setLooking] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const said = (answer: LinkAnswer | null) => {
    setFailure(answer?.ok === false ? answer.sentence : null);
    if (answer === null) return;
    if (answer.ok && 'changed' in answer) shopify.toast.show(t('products.linked', { n: answer.changed }));
    if (answer.ok && 'of' in answer)
      shopify.toast.show(t('products.lookedUp', { n: answer.linked, of: answer.of }));
    revalidate();
  };
  const lookUp = async () => {
    setLooking(true);
    const answer = await askJson<LinkAnswer>(linkUrl, { lookUp: rows.map(({ sku }) => sku) });
    setLooking(false);
    said(answer ?? { ok: false, sentence: t('products.silent') });
  };
  const download = async () => {
    const saved = await fetchFile('/app/settings/products/file', 'skus.csv');
    setFailure(saved ? null : t('products.noFile'));
  };
  return (
    <Page
      title={t('products.title')}
      backAction={{ content: t('settings.title'), url: '/app/settings' }}
      primaryAction={{ content: t('products.uploadFile'), url: '/app/settings/products/upload' }}
      secondaryActions={[{ content: t('products.download'), onAction: () => void download() }]}
    >
      <BlockStack gap="400">
        {failure !== null && (
          <Banner
            tone="critical"
            onDismiss={() => {
              setFailure(null);
            }}
          >
            {failure}
          </Banner>
        )}
        <Text as="p">
          {t('products.text')} {t('products.applies')}
        </Text>
        <Card padding="0">
          <Tabs
            tabs={skuTabs.map((id) => ({
              id,
              content: t(`products.tab.${id}`),
              badge: String(counts[id]),
              panelID: 'skus',
            }))}
            selected={skuTabs.indexOf(tab)}
            onSelect={(place) => {
              navigate(changed(query, 'tab', skuTabs[place] ?? 'unlinked'));
            }}
          />
          <Box padding="300">
            <BlockStack gap="300">
              <SearchForm
                key={search}
                value={search}
                label={t('products.searchLabel')}
                hint={t('products.searchHint')}
              />
              {(tab === 'unlinked' || tab === 'several') && rows.length > 0 && (
                <InlineStack>
                  <Button size="slim" loading={looking} onClick={() => void lookUp()}>
                    {t('products.lookUp', { n: rows.length })}
                  </Button>
                </InlineStack>
              )}
            </BlockStack>
          </Box>
          <div id="skus">
            <SkuTable rows={rows} names={names} onWant={setWant} />
          </div>
          {(next !== null || query.has('after')) && (
            <Box padding="300">
              <Pagination
                hasPrevious={query.has('after')}
                hasNext={next !== null}
                onPrevious={() => {
                  navigate(back(query));
                }}
                onNext={() => {
                  if (next !== null) navigate(forward(query, { at: null, id: next }));
                }}
              />
            </Box>
          )}
        </Card>
      </BlockStack>
      {want && (
        <SkuDialog
          {...want}
          onClose={(answer) => {
            setWant(null);
            if (answer) said(answer);
          }}
        />
      )}
    </Page>
  );
}

export { AppError as ErrorBoundary } from '../ui/page-error.tsx';
