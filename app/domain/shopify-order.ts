import type { AmazonOrderId, ShopifyOrderId, ShopifyVariantId } from './ids.ts';
import type { Money } from './money.ts';
import type { CancelJob, OrderBooks } from './order-books.ts';

/** A Shopify order as the domain sees it. No buyer data. */
export interface ShopifyOrder {
  readonly id: ShopifyOrderId;
  readonly name: string;
  /** Amazon's order id in our own metafield; null where the order does not carry it. */
  readonly ownMark: string | null;
  readonly sourceIdentifier: string | null;
  readonly total: Money;
  readonly financialStatus: string | null;
  readonly fulfillmentStatus: string;
  readonly cancelledAt: number | null;
  /** Shopify's own time of its last change, ISO 8601. */
  readonly updatedAt: string;
  /** Somebody edited its lines in Shopify. */
  readonly edited: boolean;
}

/** A hold on a fulfilment order. `own`: this app put it there. */
export interface FulfillmentHold {
  readonly id: string;
  readonly handle: string;
  readonly own: boolean;
}

/** Units of one order line in a fulfilment order. */
export interface FulfillmentLine {
  readonly id: string;
  readonly lineItemId: string;
  /** Amazon's id of the line, where the order was made by this app. */
  readonly orderItemId: string | null;
  readonly sku: string | null;
  /** Units that are still to be sent. */
  readonly remaining: number;
}

/** Work that one place has to do for an order. Status, request status and actions are Shopify's words. */
export interface FulfillmentOrder {
  readonly id: string;
  readonly status: string;
  readonly requestStatus: string;
  readonly actions: readonly string[];
  readonly location: string | null;
  readonly holds: readonly FulfillmentHold[];
  readonly lines: readonly FulfillmentLine[];
}

/** What Shopify shows of a request and of the work on an order. `mark` is the text of our metafield. */
export interface Handling {
  readonly mark: string | null;
  readonly tagged: boolean;
  readonly fulfillmentOrders: readonly FulfillmentOrder[];
}

/**
 * What a look at Shopify for one Amazon order gave. `startedAt` is our clock's time before the request. `linked`: the
 * order we are linked to, null where Shopify does not show it. `found`: what carries the Amazon number, asked where the link
 * is missing or not yet certain. `unclear`: names of orders that name it among other numbers, where nothing was found.
 * `handling`: of the linked order, where a request is open or something is to be sent; else not asked for. `books`: of
 * the linked order, where anything beyond its creation happened on either side; `cancelJob`: of a cancel under way.
 */
export type ShopifyReading =
  | {
      readonly kind: 'read';
      readonly startedAt: number;
      readonly linked: ShopifyOrder | null;
      readonly found: readonly ShopifyOrder[] | null;
      readonly unclear: readonly string[];
      readonly handling: Handling | null;
      readonly books: OrderBooks | null;
      readonly cancelJob: CancelJob | null;
    }
  | {
      readonly kind: 'unreadable';
      readonly why: string;
      readonly at: number | null;
      readonly final: boolean;
    };

/** Which variant an SKU means in this shop; none, by hand: on purpose. `candidates` counts variants with exactly this SKU. */
export interface SkuMeaning {
  readonly variantId: ShopifyVariantId | null;
  readonly candidates: number;
  readonly byHand: boolean;
}

/** What an Amazon order is linked to. */
export interface Link {
  readonly amazonOrderId: AmazonOrderId;
  readonly shopifyOrderId: ShopifyOrderId | null;
  readonly shopifyName: string | null;
  /** Brought in by another app: marked and held only, until a person confirms who tells Amazon (IMP-9). */
  readonly adopted: boolean;
  /** Creating it took the shop's stock: only then is any put back (IMP-7). */
  readonly stockTaken: boolean;
}

/** Facts of the shop that decisions need. */
export interface ShopFacts {
  readonly currencies: readonly string[];
  readonly readsAllOrders: boolean;
}
