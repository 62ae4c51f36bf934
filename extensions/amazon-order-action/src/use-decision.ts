import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { ask } from '../../shared/ask.ts';
import { decisionView, paths, type DecisionView, type Question, type Wish } from '../../shared/contract.ts';

export type Decision = Extract<DecisionView, { kind: 'decision' }>;

/** What a person typed or chose; null: untouched, which means what the app says. */
export interface Fields {
  readonly amount: string | null;
  readonly reason: string | null;
  readonly restock: boolean | null;
  readonly free: boolean;
}
const untouched: Fields = { amount: null, reason: null, restock: null, free: false };

/** What was asked of the app, each question a thing of its own. */
interface Asked {
  readonly what: 'cancel' | 'decline';
  readonly fields: Fields;
}

function wishOf({ what, fields }: Asked, preview: boolean, version: string | null): Wish {
  if (what === 'decline') return { intent: 'decline', preview, version };
  return { ...fields, intent: 'cancel', amount: fields.amount ?? 'full', preview, version };
}

/**
 * A decision while it is made: each change is looked at by the app anew, and what is taken is what was shown, with its version.
 * `ready`: what is shown is what is chosen now, and may be taken. `deciding`: it is being taken, and nothing may be changed.
 * `lost`: no answer came to the last question.
 */
export function useDecision({ order, locale }: Question, what: 'cancel' | 'decline' | null) {
  const [fields, setFields] = useState(untouched);
  const [shown, setShown] = useState<{ readonly asked: Asked; readonly decision: Decision } | null>(null);
  const [busy, setBusy] = useState(false);
  const [deciding, setDeciding] = useState(false);
  const [lost, setLost] = useState<'look' | 'decide' | null>(null);
  // Answers come in any order: what comes to another question than this one is too late.
  const newest = useRef<Asked | null>(null);

  const send = useCallback(
    async (asked: Asked, version: string | null, preview: boolean) => {
      newest.current = asked;
      setBusy(true);
      setLost(null);
      const wish = wishOf(asked, preview, version);
      const answer = await ask(decisionView, paths.decide, { order, locale }, wish);
      if (newest.current !== asked) return null;
      setBusy(false);
      if (answer?.kind !== 'decision') {
        setLost(preview ? 'look' : 'decide');
        return null;
      }
      // While a field is wrong, what was shown last stays: nothing jumps.
      setShown((before) => {
        if (answer.effects.length > 0 || before?.asked.what !== asked.what)
          return { asked, decision: answer };
        const { effects, restock } = before.decision;
        const kept = asked.fields.restock === null ? restock : answer.restock;
        return { asked, decision: { ...answer, effects, restock: kept } };
      });
      return answer;
    },
    [order, locale],
  );
  useEffect(() => {
    newest.current = null;
    setShown(null);
    setFields(untouched);
    setBusy(false);
    setLost(null);
    if (what) void send({ what, fields: untouched }, null, true);
  }, [what, send]);

  const current = shown?.asked.what === what ? shown : null;
  return {
    fields,
    decision: current?.decision ?? null,
    busy,
    deciding,
    lost,
    ready: current?.asked.fields === fields && current.decision.error === null && lost === null,
    change: (some: Partial<Fields>) => {
      const next = { ...(newest.current?.fields ?? untouched), ...some };
      setFields(next);
      if (what) void send({ what, fields: next }, null, true);
    },
    /** Takes what is shown, once, unless something was changed since. Answers whether it was taken. */
    confirm: async (): Promise<boolean> => {
      if (!current || newest.current !== current.asked) return false;
      setDeciding(true);
      const answer = await send({ ...current.asked }, current.decision.version, false);
      setDeciding(false);
      return answer?.done != null;
    },
  };
}
