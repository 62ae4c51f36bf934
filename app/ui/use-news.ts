import { useState } from 'react';

/** A notice that nobody had seen when the page's data were read. `at` in ms UTC. */
export interface News {
  readonly amazonOrderId: string;
  readonly at: number;
}

interface Seen {
  readonly view: string;
  /** What the page showed when it was opened, or when the news was last let in. */
  readonly keys: ReadonlySet<string>;
  /** Orders that were news then: they are marked as new as long as the page stays. */
  readonly fresh: ReadonlySet<string>;
  readonly until: number;
}

const ordersOf = (news: readonly News[]) => new Set(news.map((one) => one.amazonOrderId));

/**
 * Keeps rows that appear while a list is looked at out of it until the person lets them in, so that nothing moves under
 * their fingers. `view` tells one list from another; `now` is the server's time of the data, ms UTC. `waiting` is how many
 * are kept out or are news elsewhere; `until` is up to when the person has seen all news.
 */
export function useNews<Row extends { readonly key: string }>(
  view: string,
  rows: readonly Row[],
  news: readonly News[],
  now: number,
): { shown: Row[]; waiting: number; fresh: ReadonlySet<string>; until: number; show: () => void } {
  const all = (): Seen => ({
    view,
    keys: new Set(rows.map(({ key }) => key)),
    fresh: ordersOf(news),
    until: now,
  });
  const [kept, setKept] = useState(all);
  const seen = kept.view === view ? kept : all();
  if (seen !== kept) setKept(seen);
  const shown = rows.filter(({ key }) => seen.keys.has(key));
  const later = news.filter(({ at }) => at > seen.until).length;
  return {
    ...{ shown, fresh: seen.fresh, until: seen.until },
    waiting: Math.max(rows.length - shown.length, later),
    show: () => {
      setKept(all());
    },
  };
}
