import { createContext, useContext, type ReactNode } from 'react';
import type { ProblemView } from './group-problems.ts';
import { decideUrl, orderPageUrl } from './order-url.ts';

/** Where the pages and dialogs of an order turn to. */
interface Places {
  readonly order: (id: string) => string;
  readonly decide: (id: string) => string;
  readonly settle: (problem: Pick<ProblemView, 'id' | 'amazonOrderId'>) => string;
}

const real: Places = {
  order: orderPageUrl,
  decide: decideUrl,
  settle: ({ id }) => `/app/problems/${id}/settle`,
};

const inPractice = (order: string): string => `/app/practice/${encodeURIComponent(order)}`;
const practice: Places = {
  order: inPractice,
  decide: (order) => `${inPractice(order)}/decide`,
  settle: ({ id, amazonOrderId }) =>
    `${inPractice(amazonOrderId)}/settle?${new URLSearchParams({ problem: id }).toString()}`,
};

const Context = createContext(real);

/** Where an order is shown, decided on and settled: the shop's own, or within a practice an invented one. */
export const usePlaces = (): Places => useContext(Context);

/** What is inside turns to the practice, and never to a real order. */
export function PracticePlaces({ children }: { readonly children: ReactNode }) {
  return <Context.Provider value={practice}>{children}</Context.Provider>;
}
