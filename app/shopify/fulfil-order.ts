import { z } from 'zod';
import type { CommandArgs } from '../domain/command.ts';
import { ok, type Result } from '../domain/failure.ts';
import type { AdminClient } from './client.ts';
import type { WrittenJob } from './cancel-order.ts';
import { sortWrite, userErrors } from './write-answer.ts';

const operation = {
  query: `mutation FulfilOrder($fulfillment: FulfillmentInput!) {
    fulfillmentCreate(fulfillment: $fulfillment) { fulfillment { id } userErrors { field message } }
  }`,
  answer: z.object({
    fulfillmentCreate: z.object({ fulfillment: z.object({ id: z.string() }).nullable(), userErrors }),
  }),
};

/**
 * Shows one parcel in Shopify and writes to nobody. It is one call: all of `work` lies at one location of one order, or
 * Shopify refuses it; the answer's `job` is the fulfilment's id. The same again would be a second parcel: after a lost answer look first.
 */
export async function fulfilOrder(
  client: AdminClient,
  { tracking, company, work }: CommandArgs['fulfil_shopify'],
  mayStill: () => boolean,
): Promise<Result<WrittenJob>> {
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
  const written = sortWrite(result, ({ fulfillmentCreate }) => fulfillmentCreate.userErrors);
  if (!written.ok) return written;
  if (written.value.kind === 'refused') return ok(written.value);
  return ok({
    kind: 'done',
    job: result.ok ? (result.value.fulfillmentCreate.fulfillment?.id ?? null) : null,
  });
}
