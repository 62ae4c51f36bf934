import { toDecimal, type Money } from '../../domain/money.ts';
import { fullName } from './address-fields.ts';
import { heldUnits } from './fulfillment-status.ts';
import { gid } from './ids.ts';
import { unitsToSend, unsentUnits } from './line-units.ts';
import { zeroBag, type Bag } from './money-bag.ts';
import type { AddressRecord, LineRecord, OrderRecord, ShippingRecord, TaxRecord } from './records.ts';

/** A time as the REST resources write it: whole seconds, UTC. */
export const iso = (ms: number | null): string | null =>
  ms === null ? null : `${new Date(ms).toISOString().slice(0, 19)}+00:00`;

function money(one: Money): object {
  return { amount: toDecimal(one), currency_code: one.currency };
}

/** An amount in both currencies. */
export function restBag(bag: Bag): object {
  return { shop_money: money(bag.shop), presentment_money: money(bag.presentment) };
}

/** A price under its name, as a decimal and in both currencies. */
export function priced(name: string, bag: Bag): Record<string, unknown> {
  return { [name]: toDecimal(bag.shop), [`${name}_set`]: restBag(bag) };
}

/** A tax line. */
export function taxLine(tax: TaxRecord): object {
  return {
    title: tax.title,
    rate: Number(tax.rate),
    channel_liable: tax.channelLiable,
    ...priced('price', tax.price),
  };
}

/** A postal address. */
export function restAddress(one: AddressRecord | null): object | null {
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

/** How far it is sent; null: not at all. */
export function fulfilled(done: number, all: number): string | null {
  return done === 0 ? null : done < all ? 'partial' : 'fulfilled';
}

/** An order line. What is on hold is not to be sent. */
export function restLine(line: LineRecord, order: OrderRecord): object {
  const nothing = zeroBag(line.price.shop.currency, line.price.presentment.currency);
  return {
    id: line.id,
    admin_graphql_api_id: gid('LineItem', line.id),
    current_quantity: line.currentQuantity,
    fulfillable_quantity: Math.max(0, unsentUnits(line, order) - heldUnits(order, line.id)),
    fulfillment_service: 'manual',
    fulfillment_status: fulfilled(line.fulfilledQuantity, unitsToSend(line)),
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

/** A shipping line. */
export function restShippingLine(line: ShippingRecord): object {
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
