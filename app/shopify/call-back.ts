import { z } from 'zod';
import type { Result } from '../domain/failure.ts';
import type { AdminClient } from './client.ts';
import { sortWrite, userErrors, type Written } from './write-answer.ts';

const ask = {
  query: `mutation AskBack($id: ID!) {
    fulfillmentOrderSubmitCancellationRequest(id: $id, message: "The Amazon buyer asked to cancel. Do not ship.") {
      userErrors { field message }
    }
  }`,
  answer: z.object({ fulfillmentOrderSubmitCancellationRequest: z.object({ userErrors }) }),
};

const cancel = {
  query: `mutation TakeBack($id: ID!) { fulfillmentOrderCancel(id: $id) { userErrors { field message } } }`,
  answer: z.object({ fulfillmentOrderCancel: z.object({ userErrors }) }),
};

/**
 * Takes work back from a third party: what it has not accepted is taken back at once (another fulfilment order then stands
 * for it), what it has accepted is asked back.
 */
export async function callBack(
  client: AdminClient,
  fulfillmentOrder: string,
  how: 'cancel' | 'ask',
  mayStill: () => boolean,
): Promise<Result<Written>> {
  const id = { id: fulfillmentOrder };
  return how === 'ask'
    ? sortWrite(
        await client.run(ask, id, mayStill),
        (data) => data.fulfillmentOrderSubmitCancellationRequest.userErrors,
      )
    : sortWrite(await client.run(cancel, id, mayStill), (data) => data.fulfillmentOrderCancel.userErrors);
}
