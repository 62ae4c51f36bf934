import { render } from 'preact';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { ask } from '../../shared/ask.ts';
import { useCountdown } from '../../shared/clock.ts';
import {
  blockView,
  decisionView,
  paths,
  type BlockView,
  type DecisionView,
  type Wish,
} from '../../shared/contract.ts';
import { Contents } from './contents.tsx';
import { Decline } from './decline.tsx';

const action = 'extension://amazon-order-action';
/** After the action was opened it is looked so often (ms), and so many times, what came of it. */
const watch = { every: 3_000, times: 60 };

type Decision = Extract<DecisionView, { kind: 'decision' }>;

const decline = (preview: boolean, version: string | null): Wish => ({ intent: 'decline', preview, version });

function Block() {
  const { i18n, data, navigation } = shopify;
  const order = data.selected[0]?.id ?? '';
  const locale = i18n.translate('language');
  const [view, setView] = useState<BlockView | 'none' | null>(null);
  const [said, setSaid] = useState<{ text: string; tone: 'success' | 'critical' } | null>(null);
  const [busy, setBusy] = useState(false);
  const [declining, setDeclining] = useState<Decision | null>(null);
  const [watched, setWatched] = useState(0);

  const asks = useRef({ made: 0, shown: 0 });
  const load = useCallback(async () => {
    const mine = (asks.current.made += 1);
    const answer = await ask(blockView, paths.block, { order, locale });
    // What was asked before what is shown came too late.
    if (mine < asks.current.shown) return;
    if (answer) asks.current.shown = mine;
    // What was shown last stays where a later answer is lost.
    setView((before) => answer ?? (before === null ? 'none' : before === 'none' ? 'none' : { ...before }));
  }, [order, locale]);
  useEffect(() => {
    void load();
  }, [load]);

  const known = view !== null && view !== 'none' && view.kind === 'order' ? view : null;
  const left = useCountdown(known?.left ?? null);
  const over = left === 0;
  useEffect(() => {
    const every = watched > 0 ? watch.every : known ? (over ? 1_000 : known.askAgain) : null;
    if (every === null) return;
    const timer = setTimeout(() => {
      setWatched((times) => Math.max(0, times - 1));
      void load();
    }, every);
    return () => {
      clearTimeout(timer);
    };
  }, [known, over, watched, load]);

  const decide = async (wish: Wish): Promise<Decision | null> => {
    setBusy(true);
    setSaid(null);
    const answer = await ask(decisionView, paths.decide, { order, locale }, wish);
    const decided = answer?.kind === 'decision' ? answer : null;
    if (decided?.done != null) setSaid({ text: decided.done, tone: 'success' });
    else if (decided?.error) setSaid({ text: decided.error.text, tone: 'critical' });
    else if (!decided) setSaid({ text: i18n.translate('notCertain'), tone: 'critical' });
    await load();
    setBusy(false);
    return decided;
  };
  const press = async (does: NonNullable<typeof known>['buttons'][number]['does']) => {
    if (does === 'undo' || does === 'look_again') {
      await decide({ intent: does });
      if (does === 'look_again') setWatched(3);
    } else if (does === 'decline') {
      const shown = await decide(decline(true, null));
      setDeclining(shown && !shown.error ? shown : null);
    } else {
      setSaid(null);
      setWatched(watch.times);
      navigation.navigate(action);
    }
  };

  if (view === null) return <s-spinner accessibilityLabel={i18n.translate('loading')} />;
  if (view === 'none')
    return (
      <s-stack direction="block" gap="small">
        <s-text>{i18n.translate('noAnswer')}</s-text>
        <s-button onClick={() => void load()}>{i18n.translate('tryAgain')}</s-button>
      </s-stack>
    );
  if (view.kind === 'other') return <s-text color="subdued">{view.text}</s-text>;
  return (
    <s-stack direction="block" gap="small">
      <Contents view={view} left={left} busy={busy} onPress={(does) => void press(does)} />
      {declining && (
        <Decline
          decision={declining}
          busy={busy}
          onKeep={() => {
            setDeclining(null);
          }}
          onConfirm={() => {
            void decide(decline(false, declining.version)).then(() => {
              setDeclining(null);
            });
          }}
        />
      )}
      {said && <s-banner tone={said.tone}>{said.text}</s-banner>}
    </s-stack>
  );
}

/** The truth about an Amazon order on its own page, and what may be done about it now. */
export default function show() {
  render(
    <s-admin-block heading={shopify.i18n.translate('heading')}>
      <Block />
    </s-admin-block>,
    document.body,
  );
}
