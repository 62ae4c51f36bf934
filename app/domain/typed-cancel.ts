import { cancelGuard } from './cancel-guard.ts';
import { leftOnBooks } from './cancel-in-shopify.ts';
import type { AmazonCancelReason } from './cancel-reason.ts';
import { coveredByRequest } from './covered-by-request.ts';
import type { Case } from './dealing.ts';
import { refuse, type Refused } from './explain-refusal.ts';
import { reasonGuard } from './reason-map.ts';
import { parseRefundAmount } from './refund-amount.ts';
import { hasLabel } from './say-request.ts';

/** What a person typed to cancel an order. `amount`: as it was typed; `full`: all that can be refunded. */
export interface CancelTyped {
  readonly amount: string;
  readonly reason: AmazonCancelReason | null;
  readonly restock: boolean | null;
  /** The person confirmed that a free order is voided (CAN-3). */
  readonly free: boolean;
}

/** The amount in minor units; null for an order that costs nothing, or of which nothing is left to refund (CAN-1 to CAN-3). */
export function cancelAmount(
  { linked, books }: Case,
  wanted: CancelTyped,
): { readonly ok: true; readonly amount: number | null } | Refused {
  const { currency } = linked.total;
  const paid = books?.sale?.amount.amount ?? linked.total.amount;
  if (linked.total.amount === 0)
    return wanted.free ? { ok: true, amount: null } : refuse('zero_order_needs_confirm');
  const refundable = books ? leftOnBooks(books) : paid;
  if (refundable === 0) return { ok: true, amount: null };
  return parseRefundAmount(wanted.amount, { currency, refundable, shipped: false, free: false });
}

/** The reason that Amazon gets, once nothing forbids the cancel (CAN-5, CAN-6, REQ-8). */
export function cancelReason(
  one: Case,
  wanted: CancelTyped,
): { readonly ok: true; readonly reason: AmazonCancelReason } | Refused {
  const covers = coveredByRequest(one.order, one.request);
  const { marketplaceId } = one.order;
  const reason = covers === 'all' ? 'BuyerCanceled' : wanted.reason;
  const guarded = cancelGuard(one, reason ?? 'GeneralAdjustment', true);
  // What forbids the cancel itself comes before a word about its reason.
  if (guarded.is === 'never' && guarded.guard !== 'reason_needs_request') return refuse(guarded.guard);
  if (hasLabel(one.order)) return refuse('label_bought');
  if (one.request?.state === 'too_late') return refuse('asked_too_late');
  const wrong = reasonGuard({ covers, reason: wanted.reason ?? reason, marketplaceId });
  return wrong !== null || reason === null ? refuse(wrong ?? 'reason_missing') : { ok: true, reason };
}
