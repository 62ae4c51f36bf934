import { z } from 'zod';
import type { Refusal } from '../domain/command.ts';
import { ok, type Result } from '../domain/failure.ts';
import type { OrderDraft } from '../domain/order-draft.ts';
import type { ShopifyOrder } from '../domain/shopify-order.ts';
import type { AdminClient } from './client.ts';
import { createOrderInput } from './create-order-input.ts';
import { orderFields, orderNode } from './order-fields.ts';

/** Points that one `orderCreate` takes from Shopify's bucket. */
export const createOrderCost = 10;

const createOrderOperation = {
  query: `mutation CreateOrder($order: OrderCreateOrderInput!, $options: OrderCreateOptionsInput) {
    orderCreate(order: $order, options: $options) {
      order { ${orderFields} }
      userErrors { code field message }
    }
  }`,
  answer: z.object({
    orderCreate: z.object({
      order: orderNode.nullable(),
      userErrors: z.array(
        z.object({ code: z.string().nullable(), field: z.array(z.string()).nullable(), message: z.string() }),
      ),
    }),
  }),
};

/** What became of a create: the new order, or what Shopify refused and why. */
export type Created =
  | { readonly kind: 'created'; readonly order: ShopifyOrder }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/**
 * Creates one order. It is not idempotent: after a failure of kind `unsure` look before creating again. `locationId` is
 * where an order that was shipped already is booked.
 */
export async function createOrder(
  client: AdminClient,
  draft: OrderDraft,
  without: readonly string[],
  locationId: string | null,
): Promise<Result<Created>> {
  const result = await client.run(createOrderOperation, createOrderInput(draft, without, locationId));
  if (!result.ok) {
    // An input that Shopify's schema does not take: nothing was done, and its words name the field.
    if (result.failure.kind === 'final')
      return ok({ kind: 'refused', refusal: { field: result.failure.code, text: result.failure.sentence } });
    return result;
  }
  const { order, userErrors } = result.value.orderCreate;
  if (order) return ok({ kind: 'created', order });
  const first = userErrors[0];
  return ok({
    kind: 'refused',
    refusal: { field: first?.field?.join('.') ?? 'order', text: first?.message ?? 'Shopify gave no reason.' },
  });
}
