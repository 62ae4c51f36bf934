import { z } from 'zod';
import { ok, type Result } from '../domain/failure.ts';
import { sum } from '../domain/money.ts';
import type { BookedRefund, OrderBooks } from '../domain/order-books.ts';
import { storeCreditGateway, transaction, transactionFields, type Transaction } from './book-sale.ts';
import type { AdminClient } from './client.ts';
import { presentment, presentmentFields } from './presentment.ts';
import { keyInNote } from './staff-note.ts';
import { pageFields, pageOf, wholeList, type Listed } from './whole-list.ts';

const lines: Listed<BookedRefund['lines'][number]> = {
  on: 'Refund',
  name: 'refundLineItems',
  fields: `quantity restockType lineItem { id }
    subtotalSet { ${presentmentFields} } totalTaxSet { ${presentmentFields} }`,
  node: z
    .object({
      quantity: z.number(),
      restockType: z.enum(['NO_RESTOCK', 'CANCEL', 'RETURN', 'LEGACY_RESTOCK']),
      lineItem: z.object({ id: z.string() }),
      subtotalSet: presentment,
      totalTaxSet: presentment,
    })
    .transform(({ quantity, restockType, lineItem, subtotalSet, totalTaxSet }) => ({
      lineItemId: lineItem.id,
      quantity,
      subtotal: subtotalSet,
      tax: totalTaxSet,
      restock: restockType,
    })),
};

const shipping: Listed<BookedRefund['shipping']> = {
  on: 'Refund',
  name: 'refundShippingLines',
  fields: `subtotalAmountSet { ${presentmentFields} } taxAmountSet { ${presentmentFields} }`,
  node: z
    .object({ subtotalAmountSet: presentment, taxAmountSet: presentment })
    .transform(({ subtotalAmountSet, taxAmountSet }) => ({ subtotal: subtotalAmountSet, tax: taxAmountSet })),
};

const transactions: Listed<Transaction> = {
  on: 'Refund',
  name: 'transactions',
  fields: transactionFields,
  node: transaction,
};

/** What is asked of a refund, with so many of its lines at once. */
export const refundFields = (linesAtOnce: number): string => `id createdAt note
  ${pageFields(lines, linesAtOnce)} ${pageFields(shipping, 2)} ${pageFields(transactions, 3)}`;

/** A refund with the first of its lines. Of its note only our own key is kept. */
export const refundNode = z.object({
  id: z.string(),
  createdAt: z.string().transform((text) => Date.parse(text)),
  note: z.string().nullable().transform(keyInNote),
  refundLineItems: pageOf(lines),
  refundShippingLines: pageOf(shipping),
  transactions: pageOf(transactions),
});

/** Not yet known how they end. */
const underWay: readonly string[] = ['PENDING', 'AWAITING_RESPONSE', 'UNKNOWN'];

/** The refund with all of its lines. `gateway`: that of the payment that stands for Amazon's. */
export async function bookedRefund(
  client: AdminClient,
  node: z.infer<typeof refundNode>,
  { currency, sale }: Pick<OrderBooks, 'currency' | 'sale'>,
): Promise<Result<BookedRefund>> {
  const { id } = node;
  const units = await wholeList(client, lines, id, node.refundLineItems);
  if (!units.ok) return units;
  const postage = await wholeList(client, shipping, id, node.refundShippingLines);
  if (!postage.ok) return postage;
  const money = await wholeList(client, transactions, id, node.transactions);
  if (!money.ok) return money;
  const refunded = money.value.filter(({ kind }) => kind === 'REFUND');
  const on = (gateway: string | undefined) =>
    sum(
      currency,
      refunded
        .filter((one) => one.status === 'SUCCESS' && one.gateway === gateway)
        .map((one) => one.amountSet),
    );
  return ok({
    id,
    at: node.createdAt,
    ownKey: node.note,
    amount: on(sale?.gateway),
    storeCredit: on(storeCreditGateway),
    pending: refunded.some(({ status }) => underWay.includes(status)),
    lines: units.value,
    shipping: {
      subtotal: sum(
        currency,
        postage.value.map(({ subtotal }) => subtotal),
      ),
      tax: sum(
        currency,
        postage.value.map(({ tax }) => tax),
      ),
    },
  });
}
