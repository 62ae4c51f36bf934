import type { ProblemKind } from './problem.ts';

/**
 * What choosing something for a problem does. `answer`: it is written down for the decision; with `sends` something goes to
 * Amazon because of it, so that it rests for the undo time. `cancel`, `cancel_lines`, `decline`: the same as that decision by
 * itself; `informal`: what is only claimed is written down as a message of the buyer's. `look`: both sides are read again, and what was refused is tried again. `map_sku`,
 * `never_map_sku`, `accept_currency`,
 * `always_reason`: the merchant's own table. `leave`: the difference is known and stays. `close`: it was read.
 */
export interface Solution {
  readonly does:
    | 'answer'
    | 'cancel'
    | 'cancel_lines'
    | 'decline'
    | 'informal'
    | 'look'
    | 'map_sku'
    | 'never_map_sku'
    | 'accept_currency'
    | 'always_reason'
    | 'leave'
    | 'close';
  readonly sends?: true;
  /**
   * What has to be said with it; `checked`: that the person looked in Seller Central; `split`: which lines are in which
   * package; `components`: what goes back of which line; `order`: an order in Shopify; `part`: a part of it;
   * `idle`: nothing, as long as no cancel of it is under way; `why`: why the buyer writes.
   */
  readonly needs?:
    'reason' | 'carrier' | 'variant' | 'checked' | 'split' | 'components' | 'order' | 'part' | 'idle' | 'why';
}

const answer: Solution = { does: 'answer' };
const sends: Solution = { does: 'answer', sends: true };
const look: Solution = { does: 'look' };
const leave: Solution = { does: 'leave' };
const cancel: Solution = { does: 'cancel' };
const decline: Solution = { does: 'decline' };
const checked: Solution = { ...sends, needs: 'checked' };

const own: Partial<Record<ProblemKind, Readonly<Record<string, Solution>>>> = {
  stop_parcel: { stopped: answer, gone: answer },
  not_stopped: { again: answer, approve: cancel, gone: { ...answer, needs: 'idle' } },
  refused_shipped: { mark_shipped: look },
  refused_other: { again: sends, reason: { ...cancel, needs: 'reason' }, ship: decline },
  cancel_not_sent: { again: cancel, reason: { ...cancel, needs: 'reason' }, ship: decline },
  cancel_unsure_decide: { again: sends, by_hand: answer },
  refund_unsure_decide: { amazon_has_it: answer, amazon_has_not: checked },
  cancelled_shopify_shipped: { refund: sends, no_refund: answer },
  parcel_not_taken_back: { again: look },
  shopify_cancel_failed: { again: answer, without_restock: answer },
  ship_late: { cancel: { ...cancel, needs: 'reason' } },
  ship_refused: { correct_carrier: { ...answer, needs: 'carrier' }, use_amazon: answer },
  fulfilment_undone: { still_ships: answer, does_not_ship: answer },
  import_failed: { again: look, without: { ...answer, needs: 'part' } },
  duplicate_suspected: { right: { ...answer, needs: 'order' } },
  adoption_unclear: { again: look },
  no_refund_in_shopify: { record: sends, stays_open: leave },
  store_credit: { also_cancel: sends },
  refund_does_not_fit: { fitting: sends, split: { ...sends, needs: 'components' }, nothing: answer },
  refund_refused: { try_again: sends },
  refund_twice_risk: { wait: answer, send_now: checked },
  equal_refund_both: { same: answer, two: sends },
  refund_missing_shopify: { record: answer },
  refund_missing_amazon: { wait: answer, not_there: checked },
  quarantined: { send: checked, drop: answer },
  approval_stale: { again: cancel, keep: leave },
  totals_differ: { accept: leave },
  currency_unknown: { accept_all: { does: 'accept_currency' } },
  order_unreadable: { again: look },
  change_not_carried: { again: look, by_hand: leave },
  mark_refused: { again: look },
  hold_not_released: { again: look },
  sources_differ: { keep_hold: leave, release: decline, message: { does: 'informal', needs: 'why' } },
  informal_no_answer: { ship: decline, cancel: { ...cancel, needs: 'reason' } },
  customer_without_request: { reason: { ...sends, needs: 'reason' }, wait: answer },
  reason_not_mapped: {
    reason: { ...sends, needs: 'reason' },
    always: { does: 'always_reason', sends: true, needs: 'reason' },
  },
  partial_cancel_asked: { rest_first: { does: 'cancel_lines' }, cancel_all: { ...cancel, needs: 'reason' } },
  refund_before_ship: { after_shipping: answer, cancel: { ...cancel, needs: 'reason' } },
  claim_or_chargeback: { record: answer },
  rest_recorded: { read: leave },
  tracking_missing: { without: answer, add: answer },
  several_numbers: { first: answer, split: { ...answer, needs: 'split' } },
  ship_ask: { send: answer, not_send: answer },
  auto_accept_paused: { approve: cancel },
  changed_on_amazon: { by_hand: leave },
  order_edited: { keep: leave },
  sku_unlinked: { link: { does: 'map_sku', needs: 'variant' }, never: { does: 'never_map_sku' } },
  sku_ambiguous: { choose: { does: 'map_sku', needs: 'variant' }, never: { does: 'never_map_sku' } },
  adopted_confirm: { concord: answer, other: answer },
  recovered: { dismiss: { does: 'close' } },
};

/** What can be chosen for a problem of this kind, beside leaving it as it is (which needs a note) and taking that back. */
export function choicesFor(kind: ProblemKind): Readonly<Record<string, Solution>> {
  return { ...own[kind], leave, reopen: { does: 'close' } };
}

/** Choices that do once more, or at last, what was decided before; nothing is decided anew by them. */
const repeating: Partial<Record<ProblemKind, string>> = {
  not_stopped: 'again',
  refused_other: 'again',
  cancel_unsure_decide: 'again',
  parcel_not_taken_back: 'again',
  shopify_cancel_failed: 'again',
  import_failed: 'again',
  adoption_unclear: 'again',
  refund_refused: 'try_again',
  refund_missing_shopify: 'record',
  order_unreadable: 'again',
  change_not_carried: 'again',
  mark_refused: 'again',
  hold_not_released: 'again',
};

/** The choice that is plain repetition and can be taken for many problems of the kind at once; null: each wants a decision of its own. */
export function repeatOf(kind: string): string | null {
  return repeating[kind as ProblemKind] ?? null;
}
