import { z } from 'zod';
import type { HeldPart } from '../domain/command.ts';
import type { Result } from '../domain/failure.ts';
import { requestHoldHandle } from '../domain/request-keys.ts';
import type { AdminClient } from './client.ts';
import { sortWrite, userErrors, type Written } from './write-answer.ts';

const operation = {
  query: `mutation HoldOrder($id: ID!, $hold: FulfillmentOrderHoldInput!) {
    fulfillmentOrderHold(id: $id, fulfillmentHold: $hold) { userErrors { code field message } }
  }`,
  answer: z.object({ fulfillmentOrderHold: z.object({ userErrors }) }),
};

/**
 * Holds a fulfilment order, or splits off and holds parts of it, under the app's own handle: a second hold with it is
 * refused, so that repeating is harmless.
 */
export async function holdOrder(
  client: AdminClient,
  fulfillmentOrder: string,
  parts: readonly HeldPart[] | null,
  mayStill: () => boolean,
): Promise<Result<Written>> {
  const hold = {
    reason: 'OTHER',
    reasonNotes: 'The Amazon buyer asked to cancel. Do not ship.',
    handle: requestHoldHandle,
    notifyMerchant: false,
    ...(parts ? { fulfillmentOrderLineItems: parts } : {}),
  };
  const result = await client.run(operation, { id: fulfillmentOrder, hold }, mayStill);
  // A second hold under the handle says that the first one stands.
  return sortWrite(result, (data) => {
    const errors = data.fulfillmentOrderHold.userErrors;
    return errors[0]?.code === 'DUPLICATE_FULFILLMENT_HOLD_HANDLE' ? [] : errors;
  });
}
