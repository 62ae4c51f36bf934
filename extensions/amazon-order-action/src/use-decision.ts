import { useCallback, useEffect, useState } from 'preact/hooks';
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

function wishOf(what: 'cancel' | 'decline', fields: Fields, preview: boolean, version: string | null): Wish {
  if (what === 'decline') return { intent: 'decline', preview, version };
  return { ...fields, intent: 'cancel', amount: fields.amount ?? 'full', preview, version };
}

/**
 * A decision while it is made: each change is looked at by the app anew, and taken only with the version that was shown.
 * `lost`: no answer came to the last question.
 */
export function useDecision({ order, locale }: Question, what: 'cancel' | 'decline' | null) {
  const [fields, setFields] = useState(untouched);
  const [decision, setDecision] = useState<Decision | null>(null);
  const [busy, setBusy] = useState(false);
  const [lost, setLost] = useState<'look' | 'decide' | null>(null);

  const send = useCallback(
    async (which: 'cancel' | 'decline', next: Fields, version: string | null, preview: boolean) => {
      setBusy(true);
      setLost(null);
      const wish = wishOf(which, next, preview, version);
      const answer = await ask(decisionView, paths.decide, { order, locale }, wish);
      setBusy(false);
      if (answer?.kind !== 'decision') {
        setLost(preview ? 'look' : 'decide');
        return null;
      }
      // While a field is wrong, what was shown last stays: nothing jumps.
      setDecision((before) => {
        if (answer.effects.length > 0 || before?.confirm !== answer.confirm) return answer;
        const { effects, restock } = before;
        return { ...answer, effects, restock: next.restock === null ? restock : answer.restock };
      });
      return answer;
    },
    [order, locale],
  );
  useEffect(() => {
    setDecision(null);
    setFields(untouched);
    setLost(null);
    if (what) void send(what, untouched, null, true);
  }, [what, send]);

  return {
    fields,
    decision,
    busy,
    lost,
    change: (some: Partial<Fields>) => {
      const next = { ...fields, ...some };
      setFields(next);
      if (what) void send(what, next, null, true);
    },
    /** Answers whether it was taken. */
    confirm: async (): Promise<boolean> => {
      const answer = what && (await send(what, fields, decision?.version ?? null, false));
      return answer?.done != null;
    },
  };
}
