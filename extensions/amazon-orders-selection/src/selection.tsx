import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Wish } from '../../shared/contract.ts';
import { useOrders, type Told } from './use-orders.ts';

const say = (key: string, values?: Record<string, number>): string => shopify.i18n.translate(key, values);

const cancel = (preview: boolean, version: string | null): Wish => ({
  ...{ intent: 'cancel', preview, amount: 'full', reason: null, restock: null, free: false, version },
});
/** Whether the order can be approved, as the app told it last. */
const takes = ({ view }: Told): boolean =>
  view?.kind === 'decision' && view.done === null && view.error === null;

interface Named {
  readonly nodes?: readonly ({ readonly id: string; readonly name: string } | null)[];
}

/** Shopify's own names of the orders; without an answer their numbers have to do. */
function useNames(ids: readonly string[]): (id: string) => string {
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map());
  useEffect(() => {
    void shopify
      .query<Named>('query Names($ids: [ID!]!) { nodes(ids: $ids) { ... on Order { id name } } }', {
        variables: { ids },
      })
      .then(({ data }) => {
        setNames(new Map(data?.nodes?.flatMap((one) => (one ? [[one.id, one.name] as const] : []))));
      })
      .catch(() => undefined);
  }, [ids]);
  return (id) => names.get(id) ?? id.split('/').at(-1) ?? id;
}

function Line({ told: { view }, name }: { readonly told: Told; readonly name: string }) {
  if (view?.kind !== 'decision')
    return <s-text color="subdued">{`– ${name}: ${view === null ? say('lost') : view.text}`}</s-text>;
  const { id, done, error, amount } = view;
  const money = amount ? `${amount.value} ${amount.currency}` : '';
  // What has to be said in a field cannot be said here.
  const alone = error?.field == null ? '' : ` ${say('alone')}`;
  const text = error ? error.text + alone : (done ?? `${view.confirm}${money === '' ? '' : ` · ${money}`}`);
  return (
    <s-text tone={error ? 'critical' : 'auto'}>{`${error ? '✕' : '✓'} ${name} · ${id}: ${text}`}</s-text>
  );
}

const selected = (): string[] => shopify.data.selected.map(({ id }) => id);

function Selection() {
  const [ids] = useState(selected);
  const [what, setWhat] = useState<'cancel' | 'look_again'>('cancel');
  const [stage, setStage] = useState<'choose' | 'preview' | 'done'>('choose');
  const { told, busy, run } = useOrders(say('language'));
  const nameOf = useNames(ids);
  const ready = told.filter(takes);
  const start = async () => {
    setStage(what === 'cancel' ? 'preview' : 'done');
    await run(ids, () => (what === 'cancel' ? cancel(true, null) : { intent: 'look_again' }));
  };
  const confirm = async () => {
    const versions = new Map(
      ready.map(({ order, view }) => [order, view?.kind === 'decision' ? view.version : null]),
    );
    setStage('done');
    const left = told.filter((one) => !takes(one));
    await run([...versions.keys()], (order) => cancel(false, versions.get(order) ?? null), left);
  };
  const total = ids.length;
  return (
    <s-admin-action heading={say('heading')} loading={busy}>
      <s-stack direction="block" gap="base">
        {stage === 'choose' && (
          <s-choice-list
            label={say('what')}
            values={[what]}
            onChange={({ currentTarget }) => {
              setWhat(currentTarget.values[0] === 'look_again' ? 'look_again' : 'cancel');
            }}
          >
            <s-choice value="cancel">{say('approve')}</s-choice>
            <s-choice value="look_again">{say('lookAgain')}</s-choice>
          </s-choice-list>
        )}
        {busy && <s-text>{say('progress', { n: told.length, m: total })}</s-text>}
        {told.map((one) => (
          <Line key={one.order} told={one} name={nameOf(one.order)} />
        ))}
      </s-stack>
      {stage === 'choose' && (
        <s-button slot="primary-action" variant="primary" onClick={() => void start()}>
          {say(what === 'cancel' ? 'see' : 'lookAgain')}
        </s-button>
      )}
      {stage === 'preview' && (
        <s-button
          slot="primary-action"
          variant="primary"
          disabled={busy || ready.length === 0}
          onClick={() => void confirm()}
        >
          {say('confirm', { n: ready.length })}
        </s-button>
      )}
      <s-button
        slot="secondary-actions"
        onClick={() => {
          shopify.close();
        }}
      >
        {say('close')}
      </s-button>
    </s-admin-action>
  );
}

/** Approves the requests of many orders, or looks at them again, and tells of each what came of it. */
export default function show() {
  render(<Selection />, document.body);
}
