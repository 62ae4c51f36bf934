import type { FulfillmentOrderRecord, FulfillmentRecord } from './fulfillment-records.ts';
import type { Bag } from './money-bag.ts';
import type { RefundRecord } from './refund-records.ts';

/** A tax line of an order, a line or a shipping line. */
export interface TaxRecord {
  readonly title: string;
  readonly rate: string;
  readonly price: Bag;
  /** Null: unknown. */
  readonly channelLiable: boolean | null;
}

/** A name with a value, as merchants see it under an order or a line. */
export interface AttributeRecord {
  readonly key: string;
  readonly value: string;
}

/** One line of an order. */
export interface LineRecord {
  readonly id: bigint;
  readonly variantId: bigint | null;
  readonly productId: bigint | null;
  readonly sku: string | null;
  readonly title: string;
  readonly variantTitle: string | null;
  readonly vendor: string | null;
  readonly quantity: number;
  currentQuantity: number;
  fulfilledQuantity: number;
  /** Refunded units that were sent, or go out all the same. */
  refundedSent: number;
  /** Units that were taken from stock when the order was made. */
  claimed: number;
  readonly price: Bag;
  readonly taxLines: readonly TaxRecord[];
  readonly taxable: boolean;
  readonly requiresShipping: boolean;
  readonly giftCard: boolean;
  readonly properties: readonly AttributeRecord[];
}

/** One shipping line of an order. */
export interface ShippingRecord {
  readonly id: bigint;
  readonly title: string;
  readonly code: string | null;
  readonly source: string | null;
  readonly price: Bag;
  readonly taxLines: readonly TaxRecord[];
}

/** One payment transaction of an order. */
export interface TransactionRecord {
  readonly id: bigint;
  /** The payment that a refund or a void is of; null: of none. */
  readonly parentId: bigint | null;
  readonly kind: string;
  readonly status: string;
  readonly gateway: string | null;
  readonly amount: Bag;
  readonly authorizationCode: string | null;
  readonly receipt: unknown;
  readonly test: boolean;
  readonly createdAt: number;
  readonly processedAt: number;
}

/** A postal address, as it was given. */
export interface AddressRecord {
  readonly id: bigint;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly company: string | null;
  readonly address1: string | null;
  readonly address2: string | null;
  readonly city: string | null;
  readonly province: string | null;
  readonly provinceCode: string | null;
  /** The country's name where only that was given. */
  readonly country: string | null;
  readonly countryCode: string | null;
  readonly zip: string | null;
  readonly phone: string | null;
}

/** A metafield; the namespace is the full one (`app--1`), never `$app`. */
export interface MetafieldRecord {
  readonly id: bigint;
  readonly namespace: string;
  readonly key: string;
  readonly type: string;
  readonly value: string;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** The money of an order. */
export interface TotalsRecord {
  readonly subtotal: Bag;
  readonly shipping: Bag;
  readonly tax: Bag;
  readonly total: Bag;
}

/** An order. Times are milliseconds UTC of the world. */
export interface OrderRecord {
  readonly id: bigint;
  readonly number: number;
  readonly name: string;
  readonly currency: string;
  readonly presentmentCurrency: string;
  readonly taxesIncluded: boolean;
  readonly test: boolean;
  readonly sourceName: string;
  readonly sourceIdentifier: string | null;
  readonly sourceUrl: string | null;
  readonly byStaff: boolean;
  readonly createdAt: number;
  readonly processedAt: number;
  updatedAt: number;
  closedAt: number | null;
  cancelledAt: number | null;
  cancelReason: string | null;
  /** What staff wrote when they cancelled it. */
  cancelNote: string | null;
  financialStatus: string;
  /** An edit replaces them; one that was taken out stays, with none of it left. */
  lines: readonly LineRecord[];
  edited: boolean;
  readonly shippingLines: readonly ShippingRecord[];
  readonly orderTaxLines: readonly TaxRecord[];
  transactions: readonly TransactionRecord[];
  refunds: readonly RefundRecord[];
  fulfillments: readonly FulfillmentRecord[];
  /** None until the order was routed to its locations. */
  fulfillmentOrders: readonly FulfillmentOrderRecord[];
  /** As the order was made. */
  readonly totals: TotalsRecord;
  shippingAddress: AddressRecord | null;
  readonly billingAddress: AddressRecord | null;
  email: string | null;
  phone: string | null;
  note: string | null;
  poNumber: string | null;
  tags: readonly string[];
  customAttributes: readonly AttributeRecord[];
  metafields: readonly MetafieldRecord[];
}

/** A product variant; every variant of the sandbox has a product of its own. */
export interface VariantRecord {
  readonly id: bigint;
  readonly productId: bigint;
  readonly inventoryItemId: bigint;
  readonly sku: string;
  readonly barcode: string | null;
  readonly title: string;
  /** A plain decimal in the shop's currency. */
  readonly price: string;
  readonly tracked: boolean;
  inventory: number;
  /** Where its stock lies; orders are routed there. */
  readonly locationId: bigint;
  readonly createdAt: number;
}

/** A place where stock lies. */
export interface LocationRecord {
  readonly id: bigint;
  readonly name: string;
  readonly countryCode: string;
  /** True: a third party runs it and is asked to send what is there. */
  readonly fulfillmentService: boolean;
}
