import { statesThat } from './agreement.ts';
import { stateKeys, type StateKey } from './describe.ts';

/** The views of the orders list that every shop has. */
export const orderViews = [
  'all',
  'ship_today',
  'held',
  'cancelling',
  'not_in_step',
  'not_known',
  'fba',
] as const;
export type OrderViewName = (typeof orderViews)[number];

/** How the orders list may be sorted; what a sort has no value of comes last. */
export const orderSorts = ['newest', 'oldest', 'ship_by', 'total', 'state'] as const;
export type OrderSort = (typeof orderSorts)[number];

/** Filters by the latest ship date of what still has to be shipped: past, within 24 hours, within 3 days. */
export const shipByWords = ['late', 'day', 'days'] as const;
export type ShipByWord = (typeof shipByWords)[number];

/** A range of values in an order's own currency, both ends in it; null: no end. */
export interface ValueRange {
  readonly from: number | null;
  readonly to: number | null;
}

/** Reads a range like `20-99.90`, `20-` or `-99.90`; undefined where it is none. */
export function readValueRange(text: string | null): ValueRange | undefined {
  const [whole, from = '', to = ''] =
    /^(\d{0,9}(?:\.\d{1,3})?)-(\d{0,9}(?:\.\d{1,3})?)$/.exec(text ?? '') ?? [];
  if (whole === undefined || whole === '-') return undefined;
  return { from: from === '' ? null : Number(from), to: to === '' ? null : Number(to) };
}

const cancelling: readonly StateKey[] = [
  'late_cancelled',
  'undo_running',
  'cancel_waiting_batch',
  'cancel_waiting_readable',
  'cancel_sent',
  'cancel_unsure',
  'cancel_accepted',
  'shopify_half',
  'shopify_half_failed',
  'cancel_seen_in_shopify',
  'partial_pending',
];

/** The states a view shows; null: states do not tell, as with what is held. */
export function statesOf(view: OrderViewName): readonly StateKey[] | null {
  switch (view) {
    case 'all':
    case 'held':
      return null;
    case 'ship_today':
      return ['ship_late', 'ship_soon'];
    case 'cancelling':
      return cancelling;
    case 'not_in_step':
      return statesThat('differ');
    case 'not_known':
      return statesThat('not_known');
    case 'fba':
      return ['fba_view'];
  }
}

/** The states of a list, the worst first; null in `states`: all there are. */
export function worstFirst(states: readonly string[] | null): readonly StateKey[] {
  return states === null ? stateKeys : stateKeys.filter((key) => states.includes(key));
}
