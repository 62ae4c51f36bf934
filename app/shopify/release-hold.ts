import { z } from 'zod';
import type { Result } from '../domain/failure.ts';
import type { AdminClient } from './client.ts';
import { sortWrite, userErrors, type Written } from './write-answer.ts';

const operation = {
  query: `mutation ReleaseHold($id: ID!, $holds: [ID!]) {
    fulfillmentOrderReleaseHold(id: $id, holdIds: $holds) { userErrors { code field message } }
  }`,
  answer: z.object({ fulfillmentOrderReleaseHold: z.object({ userErrors }) }),
};

/** Releases one hold. It is named always: without a name Shopify releases everybody's. */
export async function releaseHold(
  client: AdminClient,
  fulfillmentOrder: string,
  hold: string,
  mayStill: () => boolean,
): Promise<Result<Written>> {
  const result = await client.run(operation, { id: fulfillmentOrder, holds: [hold] }, mayStill);
  return sortWrite(result, (data) => data.fulfillmentOrderReleaseHold.userErrors);
}
