import { Button, InlineStack } from '@shopify/polaris';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CancelDialog } from './cancel-dialog.tsx';
import { DeclineDialog } from './decline-dialog.tsx';
import { recordMessageUrl } from './order-url.ts';
import type { OrderView } from './order-view.ts';
import { OwnClicks } from './own-clicks.tsx';
import { RefundDialog } from './refund-dialog.tsx';
import { UndoButton } from './undo-button.tsx';
import { UnmarkDialog } from './unmark-dialog.tsx';
import { useMayChange } from './use-may-change.ts';
import { useSoon } from './use-soon.ts';
import { WriteDialog } from './write-dialog.tsx';

interface Props {
  readonly order: OrderView;
  readonly reasons: readonly string[];
  readonly now: number;
}

/** What opens a dialog, with its button's text and its name for those who do not see the row. */
const dialogs = [
  { opens: 'approve', text: 'action.approve', name: 'action.approveFor' },
  { opens: 'write_buyer', text: 'action.writeBuyer', name: 'action.writeBuyerFor' },
  { opens: 'cancel', text: 'action.cancelCounts', name: 'action.cancelCountsFor' },
  { opens: 'decline', text: 'action.decline', name: 'action.declineFor' },
  { opens: 'refund', text: 'action.refund', name: 'action.refundFor' },
  { opens: 'withdraw_hold', text: 'action.unmark', name: 'action.unmarkFor' },
] as const;
type Opened = (typeof dialogs)[number]['opens'];

function Dialog({
  opened,
  order,
  reasons,
  now,
  onClose,
}: Props & { readonly opened: Opened; readonly onClose: (decided: boolean) => void }) {
  const about = { order, now, onClose };
  switch (opened) {
    case 'approve':
    case 'cancel':
      return <CancelDialog {...about} reasons={reasons} />;
    case 'decline':
      return <DeclineDialog {...about} />;
    case 'refund':
      return <RefundDialog {...about} />;
    case 'withdraw_hold':
      return <UnmarkDialog {...about} />;
    case 'write_buyer':
      return (
        <WriteDialog
          order={order}
          kinds={order.state === 'informal_waiting' ? ['instruction', 'critical'] : ['tooLate']}
          now={now}
          onClose={() => {
            onClose(false);
          }}
        />
      );
  }
}

/** What a person may decide on an order now, each with its dialog. Nothing where nothing is to be decided. */
export function OrderActions({ order, reasons, now }: Props) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState<Opened | null>(null);
  const mayChange = useMayChange();
  const lookSoon = useSoon();
  const close = useCallback(
    (decided: boolean) => {
      setOpened(null);
      if (decided) lookSoon();
    },
    [lookSoon],
  );
  const id = order.amazonOrderId;
  const may = (action: string) => order.allowed.includes(action);
  return (
    <OwnClicks>
      <InlineStack gap="100">
        {dialogs
          .filter(({ opens }) => may(opens))
          .map(({ opens, text, name }) => (
            <Button
              key={opens}
              size="slim"
              disabled={!mayChange}
              variant={order.next === opens ? 'primary' : 'secondary'}
              accessibilityLabel={t(name, { id })}
              onClick={() => {
                setOpened(opens);
              }}
            >
              {t(text)}
            </Button>
          ))}
        {may('record_informal') && (
          <Button
            size="slim"
            url={recordMessageUrl(id)}
            accessibilityLabel={t('action.recordMessageFor', { id })}
          >
            {t('action.recordMessage')}
          </Button>
        )}
        {may('undo') && <UndoButton order={id} now={now} />}
      </InlineStack>
      {opened !== null && (
        <Dialog opened={opened} order={order} reasons={reasons} now={now} onClose={close} />
      )}
    </OwnClicks>
  );
}
