import { fileSaying, type FileSaying } from '../domain/file-saying.ts';
import { orderIdPattern } from './align-row.ts';
import { findColumns, plainName, type Columns } from './columns.ts';

/** Beginnings of files that are no text. */
const magics: readonly (readonly [bytes: string, key: FileSaying['key']])[] = [
  ['PK\u0003\u0004', 'excel_or_zip'],
  ['\u00d0\u00cf\u0011\u00e0', 'excel'],
  ['\u0089PNG', 'picture'],
  ['%PDF', 'pdf'],
];

type Tell = readonly [column: string, report: string];
/** Columns by which other reports of Amazon's with order ids are told. */
const withOrders: readonly Tell[] = [
  ['settlement-id', 'settlement'],
  ['return-request-date', 'returns'],
  ['return-date', 'returns'],
  ['shipment-item-id', 'shipments'],
  ['original-record-number', 'outcome'],
];
const others: readonly Tell[] = [...withOrders, ['fnsku', 'stock'], ['item-name', 'listings']];

/** What begins like another kind of text. */
function otherText(line: string): FileSaying['key'] | null {
  const start = line.trimStart();
  if (/^<(!doctype html|html)/i.test(start)) return 'web_page';
  if (start.startsWith('<')) return 'xml';
  if (/^[{[]\s*(["{[\]}]|$)/.test(start)) return 'json';
  return null;
}

const shown = (name: string) => name.trim().slice(0, 40).toWellFormed();

function otherColumns(titles: readonly string[]): FileSaying {
  const names = titles.map(plainName);
  const other = others.find(([column]) => names.includes(column));
  if (other) return fileSaying('other_report', { report: other[1] });
  if (titles.some((title) => orderIdPattern.test(title.trim()))) return fileSaying('no_titles');
  const one = titles[0] ?? '';
  if (titles.length === 1 && /order-id["']?\s*[,;]|[,;]\s*["']?order-id/i.test(one))
    return fileSaying('no_tabs');
  const first = titles.slice(0, 3).map(shown).join(' · ');
  return titles.length === 1
    ? fileSaying('no_columns', { first: shown(one) })
    : fileSaying('no_order_column', { first });
}

/**
 * Reads the first line of a file as the columns of an order report; `raw` is the line as its bytes in Latin-1 text,
 * `titles` its fields as text. Refused with what is to be said of what was found.
 */
export function columnsOrRefusal(
  raw: string,
  titles: readonly string[],
): { readonly columns: Columns } | { readonly refused: FileSaying } {
  const magic = magics.find(([bytes]) => raw.startsWith(bytes));
  if (magic) return { refused: fileSaying(magic[1]) };
  if (/[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/.test(raw)) return { refused: fileSaying('no_text') };
  const text = otherText(raw);
  if (text !== null) return { refused: fileSaying(text) };
  const columns = findColumns(titles);
  const foreign = withOrders.some(([name]) => columns?.names.includes(name));
  if (columns && columns.purchaseDate !== null && !foreign) return { columns };
  if (columns && !foreign) return { refused: fileSaying('no_date_column') };
  return { refused: otherColumns(titles) };
}
