import { z } from 'zod';
import { fail, ok, type Result } from '../domain/failure.ts';
import type { AdminClient } from './client.ts';
import { readMore } from './read-more.ts';

/** A connection of a Shopify object: which, where, and what is asked of its nodes. */
export interface Listed<T> {
  readonly on: 'Order' | 'Refund' | 'Fulfillment';
  readonly name: string;
  readonly fields: string;
  readonly node: z.ZodType<T>;
}

/** The first page of a connection; `after` where there are more. */
export interface FirstPage<T> {
  readonly nodes: readonly T[];
  readonly after: string | null;
}

const perPage = 100;
/** So many pages no order has. */
const mostPages = 50;

/** The text that asks for a page of a list. */
export function pageFields({ name, fields }: Listed<unknown>, first: number, after = ''): string {
  return `${name}(first: ${first}${after}) { pageInfo { hasNextPage endCursor } nodes { ${fields} } }`;
}

/** The answer to it. */
export function pageOf<T>({ node }: Listed<T>): z.ZodType<FirstPage<T>> {
  return z
    .object({
      nodes: z.array(node),
      pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
    })
    .transform(({ nodes, pageInfo }) => ({ nodes, after: pageInfo.hasNextPage ? pageInfo.endCursor : null }));
}

/** What an order has too much of to be read to its end. */
export const tooLong = {
  kind: 'final',
  code: 'too_long',
  sentence: 'The Shopify order is too long to be read.',
} as const;

/** All nodes of a list: those of the first page, and further pages of the object with this id. */
export async function wholeList<T>(
  client: AdminClient,
  list: Listed<T>,
  id: string,
  first: FirstPage<T>,
): Promise<Result<readonly T[]>> {
  const operation = {
    query: `query MoreOf${list.on}($id: ID!, $after: String) {
      node(id: $id) { ... on ${list.on} { ${pageFields(list, perPage, ', after: $after')} } }
    }`,
    answer: z.object({ node: z.object({ [list.name]: pageOf(list) }).nullable() }),
  };
  const all = [...first.nodes];
  let after = first.after;
  for (let pages = 0; after !== null; pages += 1) {
    if (pages === mostPages) return fail(tooLong);
    const next: Result<z.infer<typeof operation.answer>> = await readMore(client, operation, { id, after });
    if (!next.ok) return next;
    const page = next.value.node?.[list.name];
    all.push(...(page?.nodes ?? []));
    after = page?.after ?? null;
  }
  return ok(all);
}
