import { orderIdPattern } from './align-row.ts';
import { findColumns, plainName, type Columns } from './columns.ts';

/** Beginnings of files that are no text. */
const magics: readonly (readonly [bytes: string, sentence: string])[] = [
  [
    'PK\u0003\u0004',
    'This is an Excel file or a zip archive, not the text file with tabs that Amazon gives.',
  ],
  ['\u00d0\u00cf\u0011\u00e0', 'This is an Excel file, not the text file with tabs that Amazon gives.'],
  ['\u0089PNG', 'This is a picture, not the text file with tabs that Amazon gives.'],
  ['%PDF', 'This is a PDF, not the text file with tabs that Amazon gives.'],
];

type Tell = readonly [column: string, report: string];
/** Columns by which other reports of Amazon's with order ids are told. */
const withOrders: readonly Tell[] = [
  ['settlement-id', 'a settlement report'],
  ['return-request-date', 'a returns report'],
  ['return-date', 'a returns report'],
  ['shipment-item-id', 'a report of shipments that Amazon made'],
  ['original-record-number', 'the outcome of an uploaded file'],
];
const others: readonly Tell[] = [
  ...withOrders,
  ['fnsku', 'a stock report'],
  ['item-name', 'a report of listings'],
];

/** What begins like another kind of text. */
function otherText(line: string): string | null {
  const start = line.trimStart();
  if (/^<(!doctype html|html)/i.test(start))
    return 'This is a web page, perhaps an error page, and no order report.';
  if (start.startsWith('<')) return 'This is XML, not the order report with tabs.';
  if (/^[{[]\s*(["{[\]}]|$)/.test(start)) return 'This is JSON, not the order report with tabs.';
  return null;
}

const shown = (name: string) => `“${name.trim().slice(0, 40).toWellFormed()}”`;

function otherColumns(titles: readonly string[]): string {
  const names = titles.map(plainName);
  const other = others.find(([column]) => names.includes(column));
  if (other) return `This is ${other[1]}, not an order report.`;
  if (titles.some((title) => orderIdPattern.test(title.trim())))
    return 'The first line of this file holds an order, not the names of the columns; use the file as Amazon gave it.';
  const one = titles[0] ?? '';
  if (titles.length === 1 && /order-id["']?\s*[,;]|[,;]\s*["']?order-id/i.test(one))
    return 'The columns of this file are not parted by tabs; use the file as Amazon gave it.';
  const first = titles.slice(0, 3).map(shown).join(', ');
  return titles.length === 1
    ? `This is no order report: it has no columns and begins with ${shown(one)}.`
    : `This is no order report: it has no column order-id. Its columns begin with ${first}.`;
}

/**
 * Reads the first line of a file as the columns of an order report; `raw` is the line as its bytes in Latin-1 text,
 * `titles` its fields as text. Refused with one sentence that names what was found.
 */
export function columnsOrRefusal(
  raw: string,
  titles: readonly string[],
): { readonly columns: Columns } | { readonly refused: string } {
  const magic = magics.find(([bytes]) => raw.startsWith(bytes));
  if (magic) return { refused: magic[1] };
  if (/[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/.test(raw))
    return { refused: 'This file is no text; an order report is text with tabs.' };
  const text = otherText(raw);
  if (text !== null) return { refused: text };
  const columns = findColumns(titles);
  const foreign = withOrders.some(([name]) => columns?.names.includes(name));
  if (columns && columns.purchaseDate !== null && !foreign) return { columns };
  if (columns && !foreign)
    return { refused: 'This is no order report: it has a column order-id, but none purchase-date.' };
  return { refused: otherColumns(titles) };
}
