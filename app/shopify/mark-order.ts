import { z } from 'zod';
import type { Result } from '../domain/failure.ts';
import type { ShopifyOrderId } from '../domain/ids.ts';
import { requestTag, type RequestMark } from '../domain/request-mark.ts';
import type { AdminClient } from './client.ts';
import { sortWrite, userErrors, type Written } from './write-answer.ts';

const answered = z.object({ userErrors });

const operation = (tags: 'tagsAdd' | 'tagsRemove') => ({
  query: `mutation MarkOrder($id: ID!, $tags: [String!]!, $mark: [MetafieldsSetInput!]!) {
    tags: ${tags}(id: $id, tags: $tags) { userErrors { field message } }
    mark: metafieldsSet(metafields: $mark) { userErrors { code field message } }
  }`,
  answer: z.object({ tags: answered, mark: answered }),
});

/** Shows a request on its order: the tag, and all of it as our metafield. The same again changes nothing. */
export async function markOrder(
  client: AdminClient,
  order: ShopifyOrderId,
  mark: RequestMark,
  mayStill: () => boolean,
): Promise<Result<Written>> {
  const metafield = { ownerId: order, key: 'cancel_request', type: 'json', value: mark.value };
  const variables = { id: order, tags: [requestTag], mark: [metafield] };
  const result = await client.run(operation(mark.tagged ? 'tagsAdd' : 'tagsRemove'), variables, mayStill);
  return sortWrite(result, ({ tags, mark: set }) => [...tags.userErrors, ...set.userErrors]);
}
