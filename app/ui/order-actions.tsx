import { Button, InlineStack } from '@shopify/polaris';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CancelDialog } from './cancel-dialog.tsx';
import { DeclineDialog } from './decline-dialog.tsx';
import type { OrderView } from './order-view.ts';
import { OwnClicks } from './own-clicks.tsx';
import { RefundDialog } from './refund-dialog.tsx';
import { UndoButton } from './undo-button.tsx';
import { useMayChange } from './use-may-change.ts';
import { useSoon } from './use-soon.ts';

interface Props {
  readonly order: OrderView;
  readonly reasons: readonly string[];
  readonly now: number;
}

/** What a person may decide on an order now, each with its dialog. Nothing where nothing is to be decided. */
export function OrderActions({ order, reasons, now }: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<'approve' | 'decline' | 'refund' | null>(null);
  const mayChange = useMayChange();
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
            disabled={!mayChange}
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
            disabled={!mayChange}
            accessibilityLabel={t('action.declineFor', { id })}
            onClick={() => {
              setOpen('decline');
            }}
          >
            {t('action.decline')}
          </Button>
        )}
        {may('refund') && (
          <Button
            size="slim"
            disabled={!mayChange}
            accessibilityLabel={t('action.refundFor', { id })}
            onClick={() => {
              setOpen('refund');
            }}
          >
            {t('action.refund')}
          </Button>
        )}
        {may('undo') && <UndoButton order={id} now={now} />}
      </InlineStack>
      {open === 'approve' && <CancelDialog order={order} reasons={reasons} now={now} onClose={close} />}
      {open === 'refund' && <RefundDialog order={order} now={now} onClose={close} />}
      {open === 'decline' && <DeclineDialog order={order} now={now} onClose={close} />}
    </OwnClicks>
  );
}
