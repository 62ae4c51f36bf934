import { useState } from 'preact/hooks';
import { ask } from '../../shared/ask.ts';
import { decisionView, paths, type DecisionView, type Wish } from '../../shared/contract.ts';

/** So many are asked about at once. */
const atOnce = 4;

/** What the app said of one order; null: no answer came. */
export interface Told {
  readonly order: string;
  readonly view: DecisionView | null;
}

/** Asks the app about many orders, a few at a time; `told` grows with every answer. */
export function useOrders(locale: string) {
  const [told, setTold] = useState<readonly Told[]>([]);
  const [busy, setBusy] = useState(false);
  const run = async (
    orders: readonly string[],
    wishFor: (order: string) => Wish,
    before: readonly Told[] = [],
  ) => {
    setBusy(true);
    const all = [...before];
    setTold(all);
    const waiting = [...orders];
    const next = async (): Promise<void> => {
      const order = waiting.shift();
      if (order === undefined) return;
      const view = await ask(decisionView, paths.decide, { order, locale }, wishFor(order));
      all.push({ order, view });
      setTold([...all]);
      return next();
    };
    await Promise.all(Array.from({ length: atOnce }, next));
    setBusy(false);
  };
  return { told, busy, run };
}
