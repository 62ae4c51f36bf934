import { BlockStack, Button, Card, InlineStack, ProgressBar, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { OlderWish } from '../routes/app.backfill.tsx';
import type { OlderRun } from '../sync/older-view.ts';
import { useMayChange } from './use-may-change.ts';

interface Props {
  readonly run: OlderRun;
  /** How many orders there are; null: not known before all were read, so that it is a preview. */
  readonly total: number | null;
  readonly busy: boolean;
  readonly onTurn: (wish: OlderWish) => void;
}

/** The sentence that says how far a preview, or bringing orders in, has come. */
function useProgressWords({ state, read }: OlderRun, total: number | null): string {
  const { t } = useTranslation();
  if (state === 'failed') return t('older.failed', { n: read });
  if (total === null) return t(state === 'stopped' ? 'older.stopped' : 'older.reading', { n: read });
  if (state === 'done') return t('older.done', { n: read });
  return t(state === 'stopped' ? 'older.stoppedCreating' : 'older.progress', { n: read, all: total });
}

/** How far it has come, and a way to stop it or let it go on. */
export function OlderProgress({ run, total, busy, onTurn }: Props) {
  const { t } = useTranslation();
  const mayChange = useMayChange();
  const words = useProgressWords(run, total);
  if (total === null && run.state === 'done') return null;
  const turns = run.state === 'running' ? 'stop' : run.state === 'done' ? null : 'resume';
  return (
    <Card>
      <BlockStack gap="300">
        <div role="status">
          <Text as="p">{words}</Text>
        </div>
        {total !== null && total > 0 && (
          <ProgressBar size="small" progress={Math.min(100, (run.read / total) * 100)} />
        )}
        <InlineStack gap="300">
          {turns !== null && (
            <Button
              disabled={busy || !mayChange}
              onClick={() => {
                onTurn({ intent: turns, id: run.id });
              }}
            >
              {t(turns === 'stop' ? 'older.stop' : 'older.resume')}
            </Button>
          )}
          {total !== null && <Button url="/app/orders">{t('older.seeOrders')}</Button>}
        </InlineStack>
      </BlockStack>
    </Card>
  );
}
