import { toDecimal } from '../../domain/money.ts';
import { lineOf } from './fulfillment-order-line-fields.ts';
import { gid } from './ids.ts';
import { zeroBag, type Bag } from './money-bag.ts';
import type { OrderRecord, TransactionRecord } from './records.ts';
import type { RefundRecord } from './refund-records.ts';
import { iso, priced, restBag, restLine, restShippingLine } from './rest-parts.ts';

/** Amounts of refunded lines are numbers in the real service, not texts. */
function numbered(name: string, bag: Bag): Record<string, unknown> {
  return { [name]: Number(toDecimal(bag.shop)), [`${name}_set`]: restBag(bag) };
}

function restLineRefund(one: RefundRecord['lines'][number], order: OrderRecord): object {
  return {
    id: one.id,
    quantity: one.quantity,
    line_item_id: one.lineId,
    location_id: one.locationId,
    restock_type: one.restockType.toLowerCase(),
    ...numbered('subtotal', one.subtotal),
    ...numbered('total_tax', one.tax),
    line_item: restLine(lineOf(order, one.lineId), order),
  };
}

function restShippingRefund(one: RefundRecord['shipping'][number], order: OrderRecord): object {
  const line = order.shippingLines.find(({ id }) => id === one.shippingLineId);
  return {
    id: one.id,
    shipping_line: line ? restShippingLine(line) : null,
    subtotal_amount_set: restBag(one.subtotal),
    tax_amount_set: restBag(one.tax),
  };
}

function restAdjustment(
  one: RefundRecord['adjustments'][number],
  refund: RefundRecord,
  order: OrderRecord,
): object {
  return {
    id: one.id,
    kind: 'refund_discrepancy',
    order_id: order.id,
    refund_id: refund.id,
    reason: one.reason.toLowerCase().replaceAll('_', ' '),
    ...priced('amount', one.amount),
    ...priced('tax_amount', zeroBag(order.currency, order.presentmentCurrency)),
  };
}

function restTransaction(one: TransactionRecord, order: OrderRecord, byStaff: boolean): object {
  const { amount, gateway } = one;
  const nothing = { amount: '0.0', currency: order.presentmentCurrency };
  return {
    id: one.id,
    admin_graphql_api_id: gid('OrderTransaction', one.id),
    order_id: order.id,
    parent_id: one.parentId,
    kind: one.kind.toLowerCase(),
    gateway,
    status: one.status.toLowerCase(),
    message: `Refunded ${toDecimal(amount.presentment)} from ${gateway ?? ''} gateway`,
    amount: toDecimal(amount.presentment),
    currency: amount.presentment.currency,
    created_at: iso(one.createdAt),
    processed_at: iso(one.processedAt),
    authorization: null,
    device_id: null,
    error_code: null,
    location_id: null,
    user_id: byStaff ? 9021001n : null,
    source_name: byStaff ? 'web' : '104857601',
    receipt: {},
    payment_id: `${order.name}.${String(one.id)}`,
    test: one.test,
    total_unsettled_set: { presentment_money: nothing, shop_money: { ...nothing, currency: order.currency } },
    manual_payment_gateway: gateway === 'manual',
    amount_rounding: null,
  };
}

/** A refund in the shape its webhooks have (the REST resource). Ids are BigInt: write them as digits. */
export function restRefund(refund: RefundRecord, order: OrderRecord): Record<string, unknown> {
  return {
    id: refund.id,
    admin_graphql_api_id: gid('Refund', refund.id),
    order_id: order.id,
    created_at: iso(refund.createdAt),
    processed_at: iso(refund.processedAt),
    note: refund.note,
    user_id: refund.byStaff ? 9021001n : null,
    restock: refund.lines.some((one) => one.restockType !== 'NO_RESTOCK'),
    return: null,
    duties: [],
    total_duties_set: restBag(zeroBag(order.currency, order.presentmentCurrency)),
    refund_shipping_lines: refund.shipping.map((one) => restShippingRefund(one, order)),
    order_adjustments: refund.adjustments.map((one) => restAdjustment(one, refund, order)),
    refund_line_items: refund.lines.map((one) => restLineRefund(one, order)),
    transactions: refund.transactions.map((one) => restTransaction(one, order, refund.byStaff)),
  };
}
