import { z } from 'zod';
import { fail, ok, type Result } from '../domain/failure.ts';
import type { AdminClient } from './client.ts';
import { readMore } from './read-more.ts';
import { tooLong } from './whole-list.ts';

/** A list of an order that Shopify does not page: it is cut, and the rest is read by id. */
export interface Cut<T> {
  readonly type: 'Refund' | 'Fulfillment';
  readonly name: 'refunds' | 'fulfillments';
  readonly fields: string;
  readonly node: z.ZodType<T>;
  /** How many of them fit in one request. */
  readonly atOnce: number;
}

/** So many of one kind no order has. */
const most = 250;

function idsOf({ name }: Cut<unknown>) {
  return {
    query: `query ReadIds($id: ID!) { order(id: $id) { ${name}(first: ${most}) { id } } }`,
    answer: z
      .object({ order: z.object({ [name]: z.array(z.object({ id: z.string() })) }).nullable() })
      .transform(({ order }) => (order?.[name] ?? []).map(({ id }) => id)),
  };
}

function nodesOf<T>({ type, fields, node }: Cut<T>) {
  return {
    query: `query Read${type}s($ids: [ID!]!) { nodes(ids: $ids) { ... on ${type} { ${fields} } } }`,
    answer: z.object({ nodes: z.array(node.nullable()) }),
  };
}

/** All of a list: `first`, where it is shorter than what was asked for, else also those that were cut off. */
export async function restOfNodes<T extends { readonly id: string }>(
  client: AdminClient,
  cut: Cut<T>,
  order: string,
  first: readonly T[],
  asked: number,
): Promise<Result<readonly T[]>> {
  if (first.length < asked) return ok(first);
  const ids = await readMore(client, idsOf(cut), { id: order });
  if (!ids.ok) return ids;
  if (ids.value.length >= most) return fail(tooLong);
  const missing = ids.value.filter((id) => !first.some((one) => one.id === id));
  const all = [...first];
  for (let i = 0; i < missing.length; i += cut.atOnce) {
    const next = await readMore(client, nodesOf(cut), { ids: missing.slice(i, i + cut.atOnce) });
    if (!next.ok) return next;
    all.push(...next.value.nodes.flatMap((node) => (node === null ? [] : [node])));
  }
  return ok(all);
}
