import { useCallback, useEffect, useRef, useState } from 'react';

/** What one of many came to; null: no answer came. */
export interface Done<A> {
  readonly id: string;
  readonly answer: A | null;
}

interface Going<A> {
  readonly total: number;
  readonly done: readonly Done<A>[];
}

/**
 * Does the same with many, one after the other, and tells how far it is. It ends with the page: what was done by then is done,
 * and each of them is whole.
 */
export function useEach<A>(): {
  readonly going: Going<A> | null;
  readonly run: (
    ids: readonly string[],
    ask: (id: string) => Promise<A | null>,
    then?: (done: readonly Done<A>[]) => void,
  ) => void;
} {
  const [going, setGoing] = useState<Going<A> | null>(null);
  // The newest run; another one, or the end of the page, lets it end after what it is at.
  const current = useRef<object | null>(null);
  useEffect(
    () => () => {
      current.current = null;
    },
    [],
  );
  const run = useCallback(
    (
      ids: readonly string[],
      ask: (id: string) => Promise<A | null>,
      then?: (done: readonly Done<A>[]) => void,
    ) => {
      const own = {};
      current.current = own;
      const all = async () => {
        let done: readonly Done<A>[] = [];
        setGoing({ total: ids.length, done });
        for (const id of ids) {
          const answer = await ask(id);
          if (current.current !== own) return;
          done = [...done, { id, answer }];
          setGoing({ total: ids.length, done });
        }
        then?.(done);
      };
      void all(); // `ask` answers null for what goes wrong: nothing is thrown that nobody hears.
    },
    [],
  );
  return { going, run };
}
