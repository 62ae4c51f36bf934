import { GraphQLError } from 'graphql';
import { parseMoney } from '../../domain/money.ts';
import { gid, idOf } from './ids.ts';
import type { Source } from './execute.ts';
import { idempotent, type Outcome } from './idempotent.ts';
import { addBags, zeroBag } from './money-bag.ts';
import { notDone } from './not-done.ts';
import { netPayment, received } from './order-money.ts';
import { orderFields } from './order-fields.ts';
import { visibleOrder } from './order-visible.ts';
import { touch } from './order-writes.ts';
import type { OrderRecord } from './records.ts';
import { inBoth, readPayment, readShippingRefund } from './refund-amounts.ts';
import { refundFields } from './refund-fields.ts';
import type { RefundInput } from './refund-input.ts';
import { readRefundLines } from './refund-lines.ts';
import { makeRefund } from './refund-make.ts';
import type { PlannedPayment, RefundPlan } from './refund-plan.ts';
import { leftOf } from './refundable.ts';
import { restRefund } from './rest-refund.ts';
import { storeCreditGateway, storeCreditProblem } from './store-credit.ts';
import { textLength } from './text-length.ts';
import type { Grant } from './tokens.ts';
import { path, type UserError } from './user-errors.ts';
import type { Call } from './world.ts';

const longestNote = 255;

function readStoreCredit(
  call: Call,
  order: OrderRecord,
  input: RefundInput,
  errors: UserError[],
): PlannedPayment[] {
  return (input.refundMethods ?? []).flatMap(({ storeCreditRefund: credit }, i) => {
    if (credit == null) return [];
    const refuse = (message: string): [] => {
      errors.push({ field: path('input', 'refundMethods', i, 'storeCreditRefund'), message });
      return [];
    };
    const problem = storeCreditProblem(order, credit.expiresAt, call.world.parts.clock.now());
    if (problem === 'missing-customer') return refuse('The order has no customer');
    if (problem === 'expired') return refuse('The expiration date is in the past');
    const currency = order.presentmentCurrency;
    const read = parseMoney(String(credit.amount.amount), currency);
    if (!read || read.rounded || read.money.amount <= 0 || credit.amount.currencyCode !== currency)
      return refuse('The amount is invalid');
    return [
      { gateway: storeCreditGateway, amount: inBoth(order, read.money, received(order)), parent: null },
    ];
  });
}

/** Whether more is paid back than was paid: in all, or by one payment. */
function overRefund(order: OrderRecord, paidBack: readonly PlannedPayment[]): boolean {
  const sum = (all: readonly PlannedPayment[]): number =>
    all.map((one) => one.amount).reduce(addBags, zeroBag(order.currency, order.presentmentCurrency))
      .presentment.amount;
  const parents = new Set(paidBack.flatMap(({ parent }) => parent ?? []));
  return (
    sum(paidBack) > netPayment(order).presentment.amount ||
    [...parents].some(
      (parent) =>
        sum(paidBack.filter((one) => one.parent === parent)) > leftOf(order, parent).presentment.amount,
    )
  );
}

function checkPlain(call: Call, order: OrderRecord, input: RefundInput, errors: UserError[]): void {
  const refuse = (name: string, message: string): void => {
    errors.push({ field: path('input', name), message });
  };
  if (input.currency != null && input.currency !== order.presentmentCurrency)
    refuse('currency', `Currency must be ${order.presentmentCurrency}`);
  if (input.currency == null && order.currency !== order.presentmentCurrency)
    refuse('currency', 'Currency must be given for an order in another currency than the shop’s');
  const limited = call.world.parts.behaviour.get('shopify.refund-note-limit') === '255-characters';
  if (limited && textLength(input.note ?? '') > longestNote)
    refuse('note', `Note is too long (maximum is ${String(longestNote)} characters)`);
}

const reasons: Readonly<Record<string, string>> = { OTHER: 'REFUND_DISCREPANCY' };

/** Reads a refund as a whole; what is wrong with it goes to `errors`. */
function readPlan(call: Call, order: OrderRecord, input: RefundInput, errors: UserError[]): RefundPlan {
  checkPlain(call, order, input, errors);
  const lines = readRefundLines(call, order, input.refundLineItems ?? [], errors);
  const shipping = readShippingRefund(order, input.shipping, errors);
  const payments = [
    ...(input.transactions ?? []).flatMap((one, i) => readPayment(order, one, i, errors)),
    ...readStoreCredit(call, order, input, errors),
  ];
  if (errors.length === 0 && lines.length + shipping.length + payments.length === 0)
    errors.push({ field: ['input'], message: 'There is nothing to refund' });
  if (input.allowOverRefunding !== true && overRefund(order, payments))
    errors.push({
      field: path('input', 'transactions'),
      message: 'The amount refunded cannot exceed the amount paid',
    });
  const reason = input.discrepancyReason ?? 'OTHER';
  const now = call.world.parts.clock.now();
  return {
    note: input.note ?? null,
    processedAt: input.processedAt == null ? now : Math.min(now, Date.parse(input.processedAt)),
    lines,
    shipping,
    payments,
    discrepancyReason: reasons[reason] ?? reason,
    toNothing: false,
  };
}

const nothing: Source = { refund: null, order: null };

/** The schema file has no rule for this mutation; whoever may change orders may refund them. */
function checkAccess({ scopes }: Grant): void {
  if (scopes === undefined || scopes.has('write_orders')) return;
  const requiredAccess = '`write_orders` access scope.';
  throw new GraphQLError(`Access denied for refundCreate field. Required access: ${requiredAccess}`, {
    extensions: { code: 'ACCESS_DENIED', requiredAccess },
  });
}

function work({ input }: { readonly input: RefundInput }, call: Call): Outcome {
  checkAccess(call.grant);
  if ((input.refundDuties ?? []).length > 0) throw notDone('RefundInput.refundDuties');
  const order = visibleOrder(call, idOf('Order', input.orderId));
  const refused = (userErrors: readonly UserError[]): Outcome => ({ refused: { ...nothing, userErrors } });
  if (!order) return refused([{ field: path('input', 'orderId'), message: 'Order does not exist' }]);
  const errors: UserError[] = [];
  const plan = readPlan(call, order, input, errors);
  if (errors.length > 0) return refused(errors);
  const refund = makeRefund(call, order, plan);
  if (input.notify === true && order.email !== null)
    call.shop.mails.push({ order: order.name, kind: 'refund', to: order.email });
  call.world.emit(call.shop, 'refunds/create', () => restRefund(refund, order));
  touch(call, order, 'refundCreate');
  return {
    done: (asked) => ({
      refund: () => refundFields(refund, order, asked),
      order: () => orderFields(order, asked),
      userErrors: [],
    }),
  };
}

/** `refundCreate`: pays back and takes units out of the order; wants `@idempotent(key:)`. */
export const refundCreate = idempotent('refundCreate', nothing, work);

/** The refund with this global id, and its order. */
export function refundById({ id }: { readonly id: string }, call: Call): Source | null {
  for (const order of call.shop.orders.values()) {
    const refund = order.refunds.find((one) => gid('Refund', one.id) === id);
    if (refund) return visibleOrder(call, order.id) ? refundFields(refund, order, call) : null;
  }
  return null;
}
