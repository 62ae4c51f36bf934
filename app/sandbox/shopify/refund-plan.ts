import type { Bag } from './money-bag.ts';
import type { LineRecord, ShippingRecord, TransactionRecord } from './records.ts';
import type { RestockType } from './refund-records.ts';

/** Units to refund. */
export interface PlannedLine {
  readonly line: LineRecord;
  readonly quantity: number;
  readonly restockType: RestockType;
  /** Where they are put back; null: nowhere, or as the shop sees fit. */
  readonly locationId: bigint | null;
}

/** Shipping to refund. */
export interface PlannedShipping {
  readonly line: ShippingRecord;
  readonly subtotal: Bag;
  readonly tax: Bag;
}

/** Money to pay back. */
export interface PlannedPayment {
  readonly gateway: string | null;
  readonly amount: Bag;
  readonly parent: TransactionRecord | null;
}

/** A refund that was checked and only has to be made. */
export interface RefundPlan {
  readonly note: string | null;
  readonly processedAt: number;
  readonly lines: readonly PlannedLine[];
  readonly shipping: readonly PlannedShipping[];
  readonly payments: readonly PlannedPayment[];
  /** Why more or less is paid back than what is refunded is worth. */
  readonly discrepancyReason: string;
  /** True: nothing is left of the order's total afterwards. */
  readonly toNothing: boolean;
}
