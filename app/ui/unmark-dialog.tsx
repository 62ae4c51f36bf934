import { useAppBridge } from '@shopify/app-bridge-react';
import { Banner, BlockStack, Box } from '@shopify/polaris';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { unmarkEffects } from '../domain/decision-effects.ts';
import { DecisionButtons, DecisionDialog } from './decision-dialog.tsx';
import { EffectList } from './effect-list.tsx';
import type { OrderView } from './order-view.ts';
import { sayRefusal } from './say-refusal.ts';
import { useStyle } from './style.ts';
import { useDecision } from './use-decision.ts';

interface Props {
  readonly order: Pick<OrderView, 'amazonOrderId'>;
  readonly now: number;
  /** `decided`: something was written down. */
  readonly onClose: (decided: boolean) => void;
}

/** Takes mark and hold away that Amazon's own order never asked for (REQ-10, REQ-13). */
export function UnmarkDialog({ order, now, onClose }: Props) {
  const { t } = useTranslation();
  const style = useStyle(now);
  const shopify = useAppBridge();
  const { answer, busy, send } = useDecision(order.amazonOrderId);
  const done = answer?.ok === true;
  useEffect(() => {
    if (!done) return;
    shopify.toast.show(t('dialog.unmark.done'));
    onClose(true);
  }, [done, onClose, shopify, t]);
  return (
    <DecisionDialog title={t('dialog.unmark.title', { id: order.amazonOrderId })} onClose={onClose}>
      <Box padding="400">
        <BlockStack gap="400">
          {answer?.ok === false && <Banner tone="critical">{sayRefusal(answer, t, style)}</Banner>}
          <EffectList effects={unmarkEffects()} now={now} />
          <DecisionButtons
            keep={t('dialog.unmark.keep')}
            confirm={t('dialog.unmark.confirm')}
            ready
            busy={busy}
            onClose={onClose}
            onConfirm={() => {
              send({ intent: 'unmark' });
            }}
          />
        </BlockStack>
      </Box>
    </DecisionDialog>
  );
}
