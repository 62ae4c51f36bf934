import { useCallback, useMemo, useState } from 'react';
import { refuse } from '../domain/explain-refusal.ts';
import type { Asked } from '../routes/app.orders.$order.decide.ts';
import type { DecisionAnswer } from './decision.ts';
import { usePlaces } from './places.tsx';
import { useAsk } from './use-ask.ts';

/**
 * Sends a person's decision on an order, or asks what it would do. `answer` is the last one; null: none yet. Where none came it
 * is a refusal that says so.
 */
export function useDecision(order: string): {
  readonly answer: DecisionAnswer | null;
  readonly busy: boolean;
  readonly send: (wish: Asked) => void;
} {
  const { answer, lost, busy, ask } = useAsk<DecisionAnswer>();
  const [wish, setWish] = useState<Asked | null>(null);
  const to = usePlaces().decide(order);
  const send = useCallback(
    (next: Asked) => {
      setWish(next);
      ask(to, next);
    },
    [ask, to],
  );
  const said = useMemo((): DecisionAnswer | null => {
    if (!lost || !wish) return answer;
    const looked = 'preview' in wish && wish.preview;
    return { intent: wish.intent, ...refuse(looked ? 'no_answer' : 'not_certain') };
  }, [answer, lost, wish]);
  return { answer: said, busy, send };
}
