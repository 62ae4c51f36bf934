import { textLength } from './text-length.ts';

/** Tags as they are kept: texts with commas are split, blank ones dropped, doubles (in any case) kept once. */
export function cleanTags(texts: readonly string[]): string[] {
  const found = new Map<string, string>();
  for (const tag of texts.flatMap((text) => text.split(',')).map((text) => text.trim()))
    if (tag !== '' && !found.has(tag.toLowerCase())) found.set(tag.toLowerCase(), tag);
  return [...found.values()];
}

/** What is wrong with the tags of an order, or null. */
export function tagProblem(tags: readonly string[]): string | null {
  if (tags.length > 250) return 'Tags cannot exceed 250 tags';
  return tags.some((tag) => textLength(tag) > 40) ? 'Tags is too long (maximum is 40 characters)' : null;
}
