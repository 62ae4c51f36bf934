import { methodOf, type CancelArgs } from './order-cancel-input.ts';
import type { OrderRecord } from './records.ts';
import { storeCreditProblem } from './store-credit.ts';
import { textLength } from './text-length.ts';
import type { UserError } from './user-errors.ts';
import type { Call } from './world.ts';

const longestNote = 255;
/** A third party works on it and did not give it back. */
const inWork = new Set(['ACCEPTED', 'CANCELLATION_REQUESTED', 'CANCELLATION_REJECTED']);

const invalid = (field: string, message: string): UserError => ({
  field: [field],
  message,
  code: 'INVALID',
});

/** What is wrong with the arguments themselves. */
export function wrongArguments(args: CancelArgs): UserError | null {
  if (args.refund != null && args.refundMethod != null)
    return invalid('refundMethod', 'Only one of refund and refundMethod can be given.');
  return textLength(args.staffNote ?? '') > longestNote
    ? invalid('staffNote', `Staff note is too long (maximum is ${String(longestNote)} characters)`)
    : null;
}

function wrongStoreCredit(args: CancelArgs, order: OrderRecord, now: number): UserError | null {
  const expiresAt = args.refundMethod?.storeCreditRefund?.expiresAt;
  const problem = methodOf(args) === 'store-credit' ? storeCreditProblem(order, expiresAt, now) : null;
  if (problem === null) return null;
  const field = ['refundMethod', 'storeCreditRefund'];
  return problem === 'expired'
    ? {
        field: [...field, 'expiresAt'],
        message: 'The expiration date is in the past.',
        code: 'STORE_CREDIT_REFUND_EXPIRATION_IN_PAST',
      }
    : {
        field,
        message: 'The order has no customer.',
        code: 'STORE_CREDIT_REFUND_MISSING_CUSTOMER',
      };
}

/** Why the order cannot be cancelled as it is now; null: it can. */
export function notCancellable(call: Call, order: OrderRecord, args: CancelArgs): UserError | null {
  const { clock, behaviour } = call.world.parts;
  const refused = (message: string): UserError => invalid('orderId', message);
  if (order.cancelledAt !== null) return refused('The order has already been cancelled.');
  if (order.fulfillments.some((one) => one.status === 'SUCCESS'))
    return refused('The order has fulfillments that cannot be cancelled.');
  const strict = behaviour.get('shopify.cancel-at-third-party') === 'refused';
  if (
    strict &&
    order.fulfillmentOrders.some((one) => one.status !== 'CLOSED' && inWork.has(one.requestStatus))
  )
    return refused('The order has fulfillments in progress that cannot be cancelled.');
  if (order.transactions.some((one) => one.kind === 'AUTHORIZATION' && one.status === 'PENDING'))
    return refused('The order has pending payment authorizations.');
  return wrongStoreCredit(args, order, clock.now());
}
