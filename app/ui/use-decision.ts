import { useFetcher } from '@remix-run/react';
import { useCallback } from 'react';
import type { action, Asked } from '../routes/app.orders.$order.decide.ts';
import type { DecisionAnswer } from './decision.ts';
import { usePlaces } from './places.tsx';

/** Sends a person's decision on an order, or asks what it would do. `answer` is the last one; null: none yet. */
export function useDecision(order: string): {
  readonly answer: DecisionAnswer | null;
  readonly busy: boolean;
  readonly send: (wish: Asked) => void;
} {
  const { data, state, submit } = useFetcher<typeof action>();
  const to = usePlaces().decide(order);
  const send = useCallback(
    (wish: Asked) => {
      submit(wish, { method: 'post', encType: 'application/json', action: to });
    },
    [submit, to],
  );
  return { answer: data ?? null, busy: state !== 'idle', send };
}
