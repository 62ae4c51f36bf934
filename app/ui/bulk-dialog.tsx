import { Banner, BlockStack, Box, List } from '@shopify/polaris';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { askJson } from './ask-json.ts';
import { bulkWish, refundedBy, restockedBy, sorted, undoableUntil, type Bulk, type Sorted } from './bulk.ts';
import { DecisionButtons, DecisionDialog } from './decision-dialog.tsx';
import type { DecisionAnswer } from './decision.ts';
import { formatMoment, formatMoney } from './format.ts';
import { LeftOut } from './left-out.tsx';
import { OrderIds } from './order-ids.tsx';
import { decideUrl } from './order-url.ts';
import { Progress } from './progress.tsx';
import { useStyle } from './style.ts';
import { useEach } from './use-each.ts';

interface Props {
  readonly what: Bulk;
  readonly orders: readonly string[];
  readonly now: number;
  /** What was decided; null: nothing. */
  readonly onClose: (decided: Sorted | null) => void;
}

/** Everything that the decision does to all of them, Amazon first, because it happens first. */
function Effects({ what, all, now }: { readonly what: Bulk; readonly all: Sorted; readonly now: number }) {
  const { t } = useTranslation();
  const style = useStyle(now);
  const effects = all.taken.flatMap(({ answer }) => answer.effects);
  const n = all.taken.length;
  if (what === 'decline')
    return (
      <List>
        <List.Item>{t('effect.amazon_nothing')}</List.Item>
        <List.Item>{t('bulk.decline.shopify', { n })}</List.Item>
        <List.Item>{t('bulk.decline.open')}</List.Item>
      </List>
    );
  const sums = refundedBy(effects).map((money) => formatMoney(money, style.language));
  const counts = effects.filter(({ key }) => key === 'counts_yes').length;
  const until = undoableUntil(all);
  return (
    <List>
      <List.Item>{t('bulk.approve.amazon', { n })}</List.Item>
      <List.Item>
        {t('bulk.approve.shopify', {
          n,
          sums: sums.join(' + '),
          sums_given: sums.length > 0 ? 'yes' : 'no',
        })}
      </List.Item>
      <List.Item>{t('effect.restock', { n: restockedBy(effects) })}</List.Item>
      <List.Item>{t('bulk.approve.counts', { n: counts })}</List.Item>
      {until !== null && <List.Item>{t('effect.undo', { time: formatMoment(until, style) })}</List.Item>}
    </List>
  );
}

interface Sending {
  readonly sends: ReturnType<typeof useEach<DecisionAnswer>>;
  /** Closes the dialog; while it sends it stops instead, and what was decided by then is told. */
  readonly onLeave: () => void;
}

function Contents({ what, orders, now, onClose, sends, onLeave }: Props & Sending) {
  const { t } = useTranslation();
  const looks = useEach<DecisionAnswer>();
  const { run: look } = looks;
  useEffect(() => {
    look(orders, (id) => askJson(decideUrl(id), bulkWish(what, true, null)));
  }, [look, orders, what]);
  const looked = looks.going?.done;
  const ready = looked?.length === orders.length;
  const all = useMemo(() => sorted(looked ?? []), [looked]);
  const n = all.taken.length;
  const confirm = () => {
    const versions = new Map(all.taken.map(({ id, answer }) => [id, answer.version]));
    sends.run(
      [...versions.keys()],
      (id) => askJson(decideUrl(id), bulkWish(what, false, versions.get(id) ?? null)),
      (done) => {
        const { taken, left } = sorted(done);
        onClose({ taken, left: [...all.left, ...left] });
      },
    );
  };
  const { going } = sends;
  return (
    <Box padding="400">
      <BlockStack gap="400">
        {!ready && (
          <Progress
            done={looked?.length ?? 0}
            total={orders.length}
            words={t('bulk.looking', { n: looked?.length ?? 0, m: orders.length })}
          />
        )}
        {ready && n === 0 && <Banner tone="warning">{t(`bulk.${what}.none`)}</Banner>}
        {ready && n > 0 && (
          <>
            <Effects what={what} all={all} now={now} />
            <OrderIds ids={all.taken.map(({ id }) => id)} />
          </>
        )}
        {ready && <LeftOut left={all.left} now={now} />}
        {going && (
          <Progress
            done={going.done.length}
            total={going.total}
            words={t('bulk.deciding', { n: going.done.length, m: going.total })}
          />
        )}
        <DecisionButtons
          keep={t(going ? 'bulk.stop' : `bulk.${what}.keep`)}
          confirm={t(`bulk.${what}.confirm`, { n })}
          ready={ready && n > 0 && going === null}
          busy={going !== null}
          {...(what === 'approve' ? { critical: true as const } : {})}
          onClose={onLeave}
          onConfirm={confirm}
        />
      </BlockStack>
    </Box>
  );
}

/** Looks at many orders, shows what one decision does to all of them, names those it cannot be taken on, and takes it. */
export function BulkDialog(props: Props) {
  const { t } = useTranslation();
  const sends = useEach<DecisionAnswer>();
  const leave = () => {
    if (sends.going) sends.stop();
    else props.onClose(null);
  };
  return (
    <DecisionDialog title={t(`bulk.${props.what}.title`, { n: props.orders.length })} onClose={leave}>
      <Contents {...props} sends={sends} onLeave={leave} />
    </DecisionDialog>
  );
}
