import { Banner, BlockStack, Box, Button, Checkbox, TextField } from '@shopify/polaris';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Asked } from '../routes/app.orders.$order.decide.ts';
import { refundedAmount } from './cancel-fields.ts';
import { DecisionButtons, DecisionDialog } from './decision-dialog.tsx';
import { fieldOfGuard } from './decision.ts';
import { EffectList } from './effect-list.tsx';
import { formatDecimal } from './format.ts';
import type { OrderView } from './order-view.ts';
import { sayRefusal } from './say-refusal.ts';
import { useStyle } from './style.ts';
import { usePreviewed } from './use-previewed.ts';

interface Props {
  readonly order: Pick<OrderView, 'amazonOrderId' | 'shopifyTotal'>;
  readonly now: number;
  /** `decided`: something was written down. */
  readonly onClose: (decided: boolean) => void;
}

/** What was typed or chosen. */
interface Fields {
  /** null: all that is left. */
  readonly amount: string | null;
  readonly restock: boolean;
  readonly checked: boolean;
}
const untouched: Fields = { amount: '', restock: false, checked: false };

function wishOf(fields: Fields, preview: boolean, version: string | null): Asked | null {
  const amount = fields.amount === null ? 'full' : fields.amount.trim();
  return amount === '' ? null : { intent: 'refund', ...fields, amount, preview, version };
}

function Contents({ order, now, onClose }: Props) {
  const { t } = useTranslation();
  const style = useStyle(now);
  const look = usePreviewed(order.amazonOrderId, untouched, wishOf);
  const { fields, answer, shown, change } = look;
  const done = answer?.ok === true && answer.outcome !== 'preview';
  useEffect(() => {
    if (done) onClose(true);
  }, [done, onClose]);
  const refused = answer?.ok === false ? answer : null;
  const said = refused ? sayRefusal(refused, t, style) : '';
  const unseen = refused?.guard === 'refund_not_checked';
  const [asksCheck, setAsksCheck] = useState(false);
  useEffect(() => {
    if (unseen) setAsksCheck(true);
  }, [unseen]);
  const atAmount = refused !== null && fieldOfGuard(refused.guard) === 'amount';
  const all = shown?.fields.amount === null ? refundedAmount(shown.effects) : null;
  const again = () => {
    change({});
  };
  return (
    <Box padding="400">
      <BlockStack gap="400">
        {refused && !atAmount && (
          <Banner
            tone={unseen ? 'warning' : 'critical'}
            {...(unseen ? {} : { action: { content: t('action.lookAgain'), onAction: again } })}
          >
            {said}
          </Banner>
        )}
        <TextField
          label={t('dialog.cancel.amount')}
          helpText={t('dialog.refund.amountHelp')}
          value={fields.amount ?? (all === null ? '' : formatDecimal(all, style.language))}
          suffix={order.shopifyTotal?.currency ?? ''}
          inputMode="decimal"
          autoComplete="off"
          connectedRight={
            <Button
              onClick={() => {
                change({ amount: null });
              }}
            >
              {t('dialog.refund.all')}
            </Button>
          }
          {...(atAmount ? { error: said } : {})}
          onChange={(amount) => {
            change({ amount }, 'typing');
          }}
          onBlur={look.leave}
        />
        <Checkbox
          label={t('dialog.refund.restock')}
          checked={fields.restock}
          onChange={(restock) => {
            change({ restock });
          }}
        />
        {asksCheck && (
          <Checkbox
            label={t('settle.checked')}
            checked={fields.checked}
            onChange={(checked) => {
              change({ checked });
            }}
          />
        )}
        {shown && <EffectList effects={shown.effects} now={now} />}
        <DecisionButtons
          keep={t('dialog.refund.keep')}
          confirm={t('dialog.refund.confirm')}
          ready={look.ready}
          busy={look.busy}
          critical
          onClose={onClose}
          onConfirm={look.confirm}
        />
      </BlockStack>
    </Box>
  );
}

/** Shows what a refund does on both sides before it does it, within what is left on Amazon (REF-1, REF-3). */
export function RefundDialog(props: Props) {
  const { t } = useTranslation();
  return (
    <DecisionDialog
      title={t('dialog.refund.title', { id: props.order.amazonOrderId })}
      onClose={props.onClose}
    >
      <Contents {...props} />
    </DecisionDialog>
  );
}
