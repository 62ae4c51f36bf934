const prefix = 'concord:';

/** The note under which a command's effect stands in Shopify, so that it is known again. */
export function noteOf(key: string): string {
  return `${prefix}${key}`;
}

/** The key of our own command in a note; null for words of others, which are not kept. */
export function keyInNote(note: string | null | undefined): string | null {
  return note?.startsWith(prefix) === true ? note.slice(prefix.length) : null;
}
