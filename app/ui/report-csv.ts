import { createReadableStreamFromReadable } from '@remix-run/node';
import { Readable } from 'node:stream';
import type { TFunction } from 'i18next';
import type { ReportFilter } from '../domain/report-filter.ts';
import { csvLine } from '../lib/csv.ts';
import { csvRows, titlesOf, type Cells } from './cells.ts';
import { formatMoment, type Style } from './format.ts';
import { sayFilter } from './say-filter.ts';

/** How a report's file begins. */
interface CsvTop {
  readonly title: string;
  /** Null: it tells of all there is. */
  readonly filter: ReportFilter | null;
  /** What else narrows it, in the reader's words. */
  readonly also?: string | undefined;
  readonly columns: readonly string[];
}

/**
 * The beginning of a report's file: which report, what it was narrowed to and as of when, a line apart the columns' names (REP-6).
 * The mark before it tells table programmes that it is UTF-8.
 */
export function csvTop({ title, filter, also, columns }: CsvTop, t: TFunction, style: Style): string {
  const said = [
    title,
    filter === null ? formatMoment(style.now, style) : sayFilter(filter, t, style),
    ...(also === undefined ? [] : [also]),
  ];
  return `\uFEFF${said.map((each) => csvLine([each])).join('')}\r\n${csvLine(columns)}`;
}

/** A file that is sent while it is written. */
export function csvAnswer(lines: AsyncIterable<string> | Iterable<string>): Response {
  return new Response(createReadableStreamFromReadable(Readable.from(lines)), {
    headers: { 'content-type': 'text/csv; charset=utf-8', 'cache-control': 'no-store' },
  });
}

/** A small table as a file. */
export function csvOfCells(cells: Cells, filter: ReportFilter, t: TFunction, style: Style): Response {
  const top = csvTop({ title: cells.name, filter, columns: titlesOf(cells) }, t, style);
  return csvAnswer([top, csvRows(cells)]);
}
