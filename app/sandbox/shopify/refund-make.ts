import { callingApp } from './apps.ts';
import { sendLess } from './fulfillment-order-shrink.ts';
import { unsentUnits } from './line-units.ts';
import { addBags, lessBag, timesBag, zeroBag, type Bag } from './money-bag.ts';
import { netPayment, paidBack, received } from './order-money.ts';
import { currentTotals, unitTaxes } from './order-totals.ts';
import type { LineRecord, OrderRecord, TransactionRecord } from './records.ts';
import type { PlannedLine, PlannedPayment, RefundPlan } from './refund-plan.ts';
import type { RefundRecord } from './refund-records.ts';
import { putBack } from './stock.ts';
import type { Call } from './world.ts';

/** Units of it that shall not be sent any more. */
function unitsNotToSend(
  call: Call,
  order: OrderRecord,
  { line, quantity, restockType }: PlannedLine,
): number {
  const kept = call.world.parts.behaviour.get('shopify.refund-without-restock') === 'still-to-send';
  if (restockType === 'NO_RESTOCK' && kept) return 0;
  const unsent = unsentUnits(line, order);
  return restockType === 'RETURN'
    ? Math.max(0, quantity - (line.currentQuantity - unsent))
    : Math.min(quantity, unsent);
}

function refundLine(call: Call, order: OrderRecord, planned: PlannedLine): RefundRecord['lines'][number] {
  const { line, quantity, restockType } = planned;
  const stays = restockType === 'NO_RESTOCK';
  const own = call.shop.variants.get(line.variantId ?? -1n)?.locationId ?? call.shop.locations[0]?.id ?? null;
  const place = order.fulfillmentOrders.find((one) => one.lines.some(({ lineId }) => lineId === line.id));
  return {
    id: call.world.newId('RefundLineItem'),
    lineId: line.id,
    quantity,
    restockType,
    locationId: stays ? null : (planned.locationId ?? place?.locationId ?? own),
    subtotal: timesBag(line.price, quantity),
    tax: lessBag(unitTaxes(line, line.currentQuantity), unitTaxes(line, line.currentQuantity - quantity)),
  };
}

function takeLine(call: Call, order: OrderRecord, planned: PlannedLine): LineRecord {
  const { line, quantity, restockType } = planned;
  const gone = unitsNotToSend(call, order, planned);
  sendLess(call.world, order, line.id, gone);
  const back = restockType === 'NO_RESTOCK' ? 0 : putBack(call, line, quantity);
  return {
    ...line,
    currentQuantity: line.currentQuantity - quantity,
    refundedSent: line.refundedSent + quantity - gone,
    claimed: line.claimed - Math.min(back, line.claimed),
  };
}

function payment(
  call: Call,
  plan: RefundPlan,
  { gateway, amount, parent }: PlannedPayment,
): TransactionRecord {
  return {
    id: call.world.newId('OrderTransaction'),
    parentId: parent?.id ?? null,
    kind: 'REFUND',
    status: 'SUCCESS',
    gateway,
    amount,
    authorizationCode: null,
    receipt: {},
    test: parent?.test ?? false,
    createdAt: call.world.parts.clock.now(),
    processedAt: plan.processedAt,
  };
}

/** What is paid back above what the refund is worth and what was owed anyway (negative), or below (positive). */
function discrepancy(worth: Bag, paid: Bag, owed: Bag): Bag {
  const over = lessBag(paid, worth);
  if (over.shop.amount <= 0) return timesBag(over, -1);
  const beyond = lessBag(over, owed);
  return beyond.shop.amount > 0 ? timesBag(beyond, -1) : timesBag(over, 0);
}

/** The financial status that follows from what was paid and paid back. */
function statusAfter(order: OrderRecord): string {
  const back = paidBack(order).shop.amount;
  if (back <= 0) return order.financialStatus;
  return back >= received(order).shop.amount ? 'REFUNDED' : 'PARTIALLY_REFUNDED';
}

/** Makes a refund that was checked: money, units that are not to be sent any more, stock, and the order's status. */
export function makeRefund(call: Call, order: OrderRecord, plan: RefundPlan): RefundRecord {
  const nothing = zeroBag(order.currency, order.presentmentCurrency);
  const before = lessBag(netPayment(order), currentTotals(order).total);
  const owed = before.shop.amount > 0 ? before : nothing;
  const lines = plan.lines.map((one) => refundLine(call, order, one));
  const shipping = plan.shipping.map(({ line, subtotal, tax }) => ({
    id: call.world.newId('RefundShippingLine'),
    shippingLineId: line.id,
    subtotal,
    tax,
  }));
  const taken = new Map(plan.lines.map((one) => [one.line.id, takeLine(call, order, one)]));
  order.lines = order.lines.map((line) => taken.get(line.id) ?? line);
  const transactions = plan.payments.map((one) => payment(call, plan, one));
  order.transactions = [...order.transactions, ...transactions];
  const worth = [...lines, ...shipping]
    .map((one) => (order.taxesIncluded ? one.subtotal : addBags(one.subtotal, one.tax)))
    .reduce(addBags, nothing);
  const paid = transactions.map((one) => one.amount).reduce(addBags, nothing);
  const made: RefundRecord = {
    id: call.world.newId('Refund'),
    note: plan.note,
    byStaff: callingApp(call.grant) === null,
    createdAt: call.world.parts.clock.now(),
    processedAt: plan.processedAt,
    lines,
    shipping,
    adjustments: [],
    transactions,
  };
  const others = order.refunds;
  order.refunds = [...others, made];
  const amount = plan.toNothing ? timesBag(currentTotals(order).total, -1) : discrepancy(worth, paid, owed);
  if (amount.shop.amount === 0) {
    order.financialStatus = statusAfter(order);
    return made;
  }
  const id = call.world.newId('OrderAdjustment');
  const balanced = { ...made, adjustments: [{ id, reason: plan.discrepancyReason, amount }] };
  order.refunds = [...others, balanced];
  order.financialStatus = statusAfter(order);
  return balanced;
}
