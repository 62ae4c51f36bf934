import type { ProblemKind } from './problem.ts';

/** What an entry of the ledger is about. A void was never charged; `tax` is what the marketplace keeps for the state. */
export const ledgerKinds = ['sale', 'void', 'refund', 'fee', 'tax'] as const;
export type LedgerKind = (typeof ledgerKinds)[number];

/** The one state of an entry, and of an order: that of its worst entry (REP-1). The worst comes first. */
export const ledgerStates = ['different', 'not_known', 'waiting', 'in_step'] as const;
export type LedgerState = (typeof ledgerStates)[number];

/** Why the sides of an entry are as they are. `waiting`: Amazon's finance data may still be 48 hours late. */
export const ledgerClasses = [
  'waiting',
  'void',
  'rounding',
  'refund_missing_shopify',
  'refund_missing_amazon',
  'tax_treatment',
  'currency',
  'totals',
  'not_in_shopify',
  'settlement',
  'fees',
  'not_known',
] as const;
export type LedgerClass = (typeof ledgerClasses)[number];

/**
 * One thing that happened with the money of an order, in three words: Amazon's, Shopify's and the settlement's, in minor
 * units of `currency`. Null: that side says nothing of it. What goes to the buyer or to Amazon is below zero.
 */
export interface LedgerEntry {
  readonly kind: LedgerKind;
  /** Tells the entries of an order apart, and stays the same. */
  readonly key: string;
  /** ms UTC. */
  readonly at: number;
  readonly currency: string;
  readonly amazon: number | null;
  readonly shopify: number | null;
  readonly settlement: number | null;
  readonly state: Exclude<LedgerState, 'waiting'>;
  readonly class: LedgerClass | null;
  /** Until Amazon's data reaches this moment (ms UTC) a difference may be Amazon's lateness. */
  readonly waitsUntil: number | null;
}

/** State and class of an entry as Amazon's finance data, which reaches to `until` (ms UTC), lets them be seen. */
export function seenEntry(
  { state, class: why, waitsUntil }: Pick<LedgerEntry, 'state' | 'class' | 'waitsUntil'>,
  until: number,
): { readonly state: LedgerState; readonly class: LedgerClass | null } {
  return state === 'different' && waitsUntil !== null && waitsUntil > until
    ? { state: 'waiting', class: 'waiting' }
    : { state, class: why };
}

/** The worst of some states; in step where there is none. */
export function worstState(states: readonly LedgerState[]): LedgerState {
  return ledgerStates.find((one) => states.includes(one)) ?? 'in_step';
}

/** How a difference is mended: a choice that an open problem of these kinds has; `look`: both sides are read again. */
export interface LedgerFix {
  readonly problems: readonly ProblemKind[];
  /** The choice to offer first; null: the person compares and decides there. */
  readonly choice: string | null;
  readonly look: boolean;
}

const nothing: LedgerFix = { problems: [], choice: null, look: false };
const look: LedgerFix = { problems: [], choice: null, look: true };
const totals: LedgerFix = { problems: ['totals_differ'], choice: 'accept', look: true };

const fixes: Readonly<Record<LedgerClass, LedgerFix>> = {
  waiting: nothing,
  void: nothing,
  fees: nothing,
  rounding: totals,
  totals,
  tax_treatment: totals,
  settlement: look,
  not_in_shopify: { problems: ['import_failed'], choice: 'again', look: true },
  not_known: look,
  currency: { problems: ['currency_unknown'], choice: 'accept_all', look: true },
  refund_missing_shopify: {
    problems: ['refund_missing_shopify', 'claim_or_chargeback'],
    choice: 'record',
    look: true,
  },
  refund_missing_amazon: {
    problems: [
      'refund_missing_amazon',
      'refund_twice_risk',
      'refund_unsure_decide',
      'refund_refused',
      'refund_does_not_fit',
      'refund_before_ship',
      'equal_refund_both',
    ],
    choice: null,
    look: true,
  },
};

const voids: Partial<Record<LedgerClass, LedgerFix>> = {
  refund_missing_shopify: {
    problems: ['shopify_cancel_failed', 'stop_parcel'],
    choice: 'again',
    look: true,
  },
  refund_missing_amazon: {
    problems: [
      'no_refund_in_shopify',
      'store_credit',
      'cancelled_shopify_shipped',
      'customer_without_request',
      'reason_not_mapped',
      'cancel_not_sent',
      'refused_other',
      'refused_shipped',
      'cancel_unsure_decide',
      'quarantined',
    ],
    choice: null,
    look: true,
  },
};

/** The fix of a difference; it goes through the loop and writes nothing by itself. Nothing to mend: no problems and no look. */
export function fixOf({ kind, state, class: why }: Pick<LedgerEntry, 'kind' | 'state' | 'class'>): LedgerFix {
  if (state === 'in_step' || why === null) return nothing;
  return (kind === 'void' ? voids[why] : undefined) ?? fixes[why];
}
