import { liveFulfillments, shippedOnAmazon } from './cancel-guard.ts';
import { cancelChoice } from './cancel-wish.ts';
import type { Case } from './dealing.ts';
import { refuse, type Refused } from './explain-refusal.ts';

/** Which request of an order can be declined as things are, or the guard that forbids it (CAN-17). */
export function declinable(one: Case): { readonly ok: true; readonly n: number } | Refused {
  const { order, request } = one;
  const params = { id: order.id };
  if (order.fulfilledBy === 'amazon') return refuse('fba_read_only', params);
  if (order.status === 'cancelled') return refuse('already_cancelled_amazon', params);
  if (shippedOnAmazon(one)) return refuse('already_shipped', params);
  if (!request || !['open', 'approved', 'declined'].includes(request.state))
    return refuse('no_request', params);
  if (liveFulfillments(one).length > 0) return refuse('already_fulfilled', params);
  return cancelChoice(one) === null ? { ok: true, n: request.n } : refuse('cancel_under_way', params);
}
