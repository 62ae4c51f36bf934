import { Banner, BlockStack, Box, Button, Checkbox, TextField } from '@shopify/polaris';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Asked } from '../routes/app.orders.$order.decide.ts';
import { DecisionButtons, DecisionDialog } from './decision-dialog.tsx';
import { fieldOfGuard } from './decision.ts';
import { EffectList } from './effect-list.tsx';
import type { OrderView } from './order-view.ts';
import { sayRefusal } from './say-refusal.ts';
import { useStyle } from './style.ts';
import { useDecision } from './use-decision.ts';

interface Props {
  readonly order: Pick<OrderView, 'amazonOrderId' | 'shopifyTotal'>;
  readonly now: number;
  /** `decided`: something was written down. */
  readonly onClose: (decided: boolean) => void;
}

interface Fields {
  readonly amount: string;
  readonly restock: boolean;
  readonly checked: boolean;
}
const untouched: Fields = { amount: '', restock: false, checked: false };

const wishOf = (fields: Fields, preview: boolean, version: string | null): Asked => ({
  intent: 'refund',
  ...fields,
  amount: fields.amount.trim(),
  preview,
  version,
});

function Contents({ order, now, onClose }: Props) {
  const { t } = useTranslation();
  const style = useStyle(now);
  const [fields, setFields] = useState(untouched);
  const { answer, busy, send } = useDecision(order.amazonOrderId);
  const done = answer?.ok === true && answer.outcome !== 'preview';
  useEffect(() => {
    if (done) onClose(true);
  }, [done, onClose]);
  const look = (next: Fields) => {
    if (next.amount.trim() !== '') send(wishOf(next, true, null));
  };
  const set = (some: Partial<Fields>, shown = true) => {
    const next = { ...fields, ...some };
    setFields(next);
    if (shown) look(next);
  };
  const refused = answer?.ok === false ? answer : null;
  const said = refused ? sayRefusal(refused, t, style) : '';
  const unseen = refused?.guard === 'refund_not_checked';
  const [asksCheck, setAsksCheck] = useState(false);
  useEffect(() => {
    if (unseen) setAsksCheck(true);
  }, [unseen]);
  const atAmount = refused !== null && fieldOfGuard(refused.guard) === 'amount';
  const preview = answer?.ok === true ? answer : null;
  const ready = preview !== null || (unseen && fields.checked);
  return (
    <Box padding="400">
      <BlockStack gap="400">
        {refused && !atAmount && <Banner tone={unseen ? 'warning' : 'critical'}>{said}</Banner>}
        <TextField
          label={t('dialog.cancel.amount')}
          helpText={t('dialog.refund.amountHelp')}
          value={fields.amount}
          suffix={order.shopifyTotal?.currency ?? ''}
          inputMode="decimal"
          autoComplete="off"
          connectedRight={
            <Button
              onClick={() => {
                set({ amount: 'full' });
              }}
            >
              {t('dialog.refund.all')}
            </Button>
          }
          {...(atAmount ? { error: said } : {})}
          onChange={(amount) => {
            set({ amount }, false);
          }}
          onBlur={() => {
            look(fields);
          }}
        />
        <Checkbox
          label={t('dialog.refund.restock')}
          checked={fields.restock}
          onChange={(restock) => {
            set({ restock });
          }}
        />
        {asksCheck && (
          <Checkbox
            label={t('settle.checked')}
            checked={fields.checked}
            onChange={(checked) => {
              set({ checked });
            }}
          />
        )}
        {preview && <EffectList effects={preview.effects} now={now} />}
        <DecisionButtons
          keep={t('dialog.refund.keep')}
          confirm={t('dialog.refund.confirm')}
          ready={ready}
          busy={busy}
          critical
          onClose={onClose}
          onConfirm={() => {
            send(wishOf(fields, false, preview?.version ?? null));
          }}
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
