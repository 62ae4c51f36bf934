import { fileSaying, type FileSaying } from '../domain/file-saying.ts';
import { plainBytes, type Tally } from '../lib/plain-bytes.ts';
import type { Columns } from './columns.ts';
import { fieldText } from './field-text.ts';
import { lineBatches, type LineBatch } from './line-batches.ts';
import { reportRow, type BrokenLine, type ReportRow } from './report-row.ts';
import { columnsOrRefusal } from './wrong-file.ts';

/** How far a report has been read. `bytes` as they came in, packed where they came packed. */
export interface ReportProgress {
  readonly bytes: number;
  readonly rows: number;
  readonly asked: number;
  /** Rows with an odd word in the cancellation column. */
  readonly odd: number;
  readonly broken: number;
}

/** What a report gives, in this order: `columns`, any number of `rows`, `end`; or `refused` and nothing more. */
export type ReportPart =
  | {
      readonly is: 'columns';
      /** Whether the report has the optional column at all. */
      readonly cancellation: boolean;
      /** Another spelling under which it was found. */
      readonly misspelt: string | null;
    }
  | {
      readonly is: 'rows';
      readonly rows: readonly ReportRow[];
      readonly broken: readonly BrokenLine[];
      readonly progress: ReportProgress;
    }
  | { readonly is: 'refused'; readonly says: FileSaying }
  /** `cut`: where the report ended before its time. All rows before that were given. */
  | { readonly is: 'end'; readonly progress: ReportProgress; readonly cut: FileSaying | null };

type Counts = { -readonly [Name in keyof ReportProgress]: ReportProgress[Name] };

function readLine(
  raw: string | null,
  line: number,
  columns: Columns,
  declared: string | null,
): ReportRow | BrokenLine | null {
  if (raw === '') return null;
  if (raw !== null) return reportRow(raw, line, columns, declared);
  return { line, amazonOrderId: null, says: fileSaying('line_long', { line }) };
}

function readBatch(
  { lines, first }: LineBatch,
  columns: Columns,
  declared: string | null,
  counts: Counts,
): Pick<Extract<ReportPart, { is: 'rows' }>, 'rows' | 'broken'> {
  const rows: ReportRow[] = [];
  const broken: BrokenLine[] = [];
  lines.forEach((raw, i) => {
    const read = readLine(raw, first + i, columns, declared);
    if (read === null) return;
    if ('says' in read) broken.push(read);
    else rows.push(read);
  });
  counts.rows += rows.length;
  counts.broken += broken.length;
  counts.asked += rows.filter((row) => row.asked === 'asked').length;
  counts.odd += rows.filter((row) => row.odd).length;
  return { rows, broken };
}

/** The columns from the first line that is not empty, and the batch without what stood before and in it. */
function splitHeader(batch: LineBatch, declared: string | null) {
  const at = batch.lines.findIndex((line) => line !== '');
  if (at < 0) return null;
  const raw = batch.lines[at] ?? null;
  const rest = { ...batch, first: batch.first + at + 1, lines: batch.lines.slice(at + 1) };
  if (raw === null) return { refused: fileSaying('endless'), rest };
  const titles = raw.split('\t').map((title) => fieldText(title, raw, { declared, japanese: false }));
  return { ...columnsOrRefusal(raw, titles), rest };
}

function columnsPart({ asked, misspelt }: Columns): ReportPart {
  return { is: 'columns', cancellation: asked.length > 0, misspelt };
}

/**
 * Reads an order report of Amazon's as a stream of bytes, plain or packed as gzip, in flat memory. `declared`: the charset
 * that a download declared, where there is one. Lines that cannot be read never end the reading of the others. Nothing of
 * the buyer leaves this but the reason of a request.
 */
export async function* readOrderReport(
  source: AsyncIterable<Uint8Array>,
  declared: string | null = null,
): AsyncGenerator<ReportPart> {
  const tally: Tally = { bytes: 0, cut: null };
  const counts: Counts = { bytes: 0, rows: 0, asked: 0, odd: 0, broken: 0 };
  let columns: Columns | null = null;
  let unended: BrokenLine | undefined;
  for await (const batch of lineBatches(plainBytes(source, tally))) {
    let lines = batch;
    if (columns === null) {
      const header = splitHeader(batch, declared);
      if (header === null) continue;
      if ('refused' in header) {
        yield { is: 'refused', says: header.refused };
        return;
      }
      columns = header.columns;
      lines = header.rest;
      yield columnsPart(columns);
    }
    const read = readBatch(lines, columns, declared, counts);
    counts.bytes = tally.bytes;
    if (batch.unended) unended = read.broken.at(-1);
    if (lines.lines.length > 0) yield { is: 'rows', ...read, progress: { ...counts } };
  }
  counts.bytes = tally.bytes;
  const cut = tally.cut ?? (unended ? fileSaying('cut_line', { line: unended.line }) : null);
  if (columns) yield { is: 'end', progress: { ...counts }, cut };
  else yield { is: 'refused', says: cut ?? fileSaying('empty') };
}
