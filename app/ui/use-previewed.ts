import { useCallback, useEffect, useState } from 'react';
import type { Effect } from '../domain/decision-effects.ts';
import type { Asked } from '../routes/app.orders.$order.decide.ts';
import type { DecisionAnswer } from './decision.ts';
import { useDecision } from './use-decision.ts';

/** What is typed is looked at so long (ms) after the last key, or when its field is left. */
const pauseMs = 700;

interface Question<F> {
  /** null: nothing was asked yet. */
  readonly fields: F | null;
  readonly preview: boolean;
  /** The answer that stood when it was asked: it is not its own. */
  readonly before: DecisionAnswer | null;
}

/**
 * A decision on an order while its fields are filled in: what stands in them is looked at anew, and only what was shown can
 * be taken. `wishOf` (always the same function) makes of fields what is sent; null: not enough yet to be looked at.
 */
export function usePreviewed<F>(
  order: string,
  first: F,
  wishOf: (fields: F, preview: boolean, version: string | null) => Asked | null,
): {
  readonly fields: F;
  /** The last answer; null: none yet. */
  readonly answer: DecisionAnswer | null;
  /** What was shown last, and with which fields; it stays while a field is wrong: nothing jumps. */
  readonly shown: { readonly fields: F; readonly effects: readonly Effect[] } | null;
  readonly busy: boolean;
  /** What is shown is what stands in the fields, and can be taken. */
  readonly ready: boolean;
  /** `typing`: more keys may follow. */
  readonly change: (some: Partial<F>, typing?: 'typing') => void;
  /** A field is left: what was typed is looked at now. */
  readonly leave: () => void;
  readonly confirm: () => void;
} {
  const [{ fields, typing }, setFields] = useState({ fields: first, typing: false });
  const { answer, busy, send } = useDecision(order);
  const [asked, setAsked] = useState<Question<F>>({ fields: null, preview: true, before: null });
  const own = !busy && answer !== asked.before ? answer : null;
  const [shown, setShown] = useState<{ fields: F; effects: readonly Effect[] } | null>(null);
  useEffect(() => {
    if (own?.ok === true && asked.fields !== null) setShown({ fields: asked.fields, effects: own.effects });
  }, [own, asked.fields]);

  const look = useCallback(() => {
    const wish = wishOf(fields, true, null);
    if (!wish) return;
    setAsked({ fields, preview: true, before: answer });
    send(wish);
  }, [wishOf, fields, answer, send]);
  // While it is being taken, another question would have its answer lost.
  const toLook = asked.fields !== fields && (asked.preview || !busy);
  useEffect(() => {
    if (!toLook) return;
    if (!typing) {
      look();
      return;
    }
    const timer = setTimeout(look, pauseMs);
    return () => {
      clearTimeout(timer);
    };
  }, [toLook, typing, look]);

  const ready = asked.fields === fields && own?.ok === true;
  return {
    fields,
    answer,
    shown,
    busy,
    ready,
    change: (some, more) => {
      setFields({ fields: { ...fields, ...some }, typing: more !== undefined });
    },
    leave: () => {
      setFields({ fields, typing: false });
    },
    confirm: () => {
      const wish = ready ? wishOf(fields, false, own.version) : null;
      if (!wish) return;
      setAsked({ fields, preview: false, before: answer });
      send(wish);
    },
  };
}
