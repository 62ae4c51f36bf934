import { z } from 'zod';
import type { Failure } from '../domain/failure.ts';
import { now } from '../lib/clock.ts';

/** GraphQL errors beside a 200 answer. */
export const graphqlErrors = z.array(
  z.object({
    message: z.string(),
    extensions: z.object({ code: z.string().optional() }).optional(),
    path: z.array(z.union([z.string(), z.number()])).optional(),
  }),
);
export type GraphqlErrors = z.infer<typeof graphqlErrors>;

const notSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);

/** True where a failed call provably never reached Shopify's program, so that a write can be sent again at once. */
export function provablyNotDone(failure: Failure): boolean {
  return failure.kind === 'reconnect' || failure.kind === 'retry';
}

/**
 * An HTTP status that is no success. 401, 402, 403, 404 and 423 say that the shop or the grant is gone; 429 was not
 * done; after a 5xx nobody knows.
 */
export function failureOfStatus(status: number): Failure {
  const code = `http_${status}`;
  if ([401, 402, 403, 404, 423].includes(status)) {
    return {
      kind: 'reconnect',
      code,
      sentence: `Shopify answered ${status}: the app may no longer be installed, or the shop is closed.`,
    };
  }
  if (status === 429 || status === 430)
    return { kind: 'retry', code, sentence: 'Shopify asked to slow down.', at: now() + 2000 };
  if (status >= 500 || status === 408)
    return { kind: 'unsure', code, sentence: `Shopify answered ${status}.` };
  return { kind: 'final', code, sentence: `Shopify answered ${status}.` };
}

/** GraphQL errors of an answer. `executed`: it carries data too, so that a write may have been done. */
export function failureOfErrors(errors: GraphqlErrors, executed: boolean): Failure {
  const first = errors[0];
  const code = first?.extensions?.code ?? 'graphql';
  const sentence = first?.message.slice(0, 300).toWellFormed() ?? 'Shopify gave no reason.';
  if (code === 'THROTTLED')
    return { kind: 'retry', code, sentence: 'Shopify asked to slow down.', at: now() + 2000 };
  if (executed || code === 'INTERNAL_SERVER_ERROR' || code === 'TIMEOUT')
    return { kind: 'unsure', code, sentence };
  return { kind: 'final', code, sentence };
}

/** A call that ended without an answer: only where no connection came about was it surely not done. */
export function failureOfNetwork(error: unknown): Failure {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code =
    cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : 'no_answer';
  return notSent.has(code)
    ? { kind: 'retry', code, sentence: 'Shopify could not be reached.', at: null }
    : { kind: 'unsure', code, sentence: 'The connection to Shopify broke before its answer.' };
}
