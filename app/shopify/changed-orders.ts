import { z } from 'zod';
import { ok, type Result } from '../domain/failure.ts';
import type { AdminClient } from './client.ts';

/** Orders on a page, and what a page may cost. */
export const changesPerPage = 100;

const changedOrdersQuery = {
  query: `query ChangedOrders($search: String!, $after: String) {
    orders(first: ${changesPerPage}, after: $after, sortKey: UPDATED_AT, query: $search) {
      nodes { id updatedAt }
      pageInfo { hasNextPage endCursor }
    }
  }`,
  answer: z.object({
    orders: z.object({
      nodes: z.array(z.object({ id: z.string(), updatedAt: z.string() })),
      pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
    }),
  }),
};

/** Where to go on listing: from a time on (ms UTC), behind a page's end. */
export interface ChangesFrom {
  readonly since: number;
  readonly after: string | null;
}

/** A page of a shop's changed orders, the longest unchanged first. */
export interface ChangedOrders {
  /** Global ids, and when Shopify says each changed: ms UTC, the start of that second. */
  readonly orders: readonly { readonly id: string; readonly updatedAt: number }[];
  readonly next: ChangesFrom | null;
}

/**
 * A page of the orders that changed in a shop since a time, whoever made them; `changesPerPage` points were taken for it.
 * Shopify's search may know a change some minutes late.
 */
export async function changedOrders(client: AdminClient, from: ChangesFrom): Promise<Result<ChangedOrders>> {
  const result = await client.run(
    { ...changedOrdersQuery, taken: changesPerPage },
    {
      search: `updated_at:>='${new Date(from.since).toISOString()}'`,
      after: from.after,
    },
  );
  if (!result.ok) return result;
  const { nodes, pageInfo } = result.value.orders;
  return ok({
    orders: nodes.map(({ id, updatedAt }) => ({ id, updatedAt: Date.parse(updatedAt) })),
    next: pageInfo.hasNextPage ? { since: from.since, after: pageInfo.endCursor } : null,
  });
}
