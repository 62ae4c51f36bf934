/** Kinds of problems this product knows so far, with their tone; the catalogue is in the page design. */
export const problemTones = {
  blind: 'critical',
  disconnected: 'critical',
  not_stopped: 'critical',
  stop_parcel: 'critical',
  refused_shipped: 'critical',
  refused_other: 'critical',
  cancel_not_sent: 'critical',
  cancel_unsure_decide: 'critical',
  refund_unsure_decide: 'critical',
  cancelled_shopify_shipped: 'critical',
  shopify_cancel_failed: 'critical',
  over_refunded: 'critical',
  ship_late: 'critical',
  ship_refused: 'critical',
  fulfilment_undone: 'critical',
  feed_fatal: 'critical',
  import_failed: 'critical',
  duplicate_suspected: 'critical',
  adoption_unclear: 'critical',
  feed_stuck: 'warning',
  no_refund_in_shopify: 'warning',
  store_credit: 'warning',
  refund_does_not_fit: 'warning',
  refund_refused: 'warning',
  refund_twice_risk: 'warning',
  equal_refund_both: 'warning',
  refund_missing_shopify: 'warning',
  refund_missing_amazon: 'warning',
  quarantined: 'warning',
  approval_stale: 'warning',
  role_missing: 'warning',
  totals_differ: 'warning',
  sides_differ: 'warning',
  currency_unknown: 'warning',
  shop_scope_missing: 'warning',
  order_unreadable: 'warning',
  change_not_carried: 'warning',
  mark_refused: 'warning',
  sources_differ: 'attention',
  customer_without_request: 'attention',
  reason_not_mapped: 'attention',
  partial_cancel_asked: 'attention',
  refund_before_ship: 'attention',
  claim_or_chargeback: 'attention',
  tracking_missing: 'attention',
  several_numbers: 'attention',
  auto_accept_paused: 'attention',
  hold_not_released: 'attention',
  changed_on_amazon: 'attention',
  order_edited: 'attention',
  sku_unlinked: 'attention',
  sku_ambiguous: 'attention',
  adopted_confirm: 'attention',
  order_deleted: 'attention',
  programme_unknown: 'attention',
  amazon_data_odd: 'attention',
  column_off: 'attention',
  field_left_out: 'attention',
  recovered: 'success',
} as const;
export type ProblemKind = keyof typeof problemTones;

/** Values a sentence is made with. Never buyer data. */
export type Params = Readonly<Record<string, string | number | null>>;

/** Something only a person can settle, as decided; `subject` tells several of a kind on one order apart. */
export interface ProblemDraft {
  readonly kind: ProblemKind;
  readonly subject: string;
  readonly params: Params;
}
