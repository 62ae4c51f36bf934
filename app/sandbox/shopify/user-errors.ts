/** A `userErrors` entry as the mutations give it. */
export interface UserError {
  readonly field: readonly string[] | null;
  readonly message: string;
  readonly code?: string | null;
}

/** A path in the form of the real service: list positions are texts. */
export function path(...parts: readonly (string | number)[]): string[] {
  return parts.map(String);
}
