/** What a settlement says of itself in its first row. Times in ms UTC, money in minor units of its currency. */
export interface SettlementHead {
  readonly settlementId: string;
  readonly currency: string;
  readonly startsAt: number | null;
  readonly endsAt: number | null;
  readonly depositedAt: number | null;
  readonly total: number | null;
}

/** A row of a settlement with an amount; what it does not name is empty. */
export interface SettlementLine {
  readonly settlementId: string;
  readonly line: number;
  readonly type: string;
  readonly amazonOrderId: string;
  readonly orderItemId: string;
  readonly adjustmentId: string;
  readonly ownAdjustmentId: string;
  readonly marketplaceName: string;
  readonly amountType: string;
  readonly description: string;
  readonly amount: number;
  readonly postedAt: number | null;
  readonly sku: string;
}

/** A line of an order as an all-orders report tells it. Nothing of the buyer is read. */
export interface AllOrdersLine {
  readonly amazonOrderId: string;
  /** The report has no id of a line: what it is made of tells it, so that a line that stands twice is one. */
  readonly lineKey: string;
  readonly status: string;
  readonly itemStatus: string;
  readonly sku: string;
  readonly quantity: number;
  readonly currency: string;
  /** All that the buyer pays for it, in minor units; null where the report does not say. */
  readonly amount: number | null;
  /** ms UTC. */
  readonly updatedAt: number;
}

/** A return as a returns report tells it. Nothing of the buyer is read, nor where the parcel is. */
export interface ReturnLine {
  readonly amazonOrderId: string;
  readonly lineKey: string;
  readonly sku: string;
  readonly quantity: number;
  /** ms UTC. */
  readonly returnedAt: number | null;
  readonly status: string;
  readonly currency: string;
  /** Minor units; null where nothing is said of a refund. */
  readonly refunded: number | null;
}
