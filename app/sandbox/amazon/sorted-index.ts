/** One entry: a time in milliseconds, and an id that breaks ties. */
interface IndexEntry {
  readonly at: number;
  readonly id: string;
}

function before(a: IndexEntry, b: IndexEntry): boolean {
  return a.at < b.at || (a.at === b.at && a.id < b.id);
}

/** Ids in the order of a time; finding is logarithmic, and an entry at the end is cheap to add. */
export class SortedIndex {
  readonly #entries: IndexEntry[] = [];

  /** The position of the first entry that is not before the given one. */
  #position(entry: IndexEntry): number {
    let low = 0;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const found = this.#entries[middle];
      if (found !== undefined && before(found, entry)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Puts the entry in its place. */
  add(entry: IndexEntry): void {
    this.#entries.splice(this.#position(entry), 0, entry);
  }

  /** Takes the entry out; nothing happens where it is not in. */
  remove(entry: IndexEntry): void {
    const position = this.#position(entry);
    const found = this.#entries[position];
    if (found?.at === entry.at && found.id === entry.id) this.#entries.splice(position, 1);
  }

  /** The newest entry. */
  last(): IndexEntry | undefined {
    return this.#entries.at(-1);
  }

  /** Entries from the given one on (itself included), ascending. */
  *from(entry: IndexEntry): Generator<IndexEntry> {
    for (let position = this.#position(entry); position < this.#entries.length; position += 1) {
      const found = this.#entries[position];
      if (found !== undefined) yield found;
    }
  }

  /** All entries, newest first. */
  *backwards(): Generator<IndexEntry> {
    for (let position = this.#entries.length - 1; position >= 0; position -= 1) {
      const found = this.#entries[position];
      if (found !== undefined) yield found;
    }
  }
}
