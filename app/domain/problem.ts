/** Kinds of problems this product knows so far, with their tone; the catalogue is in the page design. */
export const problemTones = {
  blind: 'critical',
  disconnected: 'critical',
  not_stopped: 'critical',
  import_failed: 'critical',
  duplicate_suspected: 'critical',
  adoption_unclear: 'critical',
  totals_differ: 'warning',
  sides_differ: 'warning',
  currency_unknown: 'warning',
  shop_scope_missing: 'warning',
  order_unreadable: 'warning',
  change_not_carried: 'warning',
  mark_refused: 'warning',
  sources_differ: 'attention',
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
type ProblemKind = keyof typeof problemTones;

/** Values a sentence is made with. Never buyer data. */
export type Params = Readonly<Record<string, string | number | null>>;

/** Something only a person can settle, as decided; `subject` tells several of a kind on one order apart. */
export interface ProblemDraft {
  readonly kind: ProblemKind;
  readonly subject: string;
  readonly params: Params;
}
