import { fileSaying, type FileSaying } from '../domain/file-saying.ts';
import { alignRow } from './align-row.ts';
import { findColumns, type Columns } from './columns.ts';
import { fieldText } from './field-text.ts';
import type { LineBatch } from './line-batches.ts';

/** A row by the names of its columns, and the number of its line. A column that the file has not is empty. */
export interface FlatRow {
  readonly line: number;
  readonly cell: (name: string) => string;
}

/** A line that could not be read; what is said holds nothing of it. */
export interface WrongLine {
  readonly line: number;
  readonly says: FileSaying;
}

/** What a file of rows gives. */
export interface FlatBatch {
  readonly rows: readonly FlatRow[];
  readonly broken: readonly WrongLine[];
}

/** A line of titles as it can be compared; the bytes are those of a byte order mark. */
const titlesOf = (raw: string): string => raw.replace(/^\u00ef\u00bb\u00bf/, '').trim();

/** Reads the lines of a report by the names of its columns, one batch after the other; the first line names them. */
export class FlatReader {
  #columns: Columns | null = null;
  #places = new Map<string, number>();
  #titles = '';
  readonly #declared: string | null;
  /** The file ended in the middle of this line. */
  unended: number | null = null;

  constructor(declared: string | null) {
    this.#declared = declared;
  }

  #take(columns: Columns | null): void {
    this.#columns = columns;
    // Of a column that stands twice the first counts.
    for (const [at, name] of [...(columns?.names ?? [])].entries())
      if (!this.#places.has(name)) this.#places.set(name, at);
  }

  #row(raw: string | null, line: number, columns: Columns): FlatRow | WrongLine | null {
    if (raw === '') return null;
    if (raw === null) return { line, says: fileSaying('line_long', { line }) };
    if (raw.includes('\u0000')) return { line, says: fileSaying('line_bytes', { line }) };
    const aligned = alignRow(raw.split('\t'), columns, line);
    if (aligned.is === 'broken') return { line, says: aligned.says };
    const { fields } = aligned;
    const japanese = columns.country.some((i) => /^(amazon\.co\.jp|JPY|JP)$/i.test(fields[i]?.trim() ?? ''));
    const cell = (name: string) => {
      const at = this.#places.get(name);
      const text =
        at === undefined ? '' : fieldText(fields[at] ?? '', raw, { declared: this.#declared, japanese });
      return text.trim().toWellFormed();
    };
    return { line, cell };
  }

  /** The rows of the next lines. */
  read({ lines, first, unended }: LineBatch): FlatBatch {
    const rows: FlatRow[] = [];
    const broken: WrongLine[] = [];
    lines.forEach((raw, i) => {
      if (this.#columns === null) {
        if (raw !== null && raw.trim() !== '') {
          this.#take(findColumns(raw.split('\t')));
          this.#titles = titlesOf(raw);
        }
        return;
      }
      // Where files were joined the titles stand before each.
      if (raw !== null && titlesOf(raw) === this.#titles) return;
      const read = this.#row(raw, first + i, this.#columns);
      if (read === null) return;
      if ('says' in read) broken.push(read);
      else rows.push(read);
    });
    const last = first + lines.length - 1;
    if (unended && broken.at(-1)?.line === last) this.unended = last;
    return { rows, broken };
  }
}
