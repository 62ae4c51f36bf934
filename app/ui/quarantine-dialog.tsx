import { BlockStack, Box, Checkbox, List, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IfSent } from '../domain/if-sent.ts';
import type { Settling } from '../routes/app.problems.$problem.settle.ts';
import type { Chosen } from '../sync/chosen.ts';
import { askJson } from './ask-json.ts';
import { sorted, type Sorted } from './bulk.ts';
import { DecisionButtons, DecisionDialog } from './decision-dialog.tsx';
import type { KeptView } from './kept-view.ts';
import { Progress } from './progress.tsx';
import { SayIfSent } from './say-if-sent.tsx';
import { useEach } from './use-each.ts';

export interface QuarantineWish {
  readonly what: 'send' | 'drop';
  readonly rows: readonly KeptView[];
}

interface Props extends QuarantineWish {
  readonly kind: string;
  /** What would happen with each, by its id. */
  readonly ifSent: ReadonlyMap<string, IfSent>;
  readonly now: number;
  /** What was decided, by order; null: nothing. */
  readonly onClose: (decided: Sorted | null) => void;
}

const most = 8;

/** What became of each, by its order. */
function byOrder(rows: readonly KeptView[], done: readonly { id: string; answer: Chosen | null }[]): Sorted {
  const orderOf = new Map(rows.map(({ id, amazonOrderId }) => [id, amazonOrderId]));
  return sorted(
    done.map(({ id, answer }) => ({
      id: orderOf.get(id) ?? id,
      answer:
        answer === null
          ? null
          : answer.ok
            ? {
                intent: 'settle',
                ok: true,
                outcome: answer.outcome,
                effects: answer.effects,
                version: null,
                undoUntil: answer.undoUntil,
              }
            : { intent: 'settle', ok: false, guard: answer.guard, params: answer.params },
    })),
  );
}

interface Sending {
  readonly sends: ReturnType<typeof useEach<Chosen>>;
  /** Closes the dialog; while it sends it stops instead, and what was decided by then is told. */
  readonly onLeave: () => void;
}

function Contents({ what, rows, kind, ifSent, now, onClose, sends, onLeave }: Props & Sending) {
  const { t } = useTranslation();
  const [checked, setChecked] = useState(false);
  const { going, run } = sends;
  // A shipment moves no money: it needs no word that it is still wanted.
  const asks = what === 'send' && kind !== 'shipment';
  const n = rows.length;
  const confirm = () => {
    const wish: Settling = { choice: what, value: null, note: null, checked: true };
    run(
      rows.map(({ id }) => id),
      (id) => askJson<Chosen>(`/app/problems/${id}/settle`, wish),
      (done) => {
        onClose(byOrder(rows, done));
      },
    );
  };
  return (
    <Box padding="400">
      <BlockStack gap="400">
        {what === 'drop' && <Text as="p">{t('quarantine.drop.text')}</Text>}
        {what === 'send' && <Text as="p">{t('quarantine.send.text')}</Text>}
        <List>
          {rows.slice(0, most).map((row) => (
            <List.Item key={row.id}>
              {row.amazonOrderId}
              {what === 'send' && (
                <>
                  {': '}
                  <SayIfSent ifSent={ifSent.get(row.id)} now={now} />
                </>
              )}
            </List.Item>
          ))}
        </List>
        {n > most && <Text as="p">{t('quarantine.more', { n: n - most })}</Text>}
        {asks && <Checkbox label={t('settle.stillWanted')} checked={checked} onChange={setChecked} />}
        {going && (
          <Progress
            done={going.done.length}
            total={going.total}
            words={t('bulk.deciding', { n: going.done.length, m: going.total })}
          />
        )}
        <DecisionButtons
          keep={t(going ? 'bulk.stop' : 'quarantine.keep')}
          confirm={t(`quarantine.${what}.confirm`, { n })}
          ready={going === null && (!asks || checked)}
          busy={going !== null}
          {...(what === 'send' ? { critical: true as const } : {})}
          onClose={onLeave}
          onConfirm={confirm}
        />
      </BlockStack>
    </Box>
  );
}

/** Sends what was kept back, or leaves Amazon as it is, after saying what that does to each (CAN-12). */
export function QuarantineDialog(props: Props) {
  const { t } = useTranslation();
  const sends = useEach<Chosen>();
  const leave = () => {
    if (sends.going) sends.stop();
    else props.onClose(null);
  };
  return (
    <DecisionDialog
      title={t(`quarantine.${props.what}.title`, { n: props.rows.length, kind: props.kind })}
      onClose={leave}
    >
      <Contents {...props} sends={sends} onLeave={leave} />
    </DecisionDialog>
  );
}
