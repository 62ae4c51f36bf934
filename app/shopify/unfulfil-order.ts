import { z } from 'zod';
import { ok, type Result } from '../domain/failure.ts';
import type { AdminClient } from './client.ts';
import { sortWrite, userErrors, type Written } from './write-answer.ts';

const cancel = {
  query: `mutation CancelFulfillment($id: ID!) { fulfillmentCancel(id: $id) { userErrors { field message } } }`,
  answer: z.object({ fulfillmentCancel: z.object({ userErrors }) }),
};

const look = {
  query: `query ReadFulfillmentStatus($id: ID!) { fulfillment(id: $id) { status } }`,
  answer: z.object({ fulfillment: z.object({ status: z.string() }).nullable() }),
};

/** Takes a fulfilment back. One that is cancelled already counts as done: a refusal has no code, so that it is looked up. */
export async function unfulfilOrder(
  client: AdminClient,
  fulfillment: string,
  mayStill: () => boolean,
): Promise<Result<Written>> {
  const result = await client.run(cancel, { id: fulfillment }, mayStill);
  const written = sortWrite(result, ({ fulfillmentCancel }) => fulfillmentCancel.userErrors);
  if (!written.ok || written.value.kind === 'done') return written;
  const seen = await client.run(look, { id: fulfillment });
  // Cancelling again is harmless.
  if (!seen.ok && seen.failure.kind !== 'final') return seen;
  return seen.ok && seen.value.fulfillment?.status === 'CANCELLED' ? ok({ kind: 'done' }) : written;
}
