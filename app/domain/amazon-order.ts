import type { AmazonOrderId, AmazonOrderItemId } from './ids.ts';
import type { Money } from './money.ts';

/** Amazon's fulfilment status; `unknown` for a value that is not in Amazon's published list, or was not given. */
export type AmazonStatus =
  | 'pending_availability'
  | 'pending'
  | 'unshipped'
  | 'partially_shipped'
  | 'shipped'
  | 'cancelled'
  | 'unfulfillable'
  | 'unknown';

/** `none` only where Amazon gave its cancellation data and it held no request; else `unknown`. */
export type RequestReading =
  | { readonly state: 'asked'; readonly reason: string | null }
  | { readonly state: 'none' }
  | { readonly state: 'unknown' };

/** Money of one line by what it is for, in minor units. Discounts are positive amounts taken off. */
export interface LineProceeds {
  readonly item: Money;
  readonly shipping: Money;
  readonly giftWrap: Money;
  readonly codFee: Money;
  readonly other: Money;
  readonly discount: { readonly item: Money; readonly shipping: Money; readonly giftWrap: Money };
  readonly tax: {
    readonly item: Money;
    readonly shipping: Money;
    readonly giftWrap: Money;
    readonly other: Money;
  };
  /** Amazon's own total of the line; null where it gave none. */
  readonly total: Money | null;
}

/** One line of an Amazon order. Null means Amazon did not say. */
export interface AmazonLine {
  readonly orderItemId: AmazonOrderItemId;
  readonly asin: string | null;
  readonly sku: string | null;
  readonly title: string | null;
  readonly quantityOrdered: number;
  readonly quantityFulfilled: number | null;
  readonly quantityUnfulfilled: number | null;
  readonly unitPrice: Money | null;
  readonly proceeds: LineProceeds | null;
  /** True where Amazon collects and remits the tax itself; null where the tax data was not given. */
  readonly taxByMarketplace: boolean | null;
  readonly customizationUrl: string | null;
  readonly giftMessage: string | null;
  readonly giftWrapLevel: string | null;
  readonly iossNumber: string | null;
  readonly programmes: readonly string[];
  readonly request: RequestReading;
  readonly cancelled: { readonly by: string; readonly reason: string | null } | null;
}

/** Where the parcel goes. Buyer data: never stored, never logged (IMP-10). */
export interface AmazonRecipient {
  readonly name: string | null;
  readonly company: string | null;
  readonly addressLines: readonly string[];
  readonly city: string | null;
  readonly district: string | null;
  readonly state: string | null;
  readonly postalCode: string | null;
  readonly countryCode: string | null;
  readonly phone: string | null;
  readonly deliveryInstructions: string | null;
}

/** A window of time, ISO 8601 UTC texts as Amazon gave them. */
export interface TimeWindow {
  readonly earliest: string | null;
  readonly latest: string | null;
}

/** A parcel as Amazon knows it. */
export interface AmazonPackage {
  readonly reference: string;
  readonly carrier: string | null;
  readonly trackingNumber: string | null;
  readonly shippedAt: string | null;
  /** Amazon's word, like `PENDING`; null where it gave none. */
  readonly status: string | null;
  readonly items: readonly { readonly orderItemId: AmazonOrderItemId; readonly quantity: number }[];
}

/** Something odd in what Amazon sent. The field is Amazon's path; the value never holds buyer data. */
export interface Oddity {
  readonly field: string;
  readonly what:
    | 'unknown_value'
    | 'absent'
    | 'not_a_number'
    | 'too_many_decimals'
    | 'currency_mixed'
    | 'duplicate_line'
    | 'text_cleaned';
  readonly value?: string;
}

/** Kinds of data that Amazon may refuse to give; one that is missing here is unknown, not absent. */
export type AmazonData =
  'BUYER' | 'RECIPIENT' | 'PROCEEDS' | 'PROMOTION' | 'CANCELLATION' | 'FULFILLMENT' | 'PACKAGES' | 'TAX';

/** An Amazon order as the domain sees it: parsed, branded, in minor units and UTC. */
export interface AmazonOrder {
  readonly id: AmazonOrderId;
  readonly marketplaceId: string | null;
  readonly marketplaceName: string | null;
  /** Milliseconds UTC. */
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly status: AmazonStatus;
  readonly fulfilledBy: 'merchant' | 'amazon' | 'unknown';
  readonly serviceLevel: string | null;
  readonly shipBy: TimeWindow;
  readonly deliverBy: TimeWindow;
  readonly programmes: readonly string[];
  readonly replacementFor: AmazonOrderId | null;
  readonly businessOrderNumber: string | null;
  readonly total: Money | null;
  readonly lines: readonly AmazonLine[];
  /** Which of Amazon's orders the lines' requests were read from: the old one only where the new one refused them. */
  readonly requestsFrom: 'order' | 'order_v0';
  readonly recipient: AmazonRecipient | null;
  readonly packages: readonly AmazonPackage[];
  /** The kinds of data that were given with this reading. */
  readonly given: readonly AmazonData[];
  readonly oddities: readonly Oddity[];
}
