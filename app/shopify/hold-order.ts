import { z } from 'zod';
import type { HeldPart, HoldHandle } from '../domain/command.ts';
import type { Result } from '../domain/failure.ts';
import type { AdminClient } from './client.ts';
import { sortWrite, userErrors, type Written } from './write-answer.ts';

const operation = {
  query: `mutation HoldOrder($id: ID!, $hold: FulfillmentOrderHoldInput!) {
    fulfillmentOrderHold(id: $id, fulfillmentHold: $hold) { userErrors { code field message } }
  }`,
  answer: z.object({ fulfillmentOrderHold: z.object({ userErrors }) }),
};

/** What staff read on the hold. */
const notes: Record<HoldHandle, string> = {
  'concord-request': 'The Amazon buyer asked to cancel. Do not ship.',
  'concord-cancelling': 'This order is being cancelled on Amazon. Do not ship.',
};

/**
 * Holds a fulfilment order, or splits off and holds parts of it, under one of the app's own handles: a second hold with it is
 * refused, so that repeating is harmless.
 */
export async function holdOrder(
  client: AdminClient,
  fulfillmentOrder: string,
  parts: readonly HeldPart[] | null,
  handle: HoldHandle,
  mayStill: () => boolean,
): Promise<Result<Written>> {
  const hold = {
    reason: 'OTHER',
    reasonNotes: notes[handle],
    handle,
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
