import type { AmazonCancelReason } from './cancel-reason.ts';
import { coveredByRequest } from './covered-by-request.ts';
import { mayWrite, type Case } from './dealing.ts';
import { commandsOfKind } from './command.ts';
import { permission } from './programmes.ts';

/** Why a cancel is not sent now: never as things are, or only later. */
export type Guarded =
  | { readonly is: 'go'; readonly reason: AmazonCancelReason }
  | { readonly is: 'never'; readonly guard: CancelGuard }
  | { readonly is: 'wait'; readonly for: 'shipment' | 'amazon' };

export type CancelGuard =
  | 'fba_read_only'
  | 'adopted_unconfirmed'
  | 'programme_not_allowed'
  | 'already_shipped'
  | 'already_fulfilled'
  | 'reason_needs_request'
  | 'amazon_pending';

const live = new Set(['SUCCESS', 'PENDING', 'OPEN']);

/** Fulfilments in Shopify that stand: goods that left, or are about to. */
export function liveFulfillments({ books }: Pick<Case, 'books'>) {
  return (books?.fulfillments ?? []).filter(({ status }) => live.has(status));
}

/** Whether anything of the order is shipped on Amazon, as far as its reading tells. */
export function shippedOnAmazon({ order }: Pick<Case, 'order'>): boolean {
  return (
    order.status === 'shipped' ||
    order.status === 'partially_shipped' ||
    order.lines.some(({ quantityFulfilled }) => (quantityFulfilled ?? 0) > 0)
  );
}

/** A confirmation of a parcel that Amazon may have, or get: shipping and cancelling exclude each other (FUL-6). */
function shipmentUnderWay({ situation }: Case): boolean {
  return commandsOfKind(situation.commands, 'ship_amazon').some(({ state }) =>
    ['sending', 'unsure', 'accepted'].includes(state),
  );
}

/**
 * Whether a cancel may go to Amazon, by what both sides show now (CAN-5, CAN-6). A cancel after a shipment would refund the
 * whole order. Where a request covers every open line Amazon takes no other reason, and it is the true one.
 */
export function cancelGuard(one: Case, wished: AmazonCancelReason, byPerson: boolean): Guarded {
  const { order } = one;
  const never = (guard: CancelGuard): Guarded => ({ is: 'never', guard });
  if (order.fulfilledBy === 'amazon') return never('fba_read_only');
  if (!mayWrite(one)) return never('adopted_unconfirmed');
  const allowed = permission(order, 'cancel');
  if (allowed === 'no' || (allowed === 'ask' && !byPerson)) return never('programme_not_allowed');
  if (shippedOnAmazon(one)) return never('already_shipped');
  if (liveFulfillments(one).length > 0) return never('already_fulfilled');
  if (order.status === 'pending' || order.status === 'pending_availability') return never('amazon_pending');
  if (order.status !== 'unshipped') return { is: 'wait', for: 'amazon' };
  if (shipmentUnderWay(one)) return { is: 'wait', for: 'shipment' };
  const covered = coveredByRequest(order, one.request);
  if (covered === 'all') return { is: 'go', reason: 'BuyerCanceled' };
  if (wished === 'BuyerCanceled') return never('reason_needs_request');
  return { is: 'go', reason: wished };
}
