import { Button, InlineStack } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useOrderDialog } from './order-dialogs.tsx';
import { recordMessageUrl } from './order-url.ts';
import type { OrderView } from './order-view.ts';
import { OwnClicks } from './own-clicks.tsx';
import { UndoButton } from './undo-button.tsx';
import { useMayChange } from './use-may-change.ts';

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

/** What a person may decide on an order now, each with its dialog. Nothing where nothing is to be decided. */
export function OrderActions({ order, reasons, now }: Props) {
  const { t } = useTranslation();
  const open = useOrderDialog();
  const mayChange = useMayChange();
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
                open({ opens, order, reasons, now });
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
    </OwnClicks>
  );
}
