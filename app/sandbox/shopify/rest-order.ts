import { toDecimal, type Money } from '../../domain/money.ts';
import { fullName } from './address-fields.ts';
import { gid } from './ids.ts';
import { timesBag, zeroBag, type Bag } from './money-bag.ts';
import { outstanding, taxesOf } from './order-money.ts';
import type { AddressRecord, LineRecord, OrderRecord, ShippingRecord, TaxRecord } from './records.ts';
import type { ShopState } from './shop-state.ts';

const iso = (ms: number | null): string | null =>
  ms === null ? null : `${new Date(ms).toISOString().slice(0, 19)}+00:00`;

function money(one: Money): object {
  return { amount: toDecimal(one), currency_code: one.currency };
}

function set(bag: Bag): object {
  return { shop_money: money(bag.shop), presentment_money: money(bag.presentment) };
}

function priced(name: string, bag: Bag): Record<string, unknown> {
  return { [name]: toDecimal(bag.shop), [`${name}_set`]: set(bag) };
}

function taxLine(tax: TaxRecord): object {
  return {
    title: tax.title,
    rate: Number(tax.rate),
    channel_liable: tax.channelLiable,
    ...priced('price', tax.price),
  };
}

function address(one: AddressRecord | null): object | null {
  if (one === null) return null;
  return {
    first_name: one.firstName,
    last_name: one.lastName,
    name: fullName(one),
    company: one.company,
    address1: one.address1,
    address2: one.address2,
    city: one.city,
    province: one.province,
    province_code: one.provinceCode,
    country: one.country,
    country_code: one.countryCode,
    zip: one.zip,
    phone: one.phone,
    latitude: null,
    longitude: null,
  };
}

function fulfilment(done: number, all: number): string | null {
  return done === 0 ? null : done < all ? 'partial' : 'fulfilled';
}

function lineItem(line: LineRecord): object {
  const nothing = zeroBag(line.price.shop.currency, line.price.presentment.currency);
  return {
    id: line.id,
    admin_graphql_api_id: gid('LineItem', line.id),
    current_quantity: line.currentQuantity,
    fulfillable_quantity: line.currentQuantity - line.fulfilledQuantity,
    fulfillment_service: 'manual',
    fulfillment_status: fulfilment(line.fulfilledQuantity, line.currentQuantity),
    gift_card: line.giftCard,
    grams: 0,
    name: line.title,
    ...priced('price', line.price),
    product_exists: line.productId !== null,
    product_id: line.productId,
    properties: line.properties.map(({ key, value }) => ({ name: key, value })),
    quantity: line.quantity,
    requires_shipping: line.requiresShipping,
    sku: line.sku,
    taxable: line.taxable,
    title: line.title,
    ...priced('total_discount', nothing),
    variant_id: line.variantId,
    variant_title: line.variantTitle,
    vendor: line.vendor,
    tax_lines: line.taxLines.map(taxLine),
    duties: [],
    discount_allocations: [],
  };
}

function shippingLine(line: ShippingRecord): object {
  return {
    id: line.id,
    title: line.title,
    code: line.code,
    source: line.source,
    carrier_identifier: null,
    phone: null,
    ...priced('price', line.price),
    ...priced('discounted_price', line.price),
    is_removed: false,
    tax_lines: line.taxLines.map(taxLine),
    discount_allocations: [],
  };
}

function totals(order: OrderRecord): Record<string, unknown> {
  const nothing = zeroBag(order.currency, order.presentmentCurrency);
  const { subtotal, total, tax, shipping } = order.totals;
  const linesPrice = order.lines.reduce((sum, line) => {
    const one = timesBag(line.price, line.quantity);
    return {
      shop: { ...sum.shop, amount: sum.shop.amount + one.shop.amount },
      presentment: { ...sum.presentment, amount: sum.presentment.amount + one.presentment.amount },
    };
  }, nothing);
  return {
    ...priced('current_subtotal_price', subtotal),
    ...priced('current_total_discounts', nothing),
    ...priced('current_total_price', total),
    ...priced('current_total_tax', tax),
    ...priced('subtotal_price', subtotal),
    ...priced('total_discounts', nothing),
    ...priced('total_line_items_price', linesPrice),
    ...priced('total_price', total),
    ...priced('total_tax', tax),
    total_shipping_price_set: set(shipping),
    total_outstanding: toDecimal(outstanding(order).shop),
    total_tip_received: toDecimal(nothing.shop),
  };
}

/** An order in the shape its webhooks have (the REST resource). Ids are BigInt: write them as digits. */
export function restOrder(order: OrderRecord, shop: ShopState): Record<string, unknown> {
  const units = order.lines.reduce((sum, line) => sum + line.currentQuantity, 0);
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
    fulfillment_status: fulfilment(done, units),
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
    billing_address: address(order.billingAddress),
    shipping_address: address(order.shippingAddress),
    customer: null,
    fulfillments: [],
    line_items: order.lines.map(lineItem),
    refunds: [],
    shipping_lines: order.shippingLines.map(shippingLine),
  };
}
