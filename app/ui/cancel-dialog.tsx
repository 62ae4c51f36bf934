import { useAppBridge } from '@shopify/app-bridge-react';
import { Banner, BlockStack, Box, Checkbox, Select, TextField } from '@shopify/polaris';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Asked } from '../routes/app.orders.$order.decide.ts';
import { restocks, wholeAmount } from './cancel-fields.ts';
import { DecisionButtons, DecisionDialog } from './decision-dialog.tsx';
import { fieldOfGuard } from './decision.ts';
import { EffectList } from './effect-list.tsx';
import { formatDecimal } from './format.ts';
import { Looking } from './looking.tsx';
import type { OrderView } from './order-view.ts';
import { sayRefusal } from './say-refusal.ts';
import { useStyle } from './style.ts';
import { usePreviewed } from './use-previewed.ts';

type Reason = Extract<Asked, { intent: 'cancel' }>['reason'];

interface Props {
  readonly order: Pick<OrderView, 'amazonOrderId' | 'shopifyTotal'>;
  /** The reasons that the marketplace takes, beside the buyer's own. */
  readonly reasons: readonly string[];
  /** A reason that is true already, as where stock is missing. */
  readonly reason?: Reason;
  readonly now: number;
  /** `decided`: something was written down. */
  readonly onClose: (decided: boolean) => void;
}

/** What was typed; null: untouched, which means all that can be refunded. */
interface Fields {
  readonly amount: string | null;
  readonly reason: Reason;
  /** null: untouched, which means what the shop's settings say. */
  readonly restock: boolean | null;
  readonly free: boolean;
}
const untouched: Fields = { amount: null, reason: null, restock: null, free: false };

const wishOf = ({ amount, ...fields }: Fields, preview: boolean, version: string | null): Asked => ({
  intent: 'cancel',
  ...fields,
  amount: amount ?? 'full',
  preview,
  version,
});

function Contents({ order, reasons, reason = null, now, onClose }: Props) {
  const { t } = useTranslation();
  const style = useStyle(now);
  const shopify = useAppBridge();
  const look = usePreviewed(order.amazonOrderId, { ...untouched, reason }, wishOf);
  const { fields, answer, change } = look;
  const shown = look.shown?.effects ?? [];
  const outcome = answer?.ok === true ? answer.outcome : 'preview';
  useEffect(() => {
    if (outcome === 'preview') return;
    if (outcome === 'already_cancelled') shopify.toast.show(t('dialog.cancel.already'));
    onClose(true);
  }, [outcome, onClose, shopify, t]);

  const refused = answer?.ok === false ? answer : null;
  const about = refused ? fieldOfGuard(refused.guard) : null;
  const said = refused ? sayRefusal(refused, t, style) : '';
  const whole = wholeAmount(order.shopifyTotal, shown);
  const asksReason = about === 'reason' || fields.reason !== null;
  const currency = order.shopifyTotal?.currency ?? '';
  return (
    <Box padding="400">
      <BlockStack gap="400">
        {refused && about === null && (
          <Banner
            tone="critical"
            action={{
              content: t('action.lookAgain'),
              onAction: () => {
                change({});
              },
            }}
          >
            {said}
          </Banner>
        )}
        {shown.length > 0 && <EffectList effects={shown} now={now} />}
        {!answer && <Looking />}
        {(whole !== null || about === 'amount') && (
          <TextField
            label={t('dialog.cancel.amount')}
            helpText={t('dialog.cancel.amountHelp')}
            value={fields.amount ?? (whole === null ? '' : formatDecimal(whole, style.language))}
            suffix={currency}
            inputMode="decimal"
            autoComplete="off"
            {...(about === 'amount' ? { error: said } : {})}
            onChange={(amount) => {
              change({ amount }, 'typing');
            }}
            onBlur={look.leave}
          />
        )}
        {asksReason && (
          <Select
            label={t('dialog.cancel.reason')}
            options={[
              { value: '', label: t('dialog.cancel.chooseReason') },
              ...reasons.map((value) => ({ value, label: t(`amazonReason.${value}`) })),
            ]}
            value={fields.reason ?? ''}
            {...(about === 'reason' ? { error: said } : {})}
            onChange={(value) => {
              change({ reason: value === '' ? null : (value as Reason) });
            }}
          />
        )}
        {(about === 'free' || fields.free) && (
          <Checkbox
            label={t('dialog.cancel.free')}
            checked={fields.free}
            {...(about === 'free' ? { error: said } : {})}
            onChange={(free) => {
              change({ free });
            }}
          />
        )}
        <Checkbox
          label={t('dialog.cancel.restock')}
          checked={fields.restock ?? restocks(shown)}
          onChange={(restock) => {
            change({ restock });
          }}
        />
        <DecisionButtons
          keep={t('dialog.cancel.keep')}
          confirm={t('dialog.cancel.confirm')}
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

/** Shows everything that a cancel will do before it does it, and takes one decision (CAN-1 to CAN-8). */
export function CancelDialog(props: Props) {
  const { t } = useTranslation();
  return (
    <DecisionDialog
      title={t('dialog.cancel.title', { id: props.order.amazonOrderId })}
      onClose={props.onClose}
    >
      <Contents {...props} />
    </DecisionDialog>
  );
}
