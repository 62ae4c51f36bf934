import { Modal, TitleBar, useAppBridge } from '@shopify/app-bridge-react';
import { Banner, BlockStack, Box, Button, InlineStack } from '@shopify/polaris';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
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
        <InlineStack align="end" gap="200">
          <Button
            onClick={() => {
              onClose(false);
            }}
          >
            {t('dialog.decline.keep')}
          </Button>
          <Button
            variant="primary"
            disabled={answer?.ok !== true}
            loading={busy}
            onClick={() => {
              send({
                intent: 'decline',
                preview: false,
                version: answer?.ok === true ? answer.version : null,
              });
            }}
          >
            {t('dialog.decline.confirm')}
          </Button>
        </InlineStack>
      </BlockStack>
    </Box>
  );
}

/** Makes clear that declining a request is shipping the order (CAN-17). */
export function DeclineDialog(props: Props) {
  const { t } = useTranslation();
  return (
    <Modal
      open
      onHide={() => {
        props.onClose(false);
      }}
    >
      <TitleBar title={t('dialog.decline.title')} />
      <Contents {...props} />
    </Modal>
  );
}
