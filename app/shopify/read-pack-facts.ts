import { z } from 'zod';
import { ok, type Result } from '../domain/failure.ts';
import type { AdminClient } from './client.ts';

const attributes = z.array(z.object({ key: z.string(), value: z.string().nullable() }));
const line = z.object({
  sku: z.string().nullable(),
  title: z.string(),
  variantTitle: z.string().nullable(),
  /** What is still to be sent. */
  unfulfilledQuantity: z.number(),
  customAttributes: attributes,
});

const answer = z.object({
  order: z
    .object({
      name: z.string(),
      shippingAddress: z.object({ formatted: z.array(z.string()) }).nullable(),
      customAttributes: attributes,
      lineItems: z.object({
        pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
        nodes: z.array(line),
      }),
    })
    .nullable(),
});

const read = {
  query: `query PackFacts($id: ID!, $after: String) {
    order(id: $id) {
      name shippingAddress { formatted(withName: true, withCompany: true) } customAttributes { key value }
      lineItems(first: 100, after: $after) {
        pageInfo { hasNextPage endCursor }
        nodes { sku title variantTitle unfulfilledQuantity customAttributes { key value } }
      }
    }
  }`,
  answer,
};

/** What somebody who packs an order has to know of it. It holds the buyer's address: it is printed, and kept nowhere. */
export interface PackFacts {
  readonly name: string;
  readonly address: readonly string[];
  readonly attributes: z.infer<typeof attributes>;
  readonly lines: readonly z.infer<typeof line>[];
}

const names = {
  query: `query OrderNames($ids: [ID!]!) { nodes(ids: $ids) { ... on Order { id name } } }`,
  answer: z.object({
    nodes: z.array(z.object({ id: z.string().optional(), name: z.string().optional() }).nullable()),
  }),
};

/** Reads how Shopify orders (their global ids) are named, by id, and nothing else of them; one that is gone is left out. */
export async function readOrderNames(
  client: AdminClient,
  ids: readonly string[],
): Promise<Result<ReadonlyMap<string, string>>> {
  const read = await client.run(names, { ids });
  if (!read.ok) return read;
  const found = read.value.nodes.flatMap((node): [string, string][] =>
    node?.id === undefined || node.name === undefined ? [] : [[node.id, node.name]],
  );
  return ok(new Map(found));
}

/** Reads it of a Shopify order (its global id), all lines; null where it is gone. */
export async function readPackFacts(client: AdminClient, id: string): Promise<Result<PackFacts | null>> {
  const lines: PackFacts['lines'][number][] = [];
  for (let after: string | null = null; ;) {
    const page: Result<z.infer<typeof answer>> = await client.run(read, { id, after });
    if (!page.ok) return page;
    const order: z.infer<typeof answer>['order'] = page.value.order;
    if (!order) return ok(null);
    lines.push(...order.lineItems.nodes);
    const { hasNextPage, endCursor }: { hasNextPage: boolean; endCursor: string | null } =
      order.lineItems.pageInfo;
    const { name, shippingAddress, customAttributes } = order;
    if (!hasNextPage || endCursor === null)
      return ok({ name, address: shippingAddress?.formatted ?? [], attributes: customAttributes, lines });
    after = endCursor;
  }
}
