import type { AmazonMove } from './amazon-move.ts';
import type { AmazonOrder } from './amazon-order.ts';
import type { Command } from './command.ts';

/** A refund in Shopify as the ledger keeps it, in minor units of the order's currency there. Times in ms UTC. */
export interface KeptRefund {
  readonly id: string;
  readonly at: number;
  /** The key of our own command that made it; null for others' refunds. */
  readonly key: string | null;
  /** What went back on the payment that stands for Amazon's. */
  readonly amount: number;
  /** Its goods by Amazon's line, tax included; null where the line was not made by this app. */
  readonly lines: readonly { readonly item: string | null; readonly amount: number }[];
}

/** Shopify's money of an order, as it was last seen. No buyer data. */
export interface ShopifyMoney {
  readonly currency: string;
  /** As ordered, before refunds. */
  readonly total: number;
  readonly cancelledAt: number | null;
  readonly refunds: readonly KeptRefund[];
}

/** What Amazon kept of a sale or gave back with a refund, as its finances show it: below zero is the seller's loss. */
interface FeePosting {
  readonly transactionId: string;
  readonly postedAt: number;
  readonly currency: string;
  readonly fees: number;
  /** Tax that the marketplace keeps for the state. */
  readonly withheld: number;
}

/** What a row of a settlement is: the buyer's money, Amazon's fee, tax it keeps, or none of them. */
export type SettledAs = 'buyer' | 'fee' | 'withheld' | 'other';

/** A row of a settlement that names the order; minor units of its own currency. */
export interface SettledRow {
  readonly settlementId: string;
  readonly line: number;
  /** Order, Refund, Chargeback Refund and the like: whether the row belongs to a sale. */
  readonly sale: boolean;
  readonly as: SettledAs;
  readonly currency: string;
  readonly amount: number;
  readonly postedAt: number | null;
  /** Amazon's line; null: the file does not name it. */
  readonly orderItemId: string | null;
  readonly adjustmentId: string | null;
  /** The number that our own refund gave it. */
  readonly ownAdjustmentId: string | null;
}

/** What a returns report says was refunded. */
interface ReportedReturn {
  readonly amount: number;
  readonly currency: string;
  readonly at: number;
}

/** All that is known of the money of one order. */
export interface LedgerFacts {
  readonly order: AmazonOrder;
  /** Amazon's total as it was last told above zero: a cancelled order often has none. Minor units. */
  readonly knownTotal: number | null;
  /** All-orders reports call it cancelled though the order was not read again yet. */
  readonly reportedCancelled: boolean;
  readonly shopify: ShopifyMoney | null;
  /** It stands in Shopify, and could not be read there. */
  readonly shopifyUnread: boolean;
  readonly moves: readonly AmazonMove[];
  readonly postings: readonly FeePosting[];
  readonly commands: readonly Command[];
  readonly settled: readonly SettledRow[];
  readonly returns: readonly ReportedReturn[];
}
