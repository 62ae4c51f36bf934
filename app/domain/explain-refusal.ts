import type { Params } from './problem.ts';

/** Why a decision of a person is not taken. The same keys on pages and at the command line; each has one sentence. */
export const guards = [
  'amount_invalid',
  'amount_not_positive',
  'amount_decimals',
  'amount_too_high',
  'amount_partial_unshipped',
  'zero_order_needs_confirm',
  'reason_missing',
  'reason_needs_request',
  'reason_fixed',
  'already_shipped',
  'already_fulfilled',
  'label_bought',
  'asked_too_late',
  'undo_over',
  'nothing_to_undo',
  'order_changed',
  'adopted_unconfirmed',
  'fba_read_only',
  'programme_not_allowed',
  'not_allowed_role',
  'amazon_pending',
  'amazon_unreadable_waiting',
  'sending_off',
  'not_found',
  'not_in_shopify',
  'shopify_unreadable',
  'no_request',
  'asked_for_all',
  'cancel_under_way',
  'already_asked',
  'lines_not_open',
  'out_of_stock',
  'not_shipped',
  'refund_not_checked',
  'refund_open',
  'line_unknown',
  'money_unknown',
  'already_cancelled_amazon',
  'problem_unknown',
  'choice_unknown',
  'value_missing',
  'note_missing',
  'not_quarantined',
  'not_checked',
  'split_unreadable',
  'split_number_unknown',
  'split_sum',
  'split_told',
  'components_unreadable',
  'component_unknown',
  'nothing_to_leave_out',
  'not_certain',
  'no_answer',
] as const;
export type Guard = (typeof guards)[number];

/** A refusal as it happened: which guard, and the values of its sentence. */
export interface Refused {
  readonly ok: false;
  readonly guard: Guard;
  readonly params: Params;
}

/** A refusal by a guard. */
export function refuse(guard: Guard, params: Params = {}): Refused {
  return { ok: false, guard, params };
}

/** The key of a refusal's sentence and what it is made with; amounts by the names that all sentences share. */
export function explainRefusal({ guard, params }: Omit<Refused, 'ok'>): {
  readonly key: string;
  readonly params: Params;
} {
  const { max = null, decimals = null, ...others } = params;
  const named = { ...(max === null ? {} : { amount: max }), ...(decimals === null ? {} : { n: decimals }) };
  return { key: `guard.${guard}`, params: { ...others, ...named } };
}
