import { z } from 'zod';
import type { Refusal } from '../domain/command.ts';
import { ok, type Result } from '../domain/failure.ts';

/** Errors that a mutation answers as data. Not every mutation has codes. */
export const userErrors = z.array(
  z.object({ code: z.string().nullish(), field: z.array(z.string()).nullable(), message: z.string() }),
);

/** A write that Shopify did, or refused. */
export type Written = { readonly kind: 'done' } | { readonly kind: 'refused'; readonly refusal: Refusal };

const mostWords = 300;

/** The first refusal of a write as its code (or field) and Shopify's words; done where there is none. */
function writtenOr(errors: z.infer<typeof userErrors>): Written {
  const [first] = errors;
  if (!first) return { kind: 'done' };
  const field = first.code ?? first.field?.join('.') ?? 'order';
  return { kind: 'refused', refusal: { field, text: first.message.slice(0, mostWords).toWellFormed() } };
}

/** The outcome of a write: an input or access that Shopify will never take is a refusal like those it answers as data. */
export function sortWrite<T>(
  result: Result<T>,
  errorsOf: (value: T) => z.infer<typeof userErrors>,
): Result<Written> {
  if (result.ok) return ok(writtenOr(errorsOf(result.value)));
  const { failure } = result;
  if (failure.kind !== 'final') return result;
  return ok({ kind: 'refused', refusal: { field: failure.code, text: failure.sentence } });
}
