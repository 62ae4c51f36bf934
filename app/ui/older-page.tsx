import { useFetcher } from '@remix-run/react';
import { Banner, BlockStack, Button, Card, InlineStack, Page, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { action, OlderWish } from '../routes/app.backfill.tsx';
import type { OlderView } from '../sync/older-view.ts';
import { OlderCounts } from './older-counts.tsx';
import { OlderCreate } from './older-create.tsx';
import { OlderForm } from './older-form.tsx';
import { OlderList } from './older-list.tsx';
import { OlderProgress } from './older-progress.tsx';
import { useLive } from './use-live.ts';

interface Props extends OlderView {
  readonly mostDays: number;
  readonly now: number;
}

const liveMs = 3_000;
const calmMs = 15_000;

/** Shows what bringing in older orders would do before anything is created, then does it; it can be stopped and go on (IMP-8). */
export function OlderPage(props: Props) {
  const { accounts, preview, list, creating, shippedStock, takesStock, mostDays, now } = props;
  const { t } = useTranslation();
  const { data, state, submit } = useFetcher<typeof action>();
  const running = [preview, creating].some((one) => one?.state === 'running');
  useLive(running ? liveMs : calmMs);
  const busy = state !== 'idle';
  const send = (wish: OlderWish) => {
    submit(wish, { method: 'post', encType: 'application/json' });
  };
  return (
    <Page title={t('older.title')} backAction={{ content: t('nav.home'), url: '/app' }}>
      <BlockStack gap="400">
        {!busy && data?.ok === false && <Banner tone="critical">{t('older.refused')}</Banner>}
        <Card>
          {accounts.length === 0 ? (
            <InlineStack gap="300" blockAlign="center">
              <Text as="p">{t('older.noAccount')}</Text>
              <Button url="/app/accounts">{t('connect.begin')}</Button>
            </InlineStack>
          ) : (
            <OlderForm
              accounts={accounts}
              mostDays={mostDays}
              busy={busy || running}
              onPreview={(wish) => {
                send({ intent: 'preview', ...wish });
              }}
            />
          )}
        </Card>
        {preview && <OlderProgress run={preview} total={null} busy={busy} onTurn={send} />}
        {preview && <OlderCounts run={preview} />}
        {creating && <OlderProgress run={creating} total={preview?.read ?? null} busy={busy} onTurn={send} />}
        {preview?.state === 'done' && preview.create + preview.adopt + preview.odd > 0 && !creating && (
          <OlderCreate
            preview={preview}
            shippedStock={shippedStock}
            takesStock={takesStock}
            busy={busy}
            onCreate={(stock) => {
              send({ intent: 'create', id: preview.id, shippedStock: stock });
            }}
          />
        )}
        {preview && list && <OlderList run={preview} list={list} now={now} />}
      </BlockStack>
    </Page>
  );
}
