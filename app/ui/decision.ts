import type { Effect } from '../domain/decision-effects.ts';
import type { Guard } from '../domain/explain-refusal.ts';
import type { Params } from '../domain/problem.ts';

/** What a page learns of a decision on an order: taken or shown with its effects, or the guard that refused it. */
export type DecisionAnswer =
  | {
      readonly intent: string;
      readonly ok: true;
      readonly outcome: 'preview' | 'chosen' | 'already_chosen' | 'already_cancelled' | 'taken_back';
      readonly effects: readonly Effect[];
      /** Of what was shown; a decision with it does nothing where either side moved since. */
      readonly version: string | null;
      /** Until when it can be taken back, ms UTC; null: nothing of it is sent anywhere. */
      readonly undoUntil: number | null;
    }
  | { readonly intent: string; readonly ok: false; readonly guard: Guard; readonly params: Params };

/** Guards that are about the amount, the reason or the confirmation: they are said at their field. */
const fieldOf: Partial<Record<Guard, 'amount' | 'reason' | 'free'>> = {
  amount_invalid: 'amount',
  amount_not_positive: 'amount',
  amount_decimals: 'amount',
  amount_too_high: 'amount',
  amount_partial_unshipped: 'amount',
  reason_missing: 'reason',
  reason_needs_request: 'reason',
  reason_fixed: 'reason',
  zero_order_needs_confirm: 'free',
};

/** The field that a refusal is about; null: it is about the whole decision. */
export function fieldOfGuard(guard: Guard): 'amount' | 'reason' | 'free' | null {
  return fieldOf[guard] ?? null;
}
