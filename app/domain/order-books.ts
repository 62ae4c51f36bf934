import type { ShopifyCancelReason } from './cancel-reason.ts';
import type { Money } from './money.ts';

/** A line of a Shopify order with its units and money; `orderItemId` is Amazon's id where this app made the line. */
export interface BookedLine {
  readonly id: string;
  readonly orderItemId: string | null;
  readonly sku: string | null;
  readonly quantity: number;
  /** What is left after edits, refunds with removal, and cancels. */
  readonly currentQuantity: number;
  /** Units that no fulfilment and no removal has taken. */
  readonly unfulfilled: number;
  /** Of one unit after discounts, without or with tax as the order says. */
  readonly unitPrice: Money;
  /** Tax of all ordered units. */
  readonly tax: Money;
}

/** What Shopify did with units that were refunded. */
type RestockType = 'NO_RESTOCK' | 'CANCEL' | 'RETURN' | 'LEGACY_RESTOCK';

/** A refund in Shopify. Times in ms UTC. */
export interface BookedRefund {
  readonly id: string;
  readonly at: number;
  /** The key of our own command that made it, from its note `concord:KEY`; null for others' refunds. */
  readonly ownKey: string | null;
  /** Successful refund transactions on the payment that stands for Amazon's. */
  readonly amount: Money;
  /** What was given as store credit instead. */
  readonly storeCredit: Money;
  /** Some of its transactions are still under way. */
  readonly pending: boolean;
  /** Goods by line: units, their money without or with tax as the order says, and the tax. */
  readonly lines: readonly {
    readonly lineItemId: string;
    readonly quantity: number;
    readonly subtotal: Money;
    readonly tax: Money;
    readonly restock: RestockType;
  }[];
  /** Shipping, without or with tax as the order says, and the tax. */
  readonly shipping: { readonly subtotal: Money; readonly tax: Money };
}

/** A parcel's number and who carries it, as Shopify has it. */
interface BookedTracking {
  readonly number: string | null;
  readonly company: string | null;
}

/** A fulfilment in Shopify. Times in ms UTC. `status` is Shopify's word. */
export interface BookedFulfillment {
  readonly id: string;
  readonly status: string;
  readonly at: number;
  readonly updatedAt: number;
  readonly tracking: readonly BookedTracking[];
  readonly lines: readonly { readonly lineItemId: string; readonly quantity: number }[];
}

/** What Shopify has on its books of one order beyond its head: money, fulfilments, cancel. No buyer data. */
export interface OrderBooks {
  readonly cancelReason: ShopifyCancelReason | null;
  /** The key of our own command that cancelled it, from its note `concord:KEY`; null where others did, or nobody. */
  readonly cancelKey: string | null;
  readonly taxesIncluded: boolean;
  readonly currency: string;
  /** The successful sale on the payment that stands for Amazon's; null where there is none (a free order, another app's). */
  readonly sale: { readonly id: string; readonly gateway: string; readonly amount: Money } | null;
  readonly lines: readonly BookedLine[];
  /** Shipping and fees as ordered, and their tax. */
  readonly shipping: { readonly price: Money; readonly tax: Money };
  readonly refunds: readonly BookedRefund[];
  readonly fulfillments: readonly BookedFulfillment[];
  /** The location that restocked units go to, where one is known. */
  readonly locationId: string | null;
}

/** How a cancel that Shopify took came out: its work is done a while after its answer. */
export interface CancelJob {
  readonly done: boolean;
  /** Shopify's words where it failed. */
  readonly error: string | null;
}
