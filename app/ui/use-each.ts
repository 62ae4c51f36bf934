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
 * Does the same with many, one after the other, and tells how far it is. Stopped it ends after what it is at, and tells of those
 * that were done. It ends with the page too: what was done by then is done, and each of them is whole.
 */
export function useEach<A>(): {
  readonly going: Going<A> | null;
  readonly run: (
    ids: readonly string[],
    ask: (id: string) => Promise<A | null>,
    then?: (done: readonly Done<A>[]) => void,
  ) => void;
  readonly stop: () => void;
} {
  const [going, setGoing] = useState<Going<A> | null>(null);
  // The newest run; another one, or the end of the page, lets it end after what it is at.
  const current = useRef<object | null>(null);
  const stopped = useRef<object | null>(null);
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
          if (stopped.current === own) break;
        }
        then?.(done);
      };
      void all(); // `ask` answers null for what goes wrong: nothing is thrown that nobody hears.
    },
    [],
  );
  const stop = useCallback(() => {
    stopped.current = current.current;
  }, []);
  return { going, run, stop };
}
