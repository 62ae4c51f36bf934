import { useAppBridge } from '@shopify/app-bridge-react';
import { Button, Text } from '@shopify/polaris';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { sayRefusal } from './say-refusal.ts';
import { useStyle } from './style.ts';
import { useDecision } from './use-decision.ts';
import { useSoon } from './use-soon.ts';
import { useMayChange } from './use-may-change.ts';

interface Props {
  readonly order: string;
  /** The server's time, ms UTC. */
  readonly now: number;
  readonly onUndone?: () => void;
}

/** Takes the last decision on an order back while it rests (CAN-8); too late is said where the button stands. */
export function UndoButton({ order, now, onUndone }: Props) {
  const { t } = useTranslation();
  const style = useStyle(now);
  const shopify = useAppBridge();
  const { answer, busy, send } = useDecision(order);
  const lookSoon = useSoon();
  const mayChange = useMayChange();
  const back = answer?.ok === true;
  useEffect(() => {
    if (!back) return;
    shopify.toast.show(t('dialog.undone'));
    lookSoon();
    onUndone?.();
  }, [back, lookSoon, onUndone, shopify, t]);
  return (
    <>
      <Button
        size="slim"
        disabled={!mayChange}
        loading={busy}
        accessibilityLabel={t('action.undoFor', { id: order })}
        onClick={() => {
          send({ intent: 'undo' });
        }}
      >
        {t('action.undo')}
      </Button>
      {answer?.ok === false && (
        <div role="alert">
          <Text as="span" tone="critical">
            {sayRefusal(answer, t, style)}
          </Text>
        </div>
      )}
    </>
  );
}
