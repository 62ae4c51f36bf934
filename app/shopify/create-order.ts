import { z } from 'zod';
import type { Refusal } from '../domain/command.ts';
import { fail, ok, type Failure, type Result } from '../domain/failure.ts';
import type { OrderDraft } from '../domain/order-draft.ts';
import type { ShopifyOrder } from '../domain/shopify-order.ts';
import { now } from '../lib/clock.ts';
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

type Answer = z.infer<typeof createOrderOperation.answer>['orderCreate'];

/** Trial shops take five orders a minute. */
const trialWaitMs = 20_000;

/** An input that Shopify's schema does not take: nothing was done, and its words name the field. */
function misfit(failure: Failure): Created {
  const field = /invalid value .*?(?:for |at "[$\w]+\.)([\w.[\]]+)/.exec(failure.sentence)?.[1];
  return { kind: 'refused', refusal: { field: field ?? failure.code, text: failure.sentence } };
}

function outcome({ order, userErrors }: Answer): Result<Created> {
  if (order) return ok({ kind: 'created', order });
  const [first] = userErrors;
  if (first && !first.field && /too many attempts/i.test(first.message)) {
    const sentence = 'A trial shop takes only some new orders a minute.';
    return fail({ kind: 'retry', code: 'too_many_orders', sentence, at: now() + trialWaitMs });
  }
  const field = first?.field?.join('.') ?? 'order';
  return ok({
    kind: 'refused',
    refusal: { field, text: first?.message.slice(0, 300).toWellFormed() ?? 'Shopify gave no reason.' },
  });
}

/**
 * Creates one order. It is not idempotent: after a failure of kind `unsure` look before creating again. `without` names
 * what Shopify refused before; `locationId` is where an order that was shipped already is booked.
 */
export async function createOrder(
  client: AdminClient,
  draft: OrderDraft,
  without: readonly string[],
  locationId: string | null,
  mayStill: () => boolean = () => true,
): Promise<Result<Created>> {
  const input = createOrderInput(draft, without, locationId);
  const result = await client.run(createOrderOperation, input, mayStill);
  if (result.ok) return outcome(result.value.orderCreate);
  return result.failure.kind === 'final' ? ok(misfit(result.failure)) : result;
}
