import { stateKeys, states, type StateKey } from './describe.ts';

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

const unreadable: readonly StateKey[] = ['amazon_unreadable', 'shopify_unreadable', 'request_unknown'];
// Orders without a Shopify order by intention: nothing is there to agree.
const outside: readonly StateKey[] = [
  'pending_amazon',
  'never_created',
  'before_import',
  'other_marketplace',
  'fba_view',
  'deleted_shopify',
];

type Agreement = 'agree' | 'differ' | 'not_known' | 'outside';

/** Whether both sides agree on an order in this state; `outside`: there is no Shopify order that could (PRO-1). */
function agreementIn(state: StateKey): Agreement {
  if (outside.includes(state)) return 'outside';
  if (unreadable.includes(state)) return 'not_known';
  const agrees = states[state].tone === 'success' || agreeWithWork.some((each) => each === state);
  return agrees ? 'agree' : 'differ';
}

/** All states with this agreement, the worst first. */
export function statesThat(agreement: Agreement): readonly StateKey[] {
  return stateKeys.filter((key) => agreementIn(key) === agreement);
}
