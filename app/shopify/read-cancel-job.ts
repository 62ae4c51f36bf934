import { z } from 'zod';
import type { Result } from '../domain/failure.ts';
import type { CancelJob } from '../domain/order-books.ts';
import type { AdminClient } from './client.ts';

/** Points that reading one cancel's outcome may take. */
export const cancelJobPoints = 2;

const mostWords = 300;

/** Only the result knows whether it failed, and why: a job merely ends. */
const ofResult = {
  query: `query ReadCancelResult($id: ID!) {
    node(id: $id) { ... on OrderCancelJobResult { done status errors { message } } }
  }`,
  answer: z
    .object({
      node: z
        .object({ done: z.boolean(), status: z.string(), errors: z.array(z.object({ message: z.string() })) })
        .nullable(),
    })
    .transform(({ node }): CancelJob => {
      if (node?.status !== 'FAILED') return { done: node?.done ?? true, error: null };
      const words = node.errors[0]?.message ?? 'Shopify gave no reason.';
      return { done: true, error: words.slice(0, mostWords).toWellFormed() };
    }),
};

const ofJob = {
  query: `query ReadJob($id: ID!) { job(id: $id) { id done } }`,
  answer: z
    .object({ job: z.object({ done: z.boolean() }).nullable() })
    .transform(({ job }): CancelJob => ({ done: job?.done ?? true, error: null })),
};

/**
 * How the work of a cancel came out, by the id that `cancelOrder` gave; the caller has taken `cancelJobPoints`. One that
 * Shopify no longer knows counts as done: the order itself tells then, as it does where only the job's id is known.
 */
export async function readCancelJob(client: AdminClient, id: string): Promise<Result<CancelJob>> {
  const byJob = id.startsWith('gid://shopify/Job/');
  return client.run({ ...(byJob ? ofJob : ofResult), taken: cancelJobPoints }, { id });
}
