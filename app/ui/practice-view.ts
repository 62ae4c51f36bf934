import { deedsFor } from '../practice/deeds.ts';
import type { PracticeOrder } from '../practice/practice-shop.ts';
import { listedRequestOf, orderRowOf } from '../practice/rows.ts';
import type { PracticeOrderView } from './practice-order-card.tsx';
import { requestView } from './request-view.ts';

/** What can be decided in practice; the rest needs a real account. */
const offered: readonly string[] = ['approve', 'cancel', 'decline', 'undo'];

/** Makes an invented order fit for the browser: nothing in it leads to a real one. `at` in ms UTC of the practice. */
export function practiceView(one: PracticeOrder, at: number): PracticeOrderView {
  const view = requestView({ order: orderRowOf(one, at), request: listedRequestOf(one) });
  const { order } = view;
  const allowed = order.allowed.filter((action) => offered.includes(action));
  return {
    request: { ...view, order: { ...order, amazonUrl: null, allowed } },
    deeds: deedsFor(one),
    refuses: one.refuses,
    problems: one.problems.length,
  };
}
