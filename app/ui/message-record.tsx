import { useFetcher } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { Banner, BlockStack, Card, PageActions, Text } from '@shopify/polaris';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { informalEffects, type Effect } from '../domain/decision-effects.ts';
import type { Guard } from '../domain/explain-refusal.ts';
import type { action } from '../routes/app.requests.new.tsx';
import type { MessageLine } from '../sync/message-page.ts';
import { BuyerTexts } from './buyer-texts.tsx';
import { CancelDialog } from './cancel-dialog.tsx';
import { EffectList } from './effect-list.tsx';
import { formatMoment } from './format.ts';
import { emptyMessage, MessageForm, type MessageFields } from './message-form.tsx';
import { orderPageUrl } from './order-url.ts';
import type { OrderView } from './order-view.ts';
import { sayRefusal } from './say-refusal.ts';
import { useStyle } from './style.ts';
import { useDecision } from './use-decision.ts';
import { useSoon } from './use-soon.ts';
import { flatParams, sayable } from './wording.ts';

/** The order that a message is about, as it goes to the browser. `order` is null where Amazon was not read yet. */
interface MessageAbout {
  readonly id: string;
  readonly order: OrderView | null;
  readonly lines: readonly MessageLine[];
  readonly guard: Guard | null;
  readonly recorded: { readonly at: number; readonly hold: boolean } | null;
  readonly counts: Effect | null;
  readonly reasons: readonly string[];
}

interface Props {
  readonly about: MessageAbout;
  /** The server's time, ms UTC. */
  readonly now: number;
}

const addressed = ({ id, order }: MessageAbout) => ({
  id,
  marketplaceId: order?.marketplaceId ?? null,
  shipBy: order?.shipBy ?? null,
});

/** Concord does not know the order: it can be recorded all the same, and looked for. */
function NotHere({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const looking = useFetcher<typeof action>();
  const lookSoon = useSoon();
  const asked = looking.data?.looking === true;
  useEffect(() => {
    if (asked) lookSoon();
  }, [asked, lookSoon]);
  return (
    <Banner
      tone="warning"
      title={t('byMessage.notHere')}
      action={{
        content: t('byMessage.lookAtAmazon'),
        loading: looking.state !== 'idle',
        onAction: () => {
          looking.submit(null, { method: 'post' });
        },
      }}
    >
      {t('byMessage.notHereText', { id })}
    </Banner>
  );
}

/** Nothing can be recorded; where it is too late there is a text for the buyer. */
function Refused({ about, guard, now }: Props & { readonly guard: Guard }) {
  const { t } = useTranslation();
  const style = useStyle(now);
  const asked = guard === 'already_asked';
  return (
    <>
      <Banner
        tone={asked ? 'info' : 'critical'}
        {...(about.order ? { action: { content: t('byMessage.open'), url: orderPageUrl(about.id) } } : {})}
      >
        {sayRefusal({ guard, params: { id: about.id } }, t, style)}
      </Banner>
      {(guard === 'already_shipped' || guard === 'already_fulfilled') && (
        <Card>
          <BuyerTexts about={addressed(about)} kinds={['tooLate']} now={now} />
        </Card>
      )}
    </>
  );
}

/** It was written down: what becomes of it, and the texts once more. */
function Recorded({ about, now, at }: Props & { readonly at: number }) {
  const { t } = useTranslation();
  const style = useStyle(now);
  const { order } = about;
  return (
    <>
      <Banner tone="success" action={{ content: t('byMessage.open'), url: orderPageUrl(about.id) }}>
        <p>{t('byMessage.recordedOn', { date: formatMoment(at, style) })}</p>
        {order && <p>{t(`state.${order.state}.sentence`, sayable(order.params, t, style))}</p>}
      </Banner>
      <Texts about={about} now={now} />
    </>
  );
}

function Texts({ about, now }: Props) {
  const { t } = useTranslation();
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          {t('byMessage.send')}
        </Text>
        <BuyerTexts about={addressed(about)} kinds={['instruction', 'critical']} now={now} />
      </BlockStack>
    </Card>
  );
}

/** Where stock is missing nobody asks the buyer; the seller cancels, and it counts. */
function OutOfStock({ about, now }: Props) {
  const { t } = useTranslation();
  const [cancelling, setCancelling] = useState(false);
  const lookSoon = useSoon();
  const { order, reasons } = about;
  return (
    <>
      <Banner
        tone="critical"
        {...(order
          ? {
              action: {
                content: t('byMessage.cancelNoInventory'),
                onAction: () => {
                  setCancelling(true);
                },
              },
            }
          : {})}
      >
        {t('byMessage.outOfStock')}
      </Banner>
      {cancelling && order && (
        <CancelDialog
          order={order}
          reasons={reasons}
          reason="NoInventory"
          now={now}
          onClose={(decided) => {
            setCancelling(false);
            if (decided) lookSoon();
          }}
        />
      )}
    </>
  );
}

function Form({ about, now }: Props) {
  const { t } = useTranslation();
  const style = useStyle(now);
  const shopify = useAppBridge();
  const [fields, setFields] = useState<MessageFields>(emptyMessage);
  const { answer, busy, send } = useDecision(about.id);
  const lookSoon = useSoon();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
  }, []);
  const done = answer?.ok === true;
  useEffect(() => {
    if (!done) return;
    shopify.toast.show(t('byMessage.recorded'));
    lookSoon();
  }, [done, lookSoon, shopify, t]);
  const { some, lines, why, hold } = fields;
  const stock = why === 'out_of_stock';
  const ready = !stock && (!some || lines.length > 0);
  return (
    <>
      <MessageForm fields={fields} lines={about.lines} heading={heading} onChange={setFields} />
      {stock ? <OutOfStock about={about} now={now} /> : <Texts about={about} now={now} />}
      {about.counts && !stock && (
        <Banner tone="warning">
          {t('byMessage.counts', sayable(flatParams(about.counts.params), t, style))}
        </Banner>
      )}
      {!stock && <EffectList effects={informalEffects(hold)} now={now} />}
      {answer?.ok === false && (
        <div role="alert">
          <Banner tone="critical">{sayRefusal(answer, t, style)}</Banner>
        </div>
      )}
      <PageActions
        {...(stock
          ? {}
          : {
              primaryAction: {
                content: t(hold ? 'byMessage.recordAndHold' : 'byMessage.record'),
                disabled: !ready,
                loading: busy,
                onAction: () => {
                  send({ intent: 'informal', lines: some ? [...lines] : null, why, hold });
                },
              },
            })}
        secondaryActions={[{ content: t('byMessage.cancel'), url: '/app/requests' }]}
      />
    </>
  );
}

/** Records that the buyer of an order asks to cancel by a message, or says why that is not possible (REQ-10). */
export function MessageRecord({ about, now }: Props) {
  const { guard, recorded, order } = about;
  return (
    <BlockStack gap="400">
      {recorded ? (
        <Recorded about={about} now={now} at={recorded.at} />
      ) : guard ? (
        <Refused about={about} guard={guard} now={now} />
      ) : (
        <>
          {!order && <NotHere id={about.id} />}
          <Form about={about} now={now} />
        </>
      )}
    </BlockStack>
  );
}
