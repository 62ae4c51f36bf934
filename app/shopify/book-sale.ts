import { z } from 'zod';
import type { OrderBooks } from '../domain/order-books.ts';
import { presentment, presentmentFields } from './presentment.ts';

/** The gateway under which this app enters Amazon's payment. */
const amazonGateway = 'amazon';
/** The gateway of what is given as store credit. */
export const storeCreditGateway = 'shopify_store_credit';
/** Gateways that Shopify itself pays through: none of them stands for a payment made on Amazon. */
const ofShopify: readonly string[] = [storeCreditGateway, 'gift_card', 'shopify_payments'];

/** What is asked of a transaction. */
export const transactionFields = `id kind status gateway amountSet { ${presentmentFields} }`;

/** A transaction of an order or a refund. */
export const transaction = z.object({
  id: z.string(),
  kind: z.string(),
  status: z.string(),
  gateway: z.string().nullable(),
  amountSet: presentment,
});
export type Transaction = z.infer<typeof transaction>;

/**
 * The payment that stands for Amazon's: the successful sale on our own gateway, else the only one of another app. Null where
 * there is none, or where it cannot be told which.
 */
export function saleOf(transactions: readonly Transaction[]): OrderBooks['sale'] {
  const paid = transactions.filter(
    ({ kind, status, gateway }) =>
      (kind === 'SALE' || kind === 'CAPTURE') && status === 'SUCCESS' && !ofShopify.includes(gateway ?? ''),
  );
  const [own] = paid.filter(({ gateway }) => gateway === amazonGateway);
  const sale = own ?? (paid.length === 1 ? paid[0] : undefined);
  if (!sale || sale.gateway === null) return null;
  return { id: sale.id, gateway: sale.gateway, amount: sale.amountSet };
}
