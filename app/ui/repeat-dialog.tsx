import { BlockStack, Box, ChoiceList, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { parseMoney, sum, type Money } from '../domain/money.ts';
import type { Settling } from '../routes/app.problems.$problem.settle.ts';
import type { Chosen } from '../sync/chosen.ts';
import { askJson } from './ask-json.ts';
import { sorted, type Sorted } from './bulk.ts';
import { DecisionButtons, DecisionDialog } from './decision-dialog.tsx';
import type { DecisionAnswer } from './decision.ts';
import { formatMoney } from './format.ts';
import type { ProblemView, WholeGroup } from './group-problems.ts';
import { problemWords } from './problem-words.ts';
import { Progress } from './progress.tsx';
import { useStyle } from './style.ts';
import { useEach } from './use-each.ts';
import { sayable } from './wording.ts';

interface Props {
  readonly group: WholeGroup;
  /** The choice that is taken for all of them. */
  readonly choice: string;
  readonly now: number;
  /** What it came to; null: nothing was done. */
  readonly onClose: (done: Sorted | null) => void;
}

/** Stands for those that the list does not show. */
const others = 'others';

/** What became of one, as of a decision on its order. */
function asDecision(answer: Chosen | null): DecisionAnswer | null {
  if (!answer) return null;
  if (!answer.ok) return { intent: 'answer', ...answer };
  const { outcome, effects, undoUntil } = answer;
  return { intent: 'answer', ok: true, outcome, effects, undoUntil, version: null };
}

/** The amounts that they are about, each currency by itself. */
function amountsOf(problems: readonly ProblemView[], language: string): string {
  const money = problems.flatMap(({ params: { amount, currency } }): Money[] => {
    const read = parseMoney(String(amount ?? ''), String(currency ?? ''));
    return read ? [read.money] : [];
  });
  return [...Map.groupBy(money, ({ currency }) => currency)]
    .map(([currency, some]) => formatMoney(sum(currency, some), language))
    .join(' + ');
}

interface Sending {
  readonly sends: ReturnType<typeof useEach<DecisionAnswer>>;
  /** Closes the dialog; while it sends it stops instead, and what was done by then is told. */
  readonly onLeave: () => void;
}

function Contents({ group, choice, now, onClose, sends, onLeave }: Props & Sending) {
  const { t } = useTranslation();
  const style = useStyle(now);
  const { kind, shown, rest } = group;
  const [picked, setPicked] = useState<readonly string[]>(() => [
    ...shown.map(({ id }) => id),
    ...(rest.length > 0 ? [others] : []),
  ]);
  const { going, run } = sends;
  const chosen = [...shown.filter(({ id }) => picked.includes(id)), ...(picked.includes(others) ? rest : [])];
  const n = chosen.length;
  const amounts = amountsOf(chosen, style.language);
  const words = { ...sayable({}, t, style), ...(amounts === '' ? {} : { amount: amounts }) };
  const confirm = () => {
    const orders = new Map(chosen.map(({ id, amazonOrderId }) => [id, amazonOrderId]));
    const wish: Settling = { choice, value: null, note: null, checked: false };
    run(
      chosen.map(({ id }) => id),
      async (id) => asDecision(await askJson<Chosen>(`/app/problems/${id}/settle`, wish)),
      (done) => {
        onClose(sorted(done.map(({ id, answer }) => ({ id: orders.get(id) ?? id, answer }))));
      },
    );
  };
  return (
    <Box padding="400">
      <BlockStack gap="400">
        <BlockStack>
          {n > 1 && amounts !== '' && <Text as="p">{t('problems.repeat.together', { n })}</Text>}
          <Text as="p">{t(`solve.${kind}.${choice}.does`, words)}</Text>
        </BlockStack>
        <ChoiceList
          allowMultiple
          title={t('problems.repeat.which')}
          disabled={going !== null}
          choices={[
            ...shown.map((problem) => ({
              value: problem.id,
              label: problem.amazonOrderId || problem.subject,
              helpText: problemWords(problem, t, style).title,
            })),
            ...(rest.length > 0 ? [{ value: others, label: t('problems.more', { n: rest.length }) }] : []),
          ]}
          selected={[...picked]}
          onChange={setPicked}
        />
        {going && (
          <Progress
            done={going.done.length}
            total={going.total}
            words={t('bulk.deciding', { n: going.done.length, m: going.total })}
          />
        )}
        <DecisionButtons
          keep={t(going ? 'bulk.stop' : 'settle.keep')}
          confirm={t('problems.repeat.confirm', { n })}
          ready={n > 0 && going === null}
          busy={going !== null}
          onClose={onLeave}
          onConfirm={confirm}
        />
      </BlockStack>
    </Box>
  );
}

/** The same choice for many problems of a kind: what it does is said first, and which of them it is taken for can be picked. */
export function RepeatDialog(props: Props) {
  const { t } = useTranslation();
  const { kind } = props.group;
  const sends = useEach<DecisionAnswer>();
  const leave = () => {
    if (sends.going) sends.stop();
    else props.onClose(null);
  };
  return (
    <DecisionDialog title={t('settle.title', { name: t(`problem.${kind}.name`) })} onClose={leave}>
      <Contents {...props} sends={sends} onLeave={leave} />
    </DecisionDialog>
  );
}
