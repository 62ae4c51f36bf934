/** A row of a settlement with what a person named it; rows of the same content cannot be told apart. */
export interface NamedRow {
  readonly line: number;
  readonly content: string;
  readonly note: string | null;
}

/**
 * Which names change where a settlement was read from another file, so that its rows stand on other lines: each name goes to
 * a row of the content it was given for, and from the line where another row stands now. `before`: the rows with names before
 * it was read; `after`: the rows now that stand on their lines or have their contents, in the order of their lines.
 */
export function movedNames(
  before: readonly NamedRow[],
  after: readonly NamedRow[],
): { readonly line: number; readonly note: string | null }[] {
  const rows = new Map(after.map((row) => [row.line, row]));
  const moved = before.filter(({ line, content }) => rows.get(line)?.content !== content);
  // A name that stayed on its line when another row came there.
  const left = moved.filter(({ line, note }) => rows.get(line)?.note === note);
  const names = new Map<number, string | null>(left.map(({ line }) => [line, null]));
  const nameOf = ({ line, note }: NamedRow) => (names.has(line) ? names.get(line) : note);
  for (const { content, note } of moved) {
    const free = after.find((row) => row.content === content && nameOf(row) === null);
    if (free) names.set(free.line, note);
  }
  return [...names].map(([line, note]) => ({ line, note }));
}
