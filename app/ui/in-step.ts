import { stateKeys, states, type StateKey } from '../domain/describe.ts';

/** How many orders agree on both sides, of how many; what could not be read is neither (PRO-1). */
export interface InStep {
  readonly agree: number;
  readonly all: number;
  readonly notKnown: number;
}

/** Both sides say the same, and somebody has something to do all the same. */
const agreeWithWork = [
  'asked_held',
  'asked_not_held',
  'asked_some_lines',
  'asked_too_late',
  'declined_waiting_ship',
  'partial_pending',
  'ship_late',
  'ship_soon',
  'adopted',
  'unlinked_lines',
] as const satisfies readonly StateKey[];
const agreeing = new Set<string>([
  ...stateKeys.filter((key) => states[key].tone === 'success'),
  ...agreeWithWork,
]);
const unreadable = new Set(['amazon_unreadable', 'shopify_unreadable', 'request_unknown']);
// Orders without a Shopify order by intention: nothing is there to agree.
const outside = new Set([
  'pending_amazon',
  'never_created',
  'before_import',
  'other_marketplace',
  'fba_view',
  'deleted_shopify',
]);

/** Sums the orders of a shop, counted by state, into the number on the home page. */
export function inStep(counts: readonly { state: string; count: number }[]): InStep {
  const total = (some: typeof counts) => some.reduce((sum, each) => sum + each.count, 0);
  const inside = counts.filter((each) => !outside.has(each.state));
  return {
    agree: total(inside.filter((each) => agreeing.has(each.state))),
    all: total(inside),
    notKnown: total(inside.filter((each) => unreadable.has(each.state))),
  };
}
