import { useAppBridge } from '@shopify/app-bridge-react';
import { Banner, BlockStack, Box } from '@shopify/polaris';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { DecisionButtons, DecisionDialog } from './decision-dialog.tsx';
import { EffectList } from './effect-list.tsx';
import { Looking } from './looking.tsx';
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

function Contents({ order, now, onClose }: Props) {
  const { t } = useTranslation();
  const style = useStyle(now);
  const shopify = useAppBridge();
  const { answer, busy, send } = useDecision(order.amazonOrderId);
  useEffect(() => {
    send({ intent: 'decline', preview: true, version: null });
  }, [send]);
  const done = answer?.ok === true && answer.outcome !== 'preview';
  useEffect(() => {
    if (!done) return;
    shopify.toast.show(t('dialog.decline.released'));
    onClose(true);
  }, [done, onClose, shopify, t]);
  return (
    <Box padding="400">
      <BlockStack gap="400">
        {answer?.ok === false && (
          <Banner
            tone="critical"
            action={{
              content: t('action.lookAgain'),
              onAction: () => {
                send({ intent: 'decline', preview: true, version: null });
              },
            }}
          >
            {sayRefusal(answer, t, style)}
          </Banner>
        )}
        {answer?.ok === true && <EffectList effects={answer.effects} now={now} />}
        {!answer && <Looking />}
        <DecisionButtons
          keep={t('dialog.decline.keep')}
          confirm={t('dialog.decline.confirm')}
          ready={answer?.ok === true}
          busy={busy}
          onClose={onClose}
          onConfirm={() => {
            send({ intent: 'decline', preview: false, version: answer?.ok === true ? answer.version : null });
          }}
        />
      </BlockStack>
    </Box>
  );
}

/** Makes clear that declining a request is shipping the order (CAN-17). */
export function DeclineDialog(props: Props) {
  const { t } = useTranslation();
  return (
    <DecisionDialog title={t('dialog.decline.title')} onClose={props.onClose}>
      <Contents {...props} />
    </DecisionDialog>
  );
}
