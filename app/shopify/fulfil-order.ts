import { z } from 'zod';
import type { CommandArgs } from '../domain/command.ts';
import type { Result } from '../domain/failure.ts';
import type { AdminClient } from './client.ts';
import { sortWrite, userErrors, type Written } from './write-answer.ts';

const operation = {
  query: `mutation FulfilOrder($fulfillment: FulfillmentInput!) {
    fulfillmentCreate(fulfillment: $fulfillment) { userErrors { field message } }
  }`,
  answer: z.object({ fulfillmentCreate: z.object({ userErrors }) }),
};

/**
 * Shows one parcel in Shopify and writes to nobody. It is one call: all of `work` lies at one location of one order, or
 * Shopify refuses it. The same again would be a second parcel: after a lost answer look first.
 */
export async function fulfilOrder(
  client: AdminClient,
  { tracking, company, work }: CommandArgs['fulfil_shopify'],
  mayStill: () => boolean,
): Promise<Result<Written>> {
  const trackingInfo = {
    ...(company === null ? {} : { company }),
    ...(tracking === null ? {} : { number: tracking }),
  };
  const fulfillment = {
    notifyCustomer: false,
    ...(company === null && tracking === null ? {} : { trackingInfo }),
    lineItemsByFulfillmentOrder: work.map(({ fulfillmentOrder, parts }) => ({
      fulfillmentOrderId: fulfillmentOrder,
      fulfillmentOrderLineItems: parts,
    })),
  };
  const result = await client.run(operation, { fulfillment }, mayStill);
  return sortWrite(result, ({ fulfillmentCreate }) => fulfillmentCreate.userErrors);
}
