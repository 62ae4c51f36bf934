import { Banner, BlockStack, Box, Button, ChoiceList, InlineStack, Text } from '@shopify/polaris';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { refuse } from '../domain/explain-refusal.ts';
import type { loader, Settling } from '../routes/app.problems.$problem.settle.ts';
import type { Chosen } from '../sync/chosen.ts';
import type { ProblemForm } from '../sync/problem-form.ts';
import { BuyerTexts } from './buyer-texts.tsx';
import { DecisionButtons, DecisionDialog } from './decision-dialog.tsx';
import type { ProblemView } from './group-problems.ts';
import { Looking } from './looking.tsx';
import { usePlaces } from './places.tsx';
import { problemWords } from './problem-words.ts';
import { sayRefusal } from './say-refusal.ts';
import { nothingSaid, saidFor, SettleField } from './settle-field.tsx';
import { useStyle } from './style.ts';
import { UndoButton } from './undo-button.tsx';
import { useAsk } from './use-ask.ts';

/** A decision that is made in a dialog of its own. */
export interface OtherDialog {
  readonly opens: 'cancel' | 'decline';
  readonly form: ProblemForm;
}

interface Props {
  readonly problem: ProblemView;
  readonly now: number;
  /** `decided`: something was written down. */
  readonly onClose: (decided: boolean) => void;
  readonly onOpen: (other: OtherDialog) => void;
}

/** It was written down; while it rests it can be taken back. */
function Taken({ problem, now, resting, onClose }: Omit<Props, 'onOpen'> & { readonly resting: boolean }) {
  const { t } = useTranslation();
  return (
    <BlockStack gap="400">
      <div role="status">
        <Text as="p">{t(resting ? 'settle.resting' : 'settle.written')}</Text>
      </div>
      <InlineStack align="end" gap="200">
        {resting && (
          <UndoButton
            order={problem.amazonOrderId}
            now={now}
            onUndone={() => {
              onClose(true);
            }}
          />
        )}
        <Button
          variant="primary"
          onClick={() => {
            onClose(true);
          }}
        >
          {t('settle.close')}
        </Button>
      </InlineStack>
    </BlockStack>
  );
}

function Ways({ problem, now, form, onClose, onOpen }: Props & { readonly form: ProblemForm }) {
  const { t, i18n } = useTranslation();
  const style = useStyle(now);
  const url = usePlaces().settle(problem);
  const { answer, lost, busy, ask } = useAsk<Chosen>();
  // Nothing is picked for a person: what is done may be for good.
  const [choice, setChoice] = useState('');
  const [said, setSaid] = useState(nothingSaid);
  const way = form.ways.find((one) => one.choice === choice);
  const { words } = problemWords(problem, t, style);
  const text = (name: string, part: 'name' | 'does') => {
    const own = `solve.${problem.kind}.${name}.${part}`;
    return t(i18n.exists(own) ? own : `solve.any.${name}.${part}`, words);
  };
  if (answer?.ok === true)
    return <Taken problem={problem} now={now} resting={answer.undoUntil !== null} onClose={onClose} />;
  const { ready, ...rest } = saidFor(way?.field ?? null, said);
  const confirm = () => {
    if (!way) return;
    if (way.opens !== null) {
      onOpen({ opens: way.opens, form });
      return;
    }
    const wish: Settling = { choice: way.choice, ...rest };
    ask(url, wish);
  };
  return (
    <BlockStack gap="400">
      {answer?.ok === false && <Banner tone="critical">{sayRefusal(answer, t, style)}</Banner>}
      {lost && <Banner tone="critical">{sayRefusal(refuse('not_certain'), t, style)}</Banner>}
      <ChoiceList
        title={t('settle.what')}
        choices={form.ways.map((one) => ({
          value: one.choice,
          label: text(one.choice, 'name'),
          helpText: text(one.choice, 'does'),
        }))}
        selected={[choice]}
        onChange={([picked = '']) => {
          setChoice(picked);
          setSaid(nothingSaid);
        }}
      />
      {form.buyer && (
        <BuyerTexts
          about={{ id: form.order, ...form.buyer }}
          kinds={form.kind === 'informal_no_answer' ? ['critical'] : ['tooLate']}
          now={now}
        />
      )}
      {way?.field && (
        <SettleField
          field={way.field}
          kind={problem.kind}
          sku={String(problem.params['sku'] ?? problem.subject)}
          said={said}
          onSay={setSaid}
        />
      )}
      <DecisionButtons
        keep={t('settle.keep')}
        confirm={t(way?.opens ? 'settle.next' : 'settle.confirm')}
        ready={way !== undefined && ready}
        busy={busy}
        onClose={onClose}
        onConfirm={confirm}
      />
    </BlockStack>
  );
}

function Contents(props: Props) {
  const { problem, now, onClose } = props;
  const { t } = useTranslation();
  const style = useStyle(now);
  const { answer: data, lost, ask } = useAsk<Awaited<ReturnType<typeof loader>>>();
  const [form, setForm] = useState<ProblemForm | null>(null);
  // Once it is shown it stays: a decision loads it anew, and its problem may be solved by then.
  if (form === null && data?.ok === true) setForm(data.form);
  const { title, words } = problemWords(problem, t, style);
  const url = usePlaces().settle(problem);
  useEffect(() => {
    ask(url);
  }, [ask, url]);
  return (
    <Box padding="400">
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="p" fontWeight="semibold">
            {title}
          </Text>
          <Text as="p" tone="subdued">
            {t(`problem.${problem.kind}.why`, words)}
          </Text>
        </BlockStack>
        {!data && !lost && <Looking />}
        {!form && lost && (
          <Banner
            tone="critical"
            action={{
              content: t('action.tryAgain'),
              onAction: () => {
                ask(url);
              },
            }}
          >
            {sayRefusal(refuse('no_answer'), t, style)}
          </Banner>
        )}
        {form && <Ways {...props} form={form} />}
        {!form && data?.ok === false && (
          <Banner
            tone="critical"
            action={{
              content: t('settle.close'),
              onAction: () => {
                onClose(true);
              },
            }}
          >
            {sayRefusal(data, t, style)}
          </Banner>
        )}
      </BlockStack>
    </Box>
  );
}

/** Shows what can be done about a problem and what each of it does on both sides, and takes one choice. */
export function SettleDialog(props: Props) {
  const { t } = useTranslation();
  return (
    <DecisionDialog
      title={t('settle.title', { name: t(`problem.${props.problem.kind}.name`) })}
      onClose={props.onClose}
    >
      <Contents {...props} />
    </DecisionDialog>
  );
}
