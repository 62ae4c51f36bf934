import { useCallback, useEffect, useRef, useState } from 'react';
import { askJson } from './ask-json.ts';

interface Asked<A> {
  readonly answer: A | null;
  readonly lost: boolean;
  readonly busy: boolean;
}

/**
 * Asks a route of the app. Of several asked in a row only the newest one's answer counts; what was answered before stays until
 * then. `lost`: no answer came to the newest, and nobody knows whether it was done. Unlike a fetcher it never takes the page away.
 */
export function useAsk<A>(): Asked<A> & { readonly ask: (url: string, body?: unknown) => void } {
  const [state, setState] = useState<Asked<A>>({ answer: null, lost: false, busy: false });
  const newest = useRef(0);
  useEffect(
    () => () => {
      newest.current = -1;
    },
    [],
  );
  const ask = useCallback((url: string, body?: unknown) => {
    const own = newest.current + 1;
    newest.current = own;
    setState((before) => ({ ...before, lost: false, busy: true }));
    const heard = (answer: A | null) => {
      if (newest.current === own) setState({ answer, lost: answer === null, busy: false });
    };
    void askJson<A>(url, body).then(heard); // `askJson` answers null for what goes wrong.
  }, []);
  return { ...state, ask };
}
