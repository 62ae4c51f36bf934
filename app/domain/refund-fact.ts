import type { BookedRefund } from './order-books.ts';

/** The number of a refund in Shopify. */
export function refundNo({ id }: Pick<BookedRefund, 'id'>): string {
  return id.split('/').at(-1) ?? id;
}

/** The fact that a refund in Shopify is. */
export function refundFact(refund: Pick<BookedRefund, 'id'>): string {
  return `refund:${refundNo(refund)}`;
}
