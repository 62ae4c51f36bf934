import { useAppBridge } from '@shopify/app-bridge-react';
import { Banner, BlockStack, Button, InlineStack, type BannerHandles } from '@shopify/polaris';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { askJson } from './ask-json.ts';
import { sorted, undoableUntil, type Bulk, type Sorted } from './bulk.ts';
import type { DecisionAnswer } from './decision.ts';
import { formatClock } from './format.ts';
import { LeftOut } from './left-out.tsx';
import { OrderIds } from './order-ids.tsx';
import { decideUrl } from './order-url.ts';
import { Progress } from './progress.tsx';
import { useEach } from './use-each.ts';
import { useSoon } from './use-soon.ts';
import { useTicking } from './use-ticking.ts';

interface Props {
  readonly what: Bulk | 'send' | 'drop' | 'again';
  readonly decided: Sorted;
  readonly now: number;
  readonly onDismiss: () => void;
}

/** What became of a decision on many orders, and one button that takes all of it back while that can be done (CAN-8). */
export function BulkResult({ what, decided, now, onDismiss }: Props) {
  const { t } = useTranslation();
  const shopify = useAppBridge();
  const lookSoon = useSoon();
  const { going, run } = useEach<DecisionAnswer>();
  const [back, setBack] = useState<Sorted | null>(null);
  const until = undoableUntil(decided);
  const at = useTicking(now, until !== null && back === null);
  const ids = decided.taken.map(({ id }) => id);
  const over = until !== null && at >= until;
  // What only looks, or writes into Shopify at once, has no time to be taken back.
  const mayUndo = what === 'again' ? until !== null : what !== 'drop';
  const undo = () => {
    run(
      ids,
      (id) => askJson(decideUrl(id), { intent: 'undo' }),
      (done) => {
        const all = sorted(done);
        setBack(all);
        if (all.left.length === 0) shopify.toast.show(t('dialog.undone'));
        lookSoon();
      },
    );
  };
  const shown = back ?? decided;
  // The list may be long: what became of it would stand out of sight.
  const place = useRef<BannerHandles>(null);
  useEffect(() => {
    place.current?.focus();
  }, []);
  return (
    <Banner
      ref={place}
      tone={shown.left.length > 0 ? 'warning' : 'success'}
      title={t(back ? 'bulk.undone' : `bulk.${what}.done`, {
        n: shown.taken.length,
        left: shown.left.length,
      })}
      onDismiss={onDismiss}
    >
      <BlockStack gap="200">
        {what === 'again' && shown.taken.length > 0 && <OrderIds ids={shown.taken.map(({ id }) => id)} />}
        <LeftOut left={shown.left} now={now} />
        {back === null && going !== null && (
          <Progress
            done={going.done.length}
            total={going.total}
            words={t('bulk.deciding', { n: going.done.length, m: going.total })}
          />
        )}
        {going === null && mayUndo && ids.length > 0 && !over && (
          <InlineStack>
            <Button onClick={undo}>
              {t('bulk.undo', {
                n: ids.length,
                clock: until === null ? '' : formatClock(until - at),
                clock_given: until === null ? 'no' : 'yes',
              })}
            </Button>
          </InlineStack>
        )}
      </BlockStack>
    </Banner>
  );
}
