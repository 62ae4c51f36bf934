import { z } from 'zod';
import type { AmazonOrder } from '../domain/amazon-order.ts';
import type { CommandArgs } from '../domain/command.ts';
import { carriedParts } from '../domain/carried.ts';
import { attributeNames, attributesOf, draftAttributes } from '../domain/draft-words.ts';
import { fail, type Result } from '../domain/failure.ts';
import type { ShopifyOrderId } from '../domain/ids.ts';
import type { Dispensable } from '../domain/leave-out.ts';
import { addressInput } from './address-input.ts';
import type { AdminClient } from './client.ts';
import { sortWrite, userErrors, type Written } from './write-answer.ts';

interface Attribute {
  readonly key: string;
  readonly value: string;
}

/** Shopify shows an empty value as none, and takes none. */
const attribute = z
  .object({ key: z.string(), value: z.string().nullable() })
  .transform(({ key, value }): Attribute => ({ key, value: value ?? '' }));

const attributes = {
  query: `query ReadAttributes($id: ID!) { order(id: $id) { customAttributes { key value } } }`,
  answer: z.object({
    order: z.object({ customAttributes: z.array(attribute) }).nullable(),
  }),
};

const operation = {
  query: `mutation UpdateOrder($input: OrderInput!) { orderUpdate(input: $input) { userErrors { field message } } }`,
  answer: z.object({ orderUpdate: z.object({ userErrors }) }),
};

/** Given as nothing, so that nothing of the old address stays beside the new one. */
const blank = {
  firstName: null,
  lastName: null,
  company: null,
  address1: null,
  address2: null,
  city: null,
  zip: null,
  phone: null,
};

type Args = CommandArgs['update_order'];

/**
 * Ours anew, and as it is what staff or other apps put there, or what Amazon did not give this time: Shopify takes the list as
 * a whole.
 */
function merged(order: AmazonOrder, carried: Args['carried'], there: readonly Attribute[]): Attribute[] {
  const unknown: readonly string[] = carriedParts.flatMap((part) =>
    carried[part] === null ? attributesOf[part] : [],
  );
  const ours = draftAttributes(order).flatMap(([key, value]) =>
    unknown.includes(key) ? [] : [{ key, value }],
  );
  return [...ours, ...there.filter(({ key }) => !attributeNames.includes(key) || unknown.includes(key))];
}

/**
 * Writes parts of an order anew, as `order` shows them; the attributes go along always, since the delivery instructions
 * are among them. The same again changes nothing.
 */
export async function updateOrder(
  client: AdminClient,
  id: ShopifyOrderId,
  order: AmazonOrder,
  { parts, without, carried }: Args,
  mayStill: () => boolean,
): Promise<Result<Written>> {
  const keep = (name: Dispensable) => !without.includes(name);
  const read = await client.run(attributes, { id });
  // Nothing was written yet, however the reading failed.
  if (!read.ok)
    return read.failure.kind === 'unsure' || read.failure.kind === 'final'
      ? fail({ ...read.failure, kind: 'retry', at: null })
      : read;
  const there = read.value.order?.customAttributes ?? [];
  const to = parts.includes('address') ? order.recipient : null;
  const input = {
    id,
    ...(to ? { shippingAddress: { ...blank, ...addressInput(to, keep) } } : {}),
    ...(keep('attributes') ? { customAttributes: merged(order, carried, there) } : {}),
  };
  const result = await client.run(operation, { input }, mayStill);
  return sortWrite(result, ({ orderUpdate }) => orderUpdate.userErrors);
}
