/** Arguments of `orderCancel`. */
export interface CancelArgs {
  readonly orderId: string;
  readonly reason: 'CUSTOMER' | 'DECLINED' | 'FRAUD' | 'INVENTORY' | 'OTHER' | 'STAFF';
  readonly restock: boolean;
  /** Old; `refundMethod` took its place. */
  readonly refund?: boolean | null;
  readonly refundMethod?: {
    readonly originalPaymentMethodsRefund?: boolean | null;
    readonly storeCreditRefund?: { readonly expiresAt?: string | null } | null;
  } | null;
  readonly notifyCustomer?: boolean | null;
  readonly staffNote?: string | null;
}

/** How the buyer gets the money back. */
export function methodOf(args: CancelArgs): 'original' | 'store-credit' | 'none' {
  if (args.refundMethod?.storeCreditRefund != null) return 'store-credit';
  return args.refund === true || args.refundMethod?.originalPaymentMethodsRefund === true
    ? 'original'
    : 'none';
}
