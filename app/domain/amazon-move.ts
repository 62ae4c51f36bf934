import type { Components } from './components.ts';
import type { AmazonOrderId } from './ids.ts';

/** What kind of money went back to a buyer on Amazon's side. */
export type MoveKind = 'refund' | 'claim' | 'chargeback' | 'other';

/**
 * What Amazon kept of an order's sale, or gave back of it with a refund, as its Finances show it; below zero is the seller's
 * loss. Minor units of `currency`, `postedAt` in ms UTC.
 */
export interface AmazonPosting {
  readonly transactionId: string;
  readonly amazonOrderId: AmazonOrderId;
  readonly postedAt: number;
  readonly currency: string;
  readonly fees: number;
  /** Tax that the marketplace keeps for the state. */
  readonly withheld: number;
}

/**
 * Money that went back to a buyer, as Amazon's Finances shows it (up to 48 hours late). Amounts are positive, in minor units
 * of `currency`; `postedAt` in ms UTC. Sales are not among them. No buyer data.
 */
export interface AmazonMove {
  readonly transactionId: string;
  readonly amazonOrderId: AmazonOrderId;
  readonly kind: MoveKind;
  readonly postedAt: number;
  readonly currency: string;
  /** What went back to the buyer, without Amazon's fees. */
  readonly amount: number;
  /** By line; Finances names lines by SKU and ASIN only, so the SKU stands for it. */
  readonly items: readonly { readonly sku: string | null; readonly components: Components }[];
}
