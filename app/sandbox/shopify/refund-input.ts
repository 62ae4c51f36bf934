import type { RestockType } from './refund-records.ts';

/** `RefundLineItemInput`. */
export interface RefundLineInput {
  readonly lineItemId: string;
  readonly quantity: number;
  readonly restockType?: RestockType | 'LEGACY_RESTOCK' | null;
  readonly locationId?: string | null;
}

/** `OrderTransactionInput`; the amount is in the currency the buyer sees. */
export interface PaymentInput {
  readonly orderId: string;
  readonly kind: string;
  readonly gateway: string;
  readonly amount: string | number;
  readonly parentId?: string | null;
}

/** `RefundMethodInput`. */
interface MethodInput {
  readonly storeCreditRefund?: {
    readonly amount: { readonly amount: string | number; readonly currencyCode: string };
    readonly expiresAt?: string | null;
  } | null;
}

/** `RefundInput`. */
export interface RefundInput {
  readonly orderId: string;
  readonly note?: string | null;
  readonly notify?: boolean | null;
  readonly currency?: string | null;
  readonly refundLineItems?: readonly RefundLineInput[] | null;
  readonly shipping?: {
    readonly amount?: string | number | null;
    readonly fullRefund?: boolean | null;
  } | null;
  readonly refundDuties?: readonly object[] | null;
  readonly transactions?: readonly PaymentInput[] | null;
  readonly refundMethods?: readonly MethodInput[] | null;
  readonly allowOverRefunding?: boolean | null;
  readonly discrepancyReason?: 'CUSTOMER' | 'DAMAGE' | 'OTHER' | 'RESTOCK' | null;
  readonly processedAt?: string | null;
}
