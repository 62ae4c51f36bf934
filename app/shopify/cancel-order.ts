import { z } from 'zod';
import type { CommandArgs } from '../domain/command.ts';
import { ok, type Result } from '../domain/failure.ts';
import type { ShopifyOrderId } from '../domain/ids.ts';
import type { AdminClient } from './client.ts';
import { noteOf } from './staff-note.ts';
import { sortWrite, userErrors, type Written } from './write-answer.ts';

/** A cancel that Shopify took, whose work is still to be done, or refused. `job`: what `readCancelJob` is asked with. */
export type WrittenJob =
  Exclude<Written, { kind: 'done' }> | { readonly kind: 'done'; readonly job: string | null };

const withId = z.object({ id: z.string() }).nullable();

const operation = {
  query: `mutation CancelOrder($id: ID!, $reason: OrderCancelReason!, $restock: Boolean!,
      $refund: OrderCancelRefundMethodInput, $note: String) {
    orderCancel(orderId: $id, reason: $reason, restock: $restock, refundMethod: $refund, notifyCustomer: false, staffNote: $note) {
      job { id } jobResult { id } orderCancelUserErrors { code field message }
    }
  }`,
  answer: z.object({
    orderCancel: z.object({ job: withId, jobResult: withId, orderCancelUserErrors: userErrors }),
  }),
};

/**
 * Asks Shopify to cancel an order and writes to nobody. It is irreversible and its work is done a while after the answer;
 * a cancelled order is refused, so that two of these cancel once. `key` is the command's, kept in the staff's note.
 */
export async function cancelOrder(
  client: AdminClient,
  order: ShopifyOrderId,
  { reason, restock, refund }: CommandArgs['cancel_shopify'],
  key: string,
  mayStill: () => boolean,
): Promise<Result<WrittenJob>> {
  const method = refund ? { refund: { originalPaymentMethodsRefund: true } } : {};
  const variables = { id: order, reason, restock, note: noteOf(key), ...method };
  const result = await client.run(operation, variables, mayStill);
  const written = sortWrite(result, ({ orderCancel }) => orderCancel.orderCancelUserErrors);
  if (!written.ok) return written;
  if (written.value.kind === 'refused') return ok(written.value);
  // The result tells why it failed, the job only that it ended.
  const asked = result.ok ? result.value.orderCancel : null;
  return ok({ kind: 'done', job: asked?.jobResult?.id ?? asked?.job?.id ?? null });
}
