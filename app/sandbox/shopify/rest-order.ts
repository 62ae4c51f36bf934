import { toDecimal } from '../../domain/money.ts';
import { gid } from './ids.ts';
import { unitsToSend } from './line-units.ts';
import { timesBag, zeroBag } from './money-bag.ts';
import { outstanding, taxesOf } from './order-money.ts';
import { currentTotals, totalsWithAdded } from './order-totals.ts';
import type { OrderRecord } from './records.ts';
import { restFulfillment } from './rest-fulfillment.ts';
import {
  fulfilled,
  iso,
  priced,
  restAddress,
  restBag,
  restLine,
  restShippingLine,
  taxLine,
} from './rest-parts.ts';
import { restRefund } from './rest-refund.ts';
import type { ShopState } from './shop-state.ts';

function totals(order: OrderRecord): Record<string, unknown> {
  const nothing = zeroBag(order.currency, order.presentmentCurrency);
  const { subtotal, total, tax, shipping } = totalsWithAdded(order);
  const current = currentTotals(order);
  const linesPrice = order.lines.reduce((sum, line) => {
    const one = timesBag(line.price, line.quantity);
    return {
      shop: { ...sum.shop, amount: sum.shop.amount + one.shop.amount },
      presentment: { ...sum.presentment, amount: sum.presentment.amount + one.presentment.amount },
    };
  }, nothing);
  return {
    ...priced('current_subtotal_price', current.subtotal),
    ...priced('current_total_discounts', nothing),
    ...priced('current_total_price', current.total),
    ...priced('current_total_tax', current.tax),
    ...priced('subtotal_price', subtotal),
    ...priced('total_discounts', nothing),
    ...priced('total_line_items_price', linesPrice),
    ...priced('total_price', total),
    ...priced('total_tax', tax),
    total_shipping_price_set: restBag(shipping),
    total_outstanding: toDecimal(outstanding(order).shop),
    total_tip_received: toDecimal(nothing.shop),
  };
}

/** An order in the shape its webhooks have (the REST resource). Ids are BigInt: write them as digits. */
export function restOrder(order: OrderRecord, shop: ShopState): Record<string, unknown> {
  const units = order.lines.reduce((sum, line) => sum + unitsToSend(line), 0);
  const done = order.lines.reduce((sum, line) => sum + line.fulfilledQuantity, 0);
  return {
    id: order.id,
    admin_graphql_api_id: gid('Order', order.id),
    app_id: order.byStaff ? null : 104857601,
    cancel_reason: order.cancelReason?.toLowerCase() ?? null,
    cancelled_at: iso(order.cancelledAt),
    closed_at: iso(order.closedAt),
    confirmed: true,
    contact_email: order.email,
    created_at: iso(order.createdAt),
    currency: order.currency,
    ...totals(order),
    discount_codes: [],
    email: order.email ?? '',
    financial_status: order.financialStatus.toLowerCase(),
    fulfillment_status: fulfilled(done, units),
    name: order.name,
    note: order.note,
    note_attributes: order.customAttributes.map(({ key, value }) => ({ name: key, value })),
    number: order.number - 1000,
    order_number: order.number,
    order_status_url: `https://${shop.domain}/${String(shop.id)}/orders/${String(order.id)}`,
    payment_gateway_names: [...new Set(order.transactions.flatMap((one) => one.gateway ?? []))],
    phone: order.phone,
    po_number: order.poNumber,
    presentment_currency: order.presentmentCurrency,
    processed_at: iso(order.processedAt),
    source_identifier: order.sourceIdentifier,
    source_name: order.sourceName,
    source_url: order.sourceUrl,
    tags: order.tags.join(', '),
    tax_lines: taxesOf(order).map(taxLine),
    taxes_included: order.taxesIncluded,
    test: order.test,
    updated_at: iso(order.updatedAt),
    billing_address: restAddress(order.billingAddress),
    shipping_address: restAddress(order.shippingAddress),
    customer: null,
    fulfillments: order.fulfillments.map((one) => restFulfillment(one, order)),
    line_items: order.lines.map((line) => restLine(line, order)),
    refunds: order.refunds.map((one) => restRefund(one, order)),
    shipping_lines: order.shippingLines.map(restShippingLine),
  };
}
