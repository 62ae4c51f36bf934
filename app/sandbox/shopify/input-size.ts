import { GraphQLError } from 'graphql';

const most = 250;

function tooLong(
  value: unknown,
  path: readonly string[],
): { length: number; path: readonly string[] } | null {
  if (typeof value !== 'object' || value === null) return null;
  if (Array.isArray(value) && value.length > most) return { length: value.length, path };
  for (const [key, inner] of Object.entries(value)) {
    const found = tooLong(inner, [...path, key]);
    if (found) return found;
  }
  return null;
}

/** The error for an array above 250 entries anywhere in the variables, or null. */
export function inputTooLarge(variables: Readonly<Record<string, unknown>>): GraphQLError | null {
  const found = tooLong(variables, []);
  if (!found) return null;
  return new GraphQLError(
    `The input array size of ${String(found.length)} is greater than the maximum allowed of ${String(most)}.`,
    { extensions: { code: 'MAX_INPUT_SIZE_EXCEEDED', path: found.path } },
  );
}
