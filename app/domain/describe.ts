import type { Params } from './problem.ts';

type Tone = 'critical' | 'warning' | 'attention' | 'info' | 'success' | 'neutral';

/** What a merchant may press for an order in a state. */
type Action =
  | 'approve'
  | 'cancel'
  | 'decline'
  | 'undo'
  | 'record_informal'
  | 'write_buyer'
  | 'withdraw_hold'
  | 'refund'
  | 'record_refund'
  | 'look_again'
  | 'link_sku'
  | 'confirm_sender'
  | 'solve'
  | 'open_amazon'
  | 'open_shopify'
  | 'cancel_file';

interface StateFacts {
  readonly tone: Tone;
  readonly next: Action | null;
  readonly allowed: readonly Action[];
}

const look: readonly Action[] = ['look_again', 'open_amazon'];
const both: readonly Action[] = ['look_again', 'open_amazon', 'open_shopify'];
const open: readonly Action[] = [...both, 'approve', 'cancel_file'];
/** Open, and nobody knows that its buyer asked: a message may say so. */
const quiet: readonly Action[] = [...open, 'record_informal'];
const solving: readonly Action[] = [...both, 'solve'];

/**
 * The combined states of an order, the worst first: the first that fits is the order's state, the others that fit are
 * said beside it. Keys and order are those of the page design, section 3, with some of our own where it has none:
 * `duplicate_suspected`, `adoption_unclear`, `import_failed`, `differs`, `before_import`, `other_marketplace`, `cancel_seen_in_shopify`,
 * `reason_asked`, `left_as_it_is`, `refund_does_not_fit`, `refund_refused`, `refund_waits_data`, `ship_following`,
 * `fulfilment_undone`, `ship_asked`, `ship_elsewhere`.
 */
export const states = {
  duplicate_suspected: { tone: 'critical', next: 'solve', allowed: [...both, 'solve'] },
  adoption_unclear: { tone: 'critical', next: 'look_again', allowed: both },
  import_failed: { tone: 'critical', next: 'look_again', allowed: [...look, 'solve'] },
  stop_parcel: { tone: 'critical', next: 'solve', allowed: solving },
  not_stopped: { tone: 'critical', next: 'open_shopify', allowed: open },
  decide_refund: { tone: 'critical', next: 'solve', allowed: solving },
  cancelled_shopify_goods_gone: { tone: 'critical', next: 'solve', allowed: [...solving, 'refund'] },
  refused_shipped: { tone: 'critical', next: 'write_buyer', allowed: [...solving, 'write_buyer'] },
  refused_other: { tone: 'critical', next: 'solve', allowed: [...solving, 'approve', 'cancel_file'] },
  late_cancelled: { tone: 'warning', next: null, allowed: both },
  quarantined: { tone: 'warning', next: 'solve', allowed: solving },
  amazon_unreadable: { tone: 'warning', next: 'look_again', allowed: [...both, 'record_informal'] },
  shopify_unreadable: { tone: 'warning', next: 'look_again', allowed: both },
  request_unknown: { tone: 'warning', next: 'open_amazon', allowed: quiet },
  undo_running: { tone: 'info', next: 'undo', allowed: [...both, 'undo'] },
  refund_undo: { tone: 'info', next: 'undo', allowed: [...both, 'undo'] },
  cancel_waiting_batch: { tone: 'info', next: null, allowed: both },
  cancel_waiting_readable: { tone: 'attention', next: 'undo', allowed: [...both, 'undo'] },
  cancel_sent: { tone: 'info', next: null, allowed: both },
  cancel_unsure: { tone: 'attention', next: 'look_again', allowed: solving },
  cancel_accepted: { tone: 'info', next: null, allowed: both },
  shopify_half: { tone: 'info', next: null, allowed: both },
  shopify_half_failed: { tone: 'critical', next: 'solve', allowed: solving },
  cancel_seen_in_shopify: { tone: 'info', next: null, allowed: both },
  no_refund_in_shopify: { tone: 'warning', next: 'solve', allowed: solving },
  reason_asked: { tone: 'attention', next: 'solve', allowed: solving },
  sources_differ: { tone: 'attention', next: 'look_again', allowed: [...quiet, 'withdraw_hold'] },
  asked_too_late: { tone: 'attention', next: 'write_buyer', allowed: [...both, 'write_buyer'] },
  asked_not_held: { tone: 'warning', next: 'approve', allowed: [...open, 'decline'] },
  asked_held: { tone: 'attention', next: 'approve', allowed: [...open, 'decline'] },
  asked_some_lines: { tone: 'attention', next: 'solve', allowed: [...open, 'decline', 'solve'] },
  informal_waiting: {
    tone: 'attention',
    next: 'write_buyer',
    allowed: [...both, 'write_buyer', 'cancel', 'decline', 'withdraw_hold', 'cancel_file'],
  },
  declined_waiting_ship: { tone: 'info', next: 'open_shopify', allowed: quiet },
  partial_pending: { tone: 'info', next: 'open_shopify', allowed: both },
  ship_late: { tone: 'critical', next: 'open_shopify', allowed: quiet },
  ship_soon: { tone: 'warning', next: 'open_shopify', allowed: quiet },
  ship_confirming: { tone: 'info', next: null, allowed: both },
  ship_following: { tone: 'info', next: null, allowed: both },
  ship_asked: { tone: 'attention', next: 'solve', allowed: solving },
  ship_no_tracking: { tone: 'attention', next: 'open_shopify', allowed: solving },
  fulfilment_undone: { tone: 'critical', next: 'solve', allowed: [...solving, 'refund'] },
  ship_refused: { tone: 'critical', next: 'solve', allowed: solving },
  refund_waits_ship: { tone: 'attention', next: 'solve', allowed: solving },
  refund_does_not_fit: { tone: 'warning', next: 'solve', allowed: solving },
  refund_refused: { tone: 'warning', next: 'solve', allowed: solving },
  refund_waits_data: { tone: 'attention', next: 'solve', allowed: solving },
  refund_sent: { tone: 'info', next: null, allowed: both },
  refund_missing_shopify: { tone: 'warning', next: 'record_refund', allowed: [...solving, 'record_refund'] },
  refund_following: { tone: 'info', next: null, allowed: both },
  refund_missing_amazon: { tone: 'warning', next: 'solve', allowed: solving },
  differs: { tone: 'warning', next: 'open_amazon', allowed: both },
  totals_differ: { tone: 'warning', next: 'solve', allowed: [...solving, 'record_informal'] },
  changed_after_ship: { tone: 'attention', next: 'open_amazon', allowed: both },
  adopted: {
    tone: 'attention',
    next: 'confirm_sender',
    allowed: [...both, 'confirm_sender', 'record_informal'],
  },
  dry_run: { tone: 'attention', next: null, allowed: both },
  unlinked_lines: { tone: 'attention', next: 'link_sku', allowed: [...both, 'link_sku', 'record_informal'] },
  importing: { tone: 'info', next: null, allowed: [...look, 'record_informal'] },
  pending_amazon: { tone: 'neutral', next: null, allowed: [...look, 'record_informal'] },
  never_created: { tone: 'neutral', next: null, allowed: look },
  before_import: { tone: 'neutral', next: null, allowed: look },
  other_marketplace: { tone: 'neutral', next: null, allowed: look },
  fba_view: { tone: 'neutral', next: 'open_amazon', allowed: both },
  deleted_shopify: { tone: 'neutral', next: 'open_amazon', allowed: look },
  ship_elsewhere: { tone: 'neutral', next: 'open_amazon', allowed: both },
  left_as_it_is: { tone: 'neutral', next: null, allowed: solving },
  finance_wait: { tone: 'success', next: null, allowed: [...both, 'refund'] },
  cancelled_in_step: { tone: 'success', next: null, allowed: both },
  refunded_in_step: { tone: 'success', next: null, allowed: [...both, 'refund'] },
  shipped_in_step: { tone: 'success', next: null, allowed: [...both, 'refund'] },
  in_step: { tone: 'success', next: 'open_shopify', allowed: quiet },
} as const satisfies Record<string, StateFacts>;

export type StateKey = keyof typeof states;
export const stateKeys = Object.keys(states) as StateKey[];

/** What may be pressed for an order whose stored state this is, and which of it comes first. Nothing for an unknown state. */
export function actionsIn(state: string): {
  readonly next: Action | null;
  readonly allowed: readonly Action[];
} {
  const facts: Partial<Record<string, StateFacts>> = states;
  return facts[state] ?? { next: null, allowed: [] };
}

/** One state that fits an order, with what its sentence needs. */
export interface Fitting {
  readonly key: StateKey;
  readonly params: Params;
}

/** What every page, block, log and command line says of an order; they only translate it. */
export interface Description extends Fitting {
  readonly tone: Tone;
  readonly next: Action | null;
  readonly allowed: readonly Action[];
  readonly also: readonly Fitting[];
}

/** Picks the worst of the states that fit; at least one must. */
export function describe(fitting: readonly Fitting[]): Description {
  const sorted = [...fitting].sort((a, b) => stateKeys.indexOf(a.key) - stateKeys.indexOf(b.key));
  const [worst, ...also] = sorted;
  if (!worst) throw new Error('An order without a state');
  return { ...worst, ...states[worst.key], also };
}
