import { z } from 'zod';
import { ok, type Result } from '../domain/failure.ts';
import type { BookedFulfillment } from '../domain/order-books.ts';
import type { AdminClient } from './client.ts';
import { pageFields, pageOf, wholeList, type Listed } from './whole-list.ts';

const lines: Listed<BookedFulfillment['lines'][number]> = {
  on: 'Fulfillment',
  name: 'fulfillmentLineItems',
  fields: 'quantity lineItem { id }',
  node: z
    .object({ quantity: z.number().nullable(), lineItem: z.object({ id: z.string() }) })
    .transform(({ quantity, lineItem }) => ({ lineItemId: lineItem.id, quantity: quantity ?? 0 })),
};

/** What is asked of a fulfilment, with so many of its lines at once. */
export const fulfillmentFields = (
  linesAtOnce: number,
): string => `id status createdAt updatedAt location { id }
  trackingInfo { number company } ${pageFields(lines, linesAtOnce)}`;

const time = z.string().transform((text) => Date.parse(text));

/** A fulfilment with the first of its lines. */
export const fulfillmentNode = z.object({
  id: z.string(),
  status: z.string(),
  createdAt: time,
  updatedAt: time,
  location: z.object({ id: z.string() }).nullable(),
  trackingInfo: z.array(z.object({ number: z.string().nullable(), company: z.string().nullable() })),
  fulfillmentLineItems: pageOf(lines),
});

/** The fulfilment with all of its lines. */
export async function bookedFulfillment(
  client: AdminClient,
  node: z.infer<typeof fulfillmentNode>,
): Promise<Result<BookedFulfillment>> {
  const { id, status, createdAt, updatedAt, trackingInfo } = node;
  const whole = await wholeList(client, lines, id, node.fulfillmentLineItems);
  if (!whole.ok) return whole;
  return ok({ id, status, at: createdAt, updatedAt, tracking: trackingInfo, lines: whole.value });
}
