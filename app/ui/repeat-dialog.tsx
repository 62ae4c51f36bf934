import { Banner, BlockStack, Box, ChoiceList, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { parseMoney, sum, type Money } from '../domain/money.ts';
import type { loader } from '../routes/app.problems.ids.ts';
import type { Settling } from '../routes/app.problems.$problem.settle.ts';
import type { Chosen } from '../sync/chosen.ts';
import { askJson } from './ask-json.ts';
import { sorted, type Sorted } from './bulk.ts';
import { DecisionButtons, DecisionDialog } from './decision-dialog.tsx';
import type { DecisionAnswer } from './decision.ts';
import { formatMoney } from './format.ts';
import type { ProblemGroup, ProblemView } from './group-problems.ts';
import { problemWords } from './problem-words.ts';
import { Progress } from './progress.tsx';
import { useStyle } from './style.ts';
import { useEach } from './use-each.ts';
import { sayable } from './wording.ts';

interface Props {
  readonly group: ProblemGroup;
  /** The choice that is taken for all of them. */
  readonly choice: string;
  readonly now: number;
  /** What it came to; null: nothing was done. */
  readonly onClose: (done: Sorted | null) => void;
}

interface Wanted {
  readonly id: string;
  readonly order: string;
}

const asWanted = ({ id, amazonOrderId }: ProblemView): Wanted => ({ id, order: amazonOrderId });

/** Stands for those that the list does not show. */
const others = 'others';

/** All open problems of the kind; null where no answer came. */
async function all(kind: string): Promise<readonly Wanted[] | null> {
  const asked = await askJson<Awaited<ReturnType<typeof loader>>>(
    `/app/problems/ids?${new URLSearchParams({ kind }).toString()}`,
  );
  return asked?.problems ?? null;
}

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

function Contents({ group, choice, now, onClose }: Props) {
  const { t } = useTranslation();
  const style = useStyle(now);
  const { kind, shown, count, rest } = group;
  const hidden = count - shown.length;
  const [picked, setPicked] = useState<readonly string[]>(() => [
    ...shown.map(({ id }) => id),
    ...(hidden > 0 ? [others] : []),
  ]);
  const [failed, setFailed] = useState(false);
  const { going, run } = useEach<DecisionAnswer>();
  const chosen = shown.filter(({ id }) => picked.includes(id));
  const n = chosen.length + (picked.includes(others) ? hidden : 0);
  const unseen = picked.includes(others) ? rest : [];
  const amounts =
    hidden > 0 && unseen === undefined ? '' : amountsOf([...chosen, ...(unseen ?? [])], style.language);
  const words = { ...sayable({}, t, style), ...(amounts === '' ? {} : { amount: amounts }) };
  const confirm = async () => {
    const more = unseen ? unseen.map(asWanted) : await all(kind);
    setFailed(more === null);
    if (more === null) return;
    const seen = new Set(shown.map(({ id }) => id));
    const wanted = [...chosen.map(asWanted), ...more.filter(({ id }) => !seen.has(id))];
    const orders = new Map(wanted.map(({ id, order }) => [id, order]));
    const wish: Settling = { choice, value: null, note: null, checked: false };
    run(
      wanted.map(({ id }) => id),
      async (id) => asDecision(await askJson<Chosen>(`/app/problems/${id}/settle`, wish)),
      (done) => {
        onClose(sorted(done.map(({ id, answer }) => ({ id: orders.get(id) ?? id, answer }))));
      },
    );
  };
  return (
    <Box padding="400">
      <BlockStack gap="400">
        {failed && <Banner tone="critical">{t('problems.repeat.failed')}</Banner>}
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
            ...(hidden > 0 ? [{ value: others, label: t('problems.more', { n: hidden }) }] : []),
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
          keep={t('settle.keep')}
          confirm={t('problems.repeat.confirm', { n })}
          ready={n > 0 && going === null}
          busy={going !== null}
          onClose={() => {
            onClose(null);
          }}
          onConfirm={() => {
            void confirm(); // `askJson` answers null for what goes wrong.
          }}
        />
      </BlockStack>
    </Box>
  );
}

/** The same choice for many problems of a kind: what it does is said first, and which of them it is taken for can be picked. */
export function RepeatDialog(props: Props) {
  const { t } = useTranslation();
  const { kind } = props.group;
  return (
    <DecisionDialog
      title={t('settle.title', { name: t(`problem.${kind}.name`) })}
      onClose={() => {
        props.onClose(null);
      }}
    >
      <Contents {...props} />
    </DecisionDialog>
  );
}
