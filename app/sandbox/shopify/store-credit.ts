import type { OrderRecord } from './records.ts';

/** The gateway under which store credit stands in an order. */
export const storeCreditGateway = 'shopify_store_credit';

/** Why an order cannot be refunded as store credit; null: it can. An order with an e-mail address has a customer. */
export function storeCreditProblem(
  order: OrderRecord,
  expiresAt: string | null | undefined,
  now: number,
): 'missing-customer' | 'expired' | null {
  if (order.email === null) return 'missing-customer';
  return expiresAt != null && Date.parse(expiresAt) <= now ? 'expired' : null;
}
