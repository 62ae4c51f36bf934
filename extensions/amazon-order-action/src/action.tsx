import { render } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';
import { ask } from '../../shared/ask.ts';
import { actionView, paths, type ActionView, type Question } from '../../shared/contract.ts';
import { DecisionForm } from './decision-form.tsx';
import { MessageForm, MessageTexts } from './message-form.tsx';
import { useDecision } from './use-decision.ts';
import { useMessage } from './use-message.ts';

const say = (key: string): string => shopify.i18n.translate(key);
type Shown = Extract<ActionView, { kind: 'order' }>;

function Buttons({
  confirm,
  keep,
  ready,
  busy,
  onConfirm,
}: {
  /** null: there is nothing to confirm. */
  readonly confirm: string | null;
  readonly keep: string;
  readonly ready: boolean;
  readonly busy: boolean;
  readonly onConfirm: () => void;
}) {
  return (
    <>
      {confirm !== null && (
        <s-button
          slot="primary-action"
          variant="primary"
          disabled={!ready || busy}
          loading={busy}
          onClick={onConfirm}
        >
          {confirm}
        </s-button>
      )}
      <s-button
        slot="secondary-actions"
        onClick={() => {
          shopify.close();
        }}
      >
        {keep}
      </s-button>
    </>
  );
}

function Order({ view, question }: { readonly view: Shown; readonly question: Question }) {
  const { id, sentence, notes, choices, message } = view;
  const [chosen, setChosen] = useState(view.chosen);
  const decides = chosen === 'cancel' || chosen === 'decline' ? chosen : null;
  const { decision, fields, busy, deciding, lost, ready, change, confirm } = useDecision(question, decides);
  const other = useMessage(question);
  const recorded = chosen === 'informal' && other.said !== null && other.said !== 'lost' && other.said.ok;
  const lostWords = lost ?? (other.said === 'lost' ? 'decide' : null);
  const close = (done: boolean) => {
    if (done) shopify.close();
  };
  const buttons = decides
    ? {
        confirm: decision?.confirm ?? null,
        keep: decision?.keep ?? view.close,
        ready,
        onConfirm: () => void confirm().then(close),
      }
    : chosen === 'informal'
      ? {
          confirm: recorded ? null : (message?.confirm ?? null),
          keep: view.close,
          ready: message !== null,
          onConfirm: () => void other.record(),
        }
      : {
          confirm: choices.find(({ value }) => value === chosen)?.label ?? null,
          keep: view.close,
          ready: true,
          onConfirm: () => void other.lookAgain().then(close),
        };
  return (
    <s-admin-action heading={say('heading')} loading={decides !== null && !decision && !lost}>
      <s-stack direction="block" gap="base">
        <s-text>{`${id}: ${sentence}`}</s-text>
        {notes.map((note) => (
          <s-banner key={note} tone="info">
            {note}
          </s-banner>
        ))}
        {choices.length > 1 && !recorded && (
          <s-choice-list
            label={view.question}
            values={chosen === null ? [] : [chosen]}
            disabled={deciding}
            onChange={({ currentTarget }) => {
              setChosen(currentTarget.values[0] ?? chosen);
            }}
          >
            {choices.map(({ value, label }) => (
              <s-choice key={value} value={value}>
                {label}
              </s-choice>
            ))}
          </s-choice-list>
        )}
        {lostWords && (
          <s-banner tone="critical">
            {say(lostWords === 'look' ? 'nothingSent' : 'notCertain')}
            {lostWords === 'look' && (
              <s-button
                onClick={() => {
                  change({});
                }}
              >
                {say('tryAgain')}
              </s-button>
            )}
          </s-banner>
        )}
        {decides && !decision && !lost && <s-spinner accessibilityLabel={say('looking')} />}
        {decides && decision && (
          <DecisionForm
            decision={decision}
            fields={fields}
            disabled={deciding}
            again={say('tryAgain')}
            onChange={change}
          />
        )}
        {other.said !== null && other.said !== 'lost' && (
          <s-banner tone={other.said.ok ? 'success' : 'critical'}>{other.said.text}</s-banner>
        )}
        {chosen === 'informal' && message && (
          <>
            {!recorded && <MessageForm message={message} fields={other.fields} onChange={other.change} />}
            {other.fields.why !== 'out_of_stock' && <MessageTexts message={message} />}
          </>
        )}
      </s-stack>
      <Buttons {...buttons} busy={busy || other.busy} />
    </s-admin-action>
  );
}

function Action() {
  const question = { order: shopify.data.selected[0]?.id ?? '', locale: say('language') };
  const { order, locale } = question;
  const [view, setView] = useState<ActionView | 'none' | null>(null);
  const load = useCallback(async () => {
    setView((await ask(actionView, paths.action, { order, locale })) ?? 'none');
  }, [order, locale]);
  useEffect(() => {
    void load();
  }, [load]);
  if (view !== null && view !== 'none' && view.kind === 'order')
    return <Order view={view} question={question} />;
  return (
    <s-admin-action heading={say('heading')} loading={view === null}>
      {view === null ? (
        <s-spinner accessibilityLabel={say('looking')} />
      ) : (
        <s-text>{view === 'none' ? say('nothingSent') : view.text}</s-text>
      )}
      <Buttons
        confirm={view === 'none' ? say('tryAgain') : null}
        keep={say('close')}
        ready
        busy={false}
        onConfirm={() => void load()}
      />
    </s-admin-action>
  );
}

/** Decides on an Amazon order in Shopify's own admin, by the app's own guards. */
export default function show() {
  render(<Action />, document.body);
}
