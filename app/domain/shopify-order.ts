import type { AmazonOrderId, ShopifyOrderId, ShopifyVariantId } from './ids.ts';
import type { Money } from './money.ts';

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
}

/**
 * What a look at Shopify for one Amazon order gave. `startedAt` is our clock's time before the request. `linked`: the
 * order we are linked to, null where Shopify does not show it. `found`: what both look-ups (id metafield and source
 * identifier) found, asked where the link is missing or not yet certain.
 */
export type ShopifyReading =
  | {
      readonly kind: 'read';
      readonly startedAt: number;
      readonly linked: ShopifyOrder | null;
      readonly found: readonly ShopifyOrder[] | null;
    }
  | {
      readonly kind: 'unreadable';
      readonly why: string;
      readonly at: number | null;
      readonly final: boolean;
    };

/** Which variant an SKU means in this shop. `candidates` counts variants with exactly this SKU. */
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
}

/** Facts of the shop that decisions need. */
export interface ShopFacts {
  readonly currencies: readonly string[];
  readonly readsAllOrders: boolean;
}
