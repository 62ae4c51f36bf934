import type { Bag } from './money-bag.ts';
import type { TransactionRecord } from './records.ts';

/** What happens to the stock of refunded units. */
export type RestockType = 'NO_RESTOCK' | 'CANCEL' | 'RETURN';

/** Units of an order line that were refunded. */
interface RefundLineRecord {
  readonly id: bigint;
  readonly lineId: bigint;
  readonly quantity: number;
  readonly restockType: RestockType;
  /** Where they were put back; null: nowhere. */
  readonly locationId: bigint | null;
  readonly subtotal: Bag;
  readonly tax: Bag;
}

/** Shipping that was refunded. */
interface RefundShippingRecord {
  readonly id: bigint;
  readonly shippingLineId: bigint;
  readonly subtotal: Bag;
  readonly tax: Bag;
}

/** What was refunded above (negative) or below (positive) the price of what it was for. */
interface AdjustmentRecord {
  readonly id: bigint;
  /** `OrderAdjustmentDiscrepancyReason`. */
  readonly reason: string;
  readonly amount: Bag;
}

/** A refund of an order. Times are milliseconds UTC of the world. */
export interface RefundRecord {
  readonly id: bigint;
  readonly note: string | null;
  readonly byStaff: boolean;
  readonly createdAt: number;
  readonly processedAt: number;
  readonly lines: readonly RefundLineRecord[];
  readonly shipping: readonly RefundShippingRecord[];
  readonly adjustments: readonly AdjustmentRecord[];
  /** They are among the order's transactions too. */
  readonly transactions: readonly TransactionRecord[];
}
