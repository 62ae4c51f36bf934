import type { z } from 'zod';
import { fail, type Result } from '../domain/failure.ts';
import type { AdminClient } from './client.ts';

/** Points that reading one more page may need. */
const pointsPerPage = 600;

/** Reads what was not foreseen, where the shop's bucket has room for it; else a `retry` says when to begin anew. */
export async function readMore<T>(
  client: AdminClient,
  operation: { readonly query: string; readonly answer: z.ZodType<T> },
  variables: Record<string, unknown>,
): Promise<Result<T>> {
  const slot = client.throttle.take(pointsPerPage);
  if (!slot.ok) {
    const sentence = 'Shopify’s limit is reached for the moment.';
    // It starts anew, and spends what it spent again: only a full bucket lets a long order come to its end.
    return fail({ kind: 'retry', code: 'slot', sentence, at: client.throttle.when(Infinity) });
  }
  return client.run({ ...operation, taken: pointsPerPage }, variables);
}
