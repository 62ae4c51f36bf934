import { toDecimal } from '../../domain/money.ts';
import { fullName } from './address-fields.ts';
import { fulfillmentStatus } from './fulfillment-status.ts';
import { gid } from './ids.ts';
import { unsentUnits } from './line-units.ts';
import { addBags, zeroBag } from './money-bag.ts';
import { netPayment } from './order-money.ts';
import type { AttributeRecord, OrderRecord, VariantRecord } from './records.ts';
import { listedFulfillment, type ListedFulfillmentOrder } from './listed-fulfillment.ts';
import { payments } from './refundable.ts';
import type { ShopState } from './shop-state.ts';

/** An order as the pretend admin lists it; money as decimals, times in milliseconds UTC. */
export interface ListedOrder {
  readonly id: string;
  readonly name: string;
  readonly sourceName: string;
  readonly sourceIdentifier: string | null;
  readonly sourceUrl: string | null;
  readonly tags: readonly string[];
  readonly note: string | null;
  readonly currency: string;
  /** The one the buyer sees. */
  readonly presentmentCurrency: string;
  readonly subtotal: string;
  readonly shipping: string;
  readonly tax: string;
  readonly total: string;
  readonly financialStatus: string;
  readonly fulfillmentStatus: string;
  readonly customAttributes: readonly AttributeRecord[];
  readonly metafields: readonly {
    readonly namespace: string;
    readonly key: string;
    readonly value: string;
  }[];
  /** What of the payments was not paid back yet, in the currency the buyer sees. */
  readonly refundable: string;
  readonly gateway: string | null;
  readonly lines: readonly {
    readonly id: string;
    readonly title: string;
    readonly sku: string | null;
    readonly quantity: number;
    readonly currentQuantity: number;
    /** Units that are still to be sent. */
    readonly unsent: number;
    readonly unitPrice: string;
    readonly variantId: string | null;
    readonly properties: readonly AttributeRecord[];
  }[];
  readonly shippingLines: readonly { readonly title: string; readonly price: string }[];
  readonly fulfillmentOrders: readonly ListedFulfillmentOrder[];
  /** Lines of the address, from the name to the country. */
  readonly shippingAddress: readonly string[];
  readonly createdAt: number;
  readonly processedAt: number;
  readonly cancelledAt: number | null;
  /** Why it was cancelled, in Shopify's words. */
  readonly cancelReason: string | null;
  /** The oldest refund first. */
  readonly refunds: readonly {
    readonly amount: string;
    readonly note: string | null;
    readonly gateways: readonly string[];
  }[];
  readonly closedAt: number | null;
}

/** A variant as the pretend admin lists it. */
export interface ListedVariant {
  readonly id: string;
  readonly sku: string;
  readonly title: string;
  readonly price: string;
  readonly tracked: boolean;
  readonly inventory: number;
}

function addressLines(order: OrderRecord): string[] {
  const one = order.shippingAddress;
  if (!one) return [];
  const place = [one.zip, one.city, one.provinceCode].filter(Boolean).join(' ');
  return [fullName(one), one.company, one.address1, one.address2, place, one.countryCode, one.phone].filter(
    (line): line is string => line !== null && line !== '',
  );
}

function listed(shop: ShopState, order: OrderRecord): ListedOrder {
  const { totals } = order;
  const nothing = zeroBag(order.currency, order.presentmentCurrency);
  return {
    id: gid('Order', order.id),
    name: order.name,
    sourceName: order.sourceName,
    sourceIdentifier: order.sourceIdentifier,
    sourceUrl: order.sourceUrl,
    tags: order.tags,
    note: order.note,
    currency: order.currency,
    presentmentCurrency: order.presentmentCurrency,
    subtotal: toDecimal(totals.subtotal.shop),
    shipping: toDecimal(totals.shipping.shop),
    tax: toDecimal(totals.tax.shop),
    total: toDecimal(totals.total.shop),
    financialStatus: order.financialStatus,
    fulfillmentStatus: fulfillmentStatus(order),
    customAttributes: order.customAttributes,
    metafields: order.metafields.map(({ namespace, key, value }) => ({ namespace, key, value })),
    refundable: toDecimal(netPayment(order).presentment),
    gateway: payments(order)[0]?.gateway ?? null,
    lines: order.lines.map((line) => ({
      id: gid('LineItem', line.id),
      title: line.title,
      sku: line.sku,
      quantity: line.quantity,
      currentQuantity: line.currentQuantity,
      unsent: unsentUnits(line, order),
      unitPrice: toDecimal(line.price.shop),
      variantId: line.variantId === null ? null : gid('ProductVariant', line.variantId),
      properties: line.properties,
    })),
    shippingLines: order.shippingLines.map((line) => ({
      title: line.title,
      price: toDecimal(line.price.shop),
    })),
    fulfillmentOrders: listedFulfillment(shop, order),
    shippingAddress: addressLines(order),
    createdAt: order.createdAt,
    processedAt: order.processedAt,
    cancelledAt: order.cancelledAt,
    cancelReason: order.cancelReason,
    refunds: order.refunds.map(({ transactions, note }) => ({
      amount: toDecimal(transactions.map((one) => one.amount).reduce(addBags, nothing).presentment),
      note,
      gateways: transactions.flatMap((one) => one.gateway ?? []),
    })),
    closedAt: order.closedAt,
  };
}

/** The newest orders first, straight from the shop (no search, no lag). */
export function listOrders(shop: ShopState, limit: number): ListedOrder[] {
  return [...shop.orders.values()]
    .slice(-limit)
    .reverse()
    .map((order) => listed(shop, order));
}

/** A variant in the admin's list. */
export function listedVariant(one: VariantRecord): ListedVariant {
  return {
    id: gid('ProductVariant', one.id),
    sku: one.sku,
    title: one.title,
    price: one.price,
    tracked: one.tracked,
    inventory: one.inventory,
  };
}
