import { useAppBridge } from '@shopify/app-bridge-react';
import { Button, InlineStack, Text } from '@shopify/polaris';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CancelDialog } from './cancel-dialog.tsx';
import { DeclineDialog } from './decline-dialog.tsx';
import type { OrderView } from './order-view.ts';
import { OwnClicks } from './own-clicks.tsx';
import { sayRefusal } from './say-refusal.ts';
import { useStyle } from './style.ts';
import { useSoon } from './use-soon.ts';
import { useDecision } from './use-decision.ts';

interface Props {
  readonly order: OrderView;
  readonly reasons: readonly string[];
  readonly now: number;
}

/** Takes the last decision back while it rests (CAN-8); too late is said where the button stands. */
function Undo({ order, now }: Omit<Props, 'reasons'>) {
  const { t } = useTranslation();
  const style = useStyle(now);
  const shopify = useAppBridge();
  const { answer, busy, send } = useDecision(order.amazonOrderId);
  const lookSoon = useSoon();
  const back = answer?.ok === true;
  useEffect(() => {
    if (!back) return;
    shopify.toast.show(t('dialog.undone'));
    lookSoon();
  }, [back, lookSoon, shopify, t]);
  return (
    <>
      <Button
        size="slim"
        loading={busy}
        accessibilityLabel={t('action.undoFor', { id: order.amazonOrderId })}
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

/** What a person may decide on an order now, each with its dialog. Nothing where nothing is to be decided. */
export function OrderActions({ order, reasons, now }: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<'approve' | 'decline' | null>(null);
  const lookSoon = useSoon();
  const close = useCallback(
    (decided: boolean) => {
      setOpen(null);
      if (decided) lookSoon();
    },
    [lookSoon],
  );
  const id = order.amazonOrderId;
  const may = (action: string) => order.allowed.includes(action);
  return (
    <OwnClicks>
      <InlineStack gap="100">
        {may('approve') && (
          <Button
            size="slim"
            variant={order.next === 'approve' ? 'primary' : 'secondary'}
            accessibilityLabel={t('action.approveFor', { id })}
            onClick={() => {
              setOpen('approve');
            }}
          >
            {t('action.approve')}
          </Button>
        )}
        {may('decline') && (
          <Button
            size="slim"
            accessibilityLabel={t('action.declineFor', { id })}
            onClick={() => {
              setOpen('decline');
            }}
          >
            {t('action.decline')}
          </Button>
        )}
        {may('undo') && <Undo order={order} now={now} />}
      </InlineStack>
      {open === 'approve' && <CancelDialog order={order} reasons={reasons} now={now} onClose={close} />}
      {open === 'decline' && <DeclineDialog order={order} now={now} onClose={close} />}
    </OwnClicks>
  );
}
