import { isOpen } from './fulfillment-status.ts';
import type { FulfillmentOrderRecord } from './fulfillment-records.ts';
import { sendLess } from './fulfillment-order-shrink.ts';
import { named } from './fulfillment-webhooks.ts';
import { netPayment, received } from './order-money.ts';
import { methodOf, type CancelArgs } from './order-cancel-input.ts';
import { touch } from './order-writes.ts';
import type { OrderRecord } from './records.ts';
import { makeRefund } from './refund-make.ts';
import type { PlannedPayment, RefundPlan } from './refund-plan.ts';
import type { RefundRecord } from './refund-records.ts';
import { refundableShipping, spreadOver, takeShipping } from './refundable.ts';
import { restOrder } from './rest-order.ts';
import { restRefund } from './rest-refund.ts';
import { putBack } from './stock.ts';
import { storeCreditGateway } from './store-credit.ts';
import type { Call } from './world.ts';

function paymentsOf(order: OrderRecord, args: CancelArgs): PlannedPayment[] {
  const left = netPayment(order);
  const method = methodOf(args);
  if (method === 'none' || left.presentment.amount <= 0) return [];
  return method === 'original'
    ? spreadOver(order, left)
    : [{ gateway: storeCreditGateway, amount: left, parent: null }];
}

/** Cancelling takes everything out of the order by a refund, which may pay nothing back. */
function planOf(order: OrderRecord, args: CancelArgs, now: number): RefundPlan {
  return {
    note: null,
    processedAt: now,
    lines: order.lines
      .filter((line) => line.currentQuantity > 0)
      .map((line) => ({
        line,
        quantity: line.currentQuantity,
        restockType: args.restock ? 'CANCEL' : 'NO_RESTOCK',
        locationId: null,
      })),
    shipping: takeShipping(order, refundableShipping(order).subtotal),
    payments: paymentsOf(order, args),
    discrepancyReason: 'FULL_RETURN_BALANCING_ADJUSTMENT',
    toNothing: true,
  };
}

function refundAll(call: Call, order: OrderRecord, args: CancelArgs): RefundRecord | null {
  const { clock, behaviour } = call.world.parts;
  const plan = planOf(order, args, clock.now());
  if (plan.payments.length === 0 && behaviour.get('shopify.cancel-without-refund') === 'keeps-lines') {
    if (args.restock) for (const { line, quantity } of plan.lines) putBack(call, line, quantity);
    return null;
  }
  const empty = plan.lines.length + plan.shipping.length + plan.payments.length === 0;
  return empty ? null : makeRefund(call, order, plan);
}

/** Nothing of the order is to be sent any more. */
function endWork(call: Call, order: OrderRecord, open: readonly FulfillmentOrderRecord[]): void {
  const { behaviour, clock } = call.world.parts;
  const ended = behaviour.get('shopify.fulfillment-orders-of-cancelled-order');
  for (const record of open) {
    for (const { lineId, remainingQuantity } of [...record.lines])
      sendLess(call.world, order, lineId, remainingQuantity);
    record.status = ended === 'cancelled' ? 'CANCELLED' : 'CLOSED';
    record.holds = [];
    record.updatedAt = clock.now();
  }
}

/** Money that was only reserved is let go. */
function voidReserved(call: Call, order: OrderRecord): void {
  const captured = received(order).presentment.amount > 0;
  const reserved = order.transactions.filter(
    (one) => one.kind === 'AUTHORIZATION' && one.status === 'SUCCESS',
  );
  if (captured) return;
  const now = call.world.parts.clock.now();
  order.transactions = [
    ...order.transactions,
    ...reserved.map((one) => ({
      ...one,
      id: call.world.newId('OrderTransaction'),
      parentId: one.id,
      kind: 'VOID',
      createdAt: now,
      processedAt: now,
    })),
  ];
}

function setStatus(call: Call, order: OrderRecord): void {
  if (received(order).shop.amount > 0) return;
  const free = order.totals.total.shop.amount === 0;
  const voided = call.world.parts.behaviour.get('shopify.cancel-of-free-order') === 'voided';
  if (order.financialStatus !== 'PAID' || (free && voided)) order.financialStatus = 'VOIDED';
}

/** Cancels an order that can be cancelled, and tells of everything that follows from it. */
export function cancelOrder(call: Call, order: OrderRecord, args: CancelArgs): void {
  const { world, shop } = call;
  const now = world.parts.clock.now();
  const open = order.fulfillmentOrders.filter(isOpen);
  const refund = refundAll(call, order, args);
  endWork(call, order, open);
  voidReserved(call, order);
  setStatus(call, order);
  order.cancelledAt = now;
  order.cancelReason = args.reason;
  order.cancelNote = args.staffNote ?? null;
  order.closedAt ??= now;
  order.updatedAt = now;
  if (args.notifyCustomer === true && order.email !== null)
    shop.mails.push({ order: order.name, kind: 'cancellation', to: order.email });
  if (refund) world.emit(shop, 'refunds/create', () => restRefund(refund, order));
  for (const record of open)
    world.emit(shop, 'fulfillment_orders/cancelled', () => ({
      fulfillment_order: named(record),
      replacement_fulfillment_order: null,
    }));
  world.emit(shop, 'orders/cancelled', () => restOrder(order, shop));
  touch(call, order, 'orderCancel');
}
