import { useFetcher } from '@remix-run/react';
import { useCallback, useEffect, useRef } from 'react';
import type { ConnectOutcome } from '../domain/connect-refusal.ts';
import type { action, ConnectWish } from '../routes/app.connect.tsx';

/** Sends wishes to connect an account. Where one goes on at Amazon the whole window goes there: no page of Amazon can be framed. */
export function useConnect(): {
  /** The last outcome; null: none yet. */
  readonly outcome: ConnectOutcome | null;
  readonly busy: boolean;
  /** On the way to Amazon. */
  readonly going: boolean;
  readonly send: (wish: ConnectWish) => void;
} {
  const { data, state, submit } = useFetcher<typeof action>();
  const url = data && 'url' in data ? data.url : null;
  useEffect(() => {
    if (url !== null) open(url, '_top');
  }, [url]);
  const send = useCallback(
    (wish: ConnectWish) => {
      submit(wish, { method: 'post', encType: 'application/json', action: '/app/connect' });
    },
    [submit],
  );
  return {
    outcome: data && 'ok' in data ? data : null,
    busy: state !== 'idle',
    going: url !== null,
    send,
  };
}

/** Calls `take` once for each outcome, however often the page is drawn. */
export function useOutcome(outcome: ConnectOutcome | null, take: (outcome: ConnectOutcome) => void): void {
  const taken = useRef<ConnectOutcome | null>(null);
  useEffect(() => {
    if (outcome === null || taken.current === outcome) return;
    taken.current = outcome;
    take(outcome);
  }, [outcome, take]);
}
