/** Consecutive lines of a file, both ends included, counted from 1. */
export interface LineSpan {
  readonly first: number;
  readonly last: number;
}

/** No file has a line behind it. */
const lastOfAll = 2_147_483_647;

/** Lines of a file, kept as the spans they make: few, where one follows the other. */
export class LineSpans {
  readonly #spans: { first: number; last: number }[] = [];

  /** Adds a line that is behind all that were added before. */
  add(line: number): void {
    const open = this.#spans.at(-1);
    if (open && line === open.last + 1) open.last = line;
    else this.#spans.push({ first: line, last: line });
  }

  /** All other lines, of whatever file. */
  others(): LineSpan[] {
    const firsts = [1, ...this.#spans.map(({ last }) => last + 1)];
    const lasts = [...this.#spans.map(({ first }) => first - 1), lastOfAll];
    return firsts
      .map((first, i) => ({ first, last: lasts[i] ?? lastOfAll }))
      .filter(({ first, last }) => first <= last);
  }
}
