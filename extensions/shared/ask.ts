import type { Question, Wish } from './contract.ts';

/** What reads an answer, as zod's schemas do. */
interface Reader<T> {
  safeParse(value: unknown): { readonly success: true; readonly data: T } | { readonly success: false };
}

/**
 * Asks the app about an order, or with a wish wants something done; Shopify adds app's origin and session token. Null where
 * no answer came, or none that can be understood: then nobody knows whether anything was done.
 */
export async function ask<T>(
  reader: Reader<T>,
  path: string,
  { order, locale }: Question,
  wish?: Wish,
): Promise<T | null> {
  try {
    const answer = await fetch(`${path}?${new URLSearchParams({ order, locale }).toString()}`, {
      ...(wish === undefined
        ? {}
        : { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(wish) }),
    });
    if (!answer.ok) return null;
    const read = reader.safeParse(await answer.json());
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}
