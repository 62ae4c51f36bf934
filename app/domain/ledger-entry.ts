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

/** How a difference is mended: by a choice that an open problem of its order has; `look`: both sides are read again. */
export interface LedgerFix {
  /** By the problem's kind the choice to offer first; null: the person compares and decides there. */
  readonly problems: Readonly<Partial<Record<string, string | null>>>;
  readonly look: boolean;
}
type Fixes = Readonly<Partial<Record<ProblemKind, string | null>>>;

const nothing: LedgerFix = { problems: {}, look: false };
const look: LedgerFix = { problems: {}, look: true };
const by = (problems: Fixes): LedgerFix => ({ problems, look: true });
const totals: Fixes = { totals_differ: 'accept' };

const fixes: Readonly<Record<LedgerClass, LedgerFix>> = {
  waiting: nothing,
  void: nothing,
  fees: nothing,
  rounding: by(totals),
  totals: by(totals),
  tax_treatment: by(totals),
  settlement: look,
  not_in_shopify: by({ import_failed: 'again' }),
  not_known: look,
  currency: by({ currency_unknown: 'accept_all' }),
  refund_missing_shopify: by({ refund_missing_shopify: 'record', claim_or_chargeback: 'record' }),
  refund_missing_amazon: by({
    refund_missing_amazon: null,
    refund_twice_risk: null,
    refund_unsure_decide: null,
    refund_refused: null,
    refund_does_not_fit: null,
    refund_before_ship: null,
    equal_refund_both: null,
    cancelled_shopify_shipped: null,
    quarantined: null,
  }),
};

/** The cancel in Shopify, a line of it, or what was left to refund after it did not go through. */
const voidMissing: Fixes = {
  refund_missing_shopify: 'record',
  shopify_cancel_failed: 'again',
  stop_parcel: null,
};
const voidApart = by({ ...voidMissing, ...totals });
const voids: Partial<Record<LedgerClass, LedgerFix>> = {
  refund_missing_shopify: by(voidMissing),
  // A part of it was refunded in Shopify, the rest not.
  rounding: voidApart,
  totals: voidApart,
  tax_treatment: voidApart,
  refund_missing_amazon: by({
    no_refund_in_shopify: null,
    store_credit: null,
    cancelled_shopify_shipped: null,
    customer_without_request: null,
    reason_not_mapped: null,
    cancel_not_sent: null,
    refused_other: null,
    refused_shipped: null,
    cancel_unsure_decide: null,
    quarantined: null,
  }),
};

/** The fix of a difference; it goes through the loop and writes nothing by itself. Nothing to mend: no problems and no look. */
export function fixOf({ kind, state, class: why }: Pick<LedgerEntry, 'kind' | 'state' | 'class'>): LedgerFix {
  if (state === 'in_step' || why === null) return nothing;
  return (kind === 'void' ? voids[why] : undefined) ?? fixes[why];
}

const lastPart = (name: string) => name.split(':').at(-1);

/**
 * Whether a problem with this subject is about the entry. For a refund: the one that it names, or the whole order (no subject,
 * or a currency); for a sale or a void: all but another refund, or a shipment.
 */
export function isAbout({ kind, key }: Pick<LedgerEntry, 'kind' | 'key'>, subject: string): boolean {
  if (kind !== 'refund') return !/^(move|refund|choice|fulfillment):/.test(subject);
  return /^([A-Z]{3})?$/.test(subject) || lastPart(subject) === lastPart(key);
}
