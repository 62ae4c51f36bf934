import { CsvError, parse } from 'csv-parse/sync';
import { z } from 'zod';
import { isSku } from '../domain/sku-name.ts';
import {
  mostSkuBytes,
  mostSkuRows,
  type SkuFileRow,
  type WrongFile,
  type WrongRow,
} from '../domain/sku-file.ts';
import { plainBytes, type Tally } from '../lib/plain-bytes.ts';
import { plainName } from './columns.ts';
import { fieldText } from './field-text.ts';

/** What a file of the SKU map says, or why it is not taken. */
export type SkuFile =
  | { readonly ok: true; readonly rows: readonly SkuFileRow[] }
  | { readonly ok: false; readonly wrong: WrongFile };

const separators = [',', ';', '\t'] as const;
const skuNames = ['sku', 'amazon-sku', 'seller-sku'];
const variantNames = ['variant', 'variant-id', 'shopify-variant', 'shopify-variant-id'];
/** A row is far shorter; what is longer is a quotation mark that was never closed. */
const longestRow = 20_000;
const longestVariant = 255;
/** How Excel writes a number that is too long for its cell: digits of it are lost. */
const cutNumber = /^[+-]?\d([.,]\d+)?E[+-]?\d+$/i;

const parsed = z.array(z.object({ record: z.array(z.string()), info: z.object({ lines: z.number() }) }));

/** All bytes, unpacked and without a mark of their order; null where there are too many. */
async function wholeOf(bytes: Uint8Array): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  const source = (async function* () {
    yield await Promise.resolve(bytes);
  })();
  const tally: Tally = { bytes: 0, cut: null };
  for await (const chunk of plainBytes(source, tally)) {
    size += chunk.length;
    if (size > mostSkuBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The sign that parts the cells of the first line, outside quotation marks; null where none does. */
function separatorOf(line: string): string | null {
  const bare = line.replace(/"[^"]*"/g, '');
  const counted = separators.map((sign) => ({ sign, count: bare.split(sign).length - 1 }));
  const best = counted.reduce((a, b) => (b.count > a.count ? b : a));
  return best.count > 0 ? best.sign : null;
}

/** A cell as it was meant: without the sign that makes text of what would be a formula. */
const meant = (cell: string): string => cell.replace(/^'+(?=[=+\-@])/, (marks) => marks.slice(1)).trim();

function columnsOf(first: readonly string[]): { sku: number; variant: number; header: boolean } | null {
  const names = first.map(plainName);
  const sku = names.findIndex((name) => skuNames.includes(name));
  if (sku < 0) return first.length > 1 ? { sku: 0, variant: 1, header: false } : null;
  const variant = names.findIndex((name) => variantNames.includes(name));
  return variant < 0 ? null : { sku, variant, header: true };
}

function wrongWith(sku: string, variant: string): WrongRow | null {
  if (sku === '') return 'no_sku';
  if (cutNumber.test(sku) || cutNumber.test(variant)) return 'number';
  if (!isSku(sku) || sku.includes('\ufffd')) return 'odd_sku';
  return variant.length > longestVariant || /\p{Cc}/u.test(variant) ? 'odd_variant' : null;
}

/** An SKU that stands in several rows: the first counts where all name the same variant, else none does. */
function withoutDoubles(rows: readonly SkuFileRow[]): SkuFileRow[] {
  const first = new Map<string, SkuFileRow>();
  const apart = new Set<string>();
  for (const row of rows.filter(({ wrong }) => wrong === null)) {
    const before = first.get(row.sku);
    if (!before) first.set(row.sku, row);
    else if (before.variant !== row.variant) apart.add(row.sku);
  }
  return rows.map((row) => {
    const counts = row.wrong !== null || (first.get(row.sku) === row && !apart.has(row.sku));
    return counts ? row : { ...row, wrong: 'twice' };
  });
}

function cellsOf(text: string): z.infer<typeof parsed> | WrongFile {
  const hint = /^sep=(.)(\r\n|\n|\r)/i.exec(text);
  const rest = hint ? text.slice(hint[0].length) : text;
  const firstLine = /[^\r\n]+/.exec(rest)?.[0];
  if (firstLine === undefined) return 'empty';
  const delimiter = hint?.[1] ?? separatorOf(firstLine);
  if (delimiter === null) return 'no_columns';
  try {
    const records: unknown = parse(rest, {
      delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_quotes: true,
      relax_column_count: true,
      skip_records_with_empty_values: true,
      skip_empty_lines: true,
      max_record_size: longestRow,
      info: true,
      to: mostSkuRows + 2,
    });
    const all = parsed.parse(records);
    return hint ? all.map(({ record, info }) => ({ record, info: { lines: info.lines + 1 } })) : all;
  } catch (error) {
    if (error instanceof CsvError) return 'open_quote';
    throw error;
  }
}

/**
 * Reads a file of the SKU map: cells parted by commas, semicolons or tabs, in any encoding that Excel writes (UTF-8 and UTF-16
 * with their marks, Windows-1252, Windows-31J), with or without a line of names. A row that says nothing is told with its line;
 * it never keeps the others out.
 */
export async function readSkuFile(bytes: Uint8Array): Promise<SkuFile> {
  const whole = await wholeOf(bytes);
  if (whole === null) return { ok: false, wrong: 'too_large' };
  const raw = whole.toString('latin1');
  if (raw.startsWith('PK\u0003\u0004') || raw.startsWith('\u00d0\u00cf\u0011\u00e0'))
    return { ok: false, wrong: 'excel' };
  if (raw.includes('\0')) return { ok: false, wrong: 'no_text' };
  const cells = cellsOf(fieldText(raw, raw, { declared: null, japanese: false }));
  if (typeof cells === 'string') return { ok: false, wrong: cells };
  const [first] = cells;
  if (!first) return { ok: false, wrong: 'empty' };
  const columns = columnsOf(first.record);
  if (!columns) return { ok: false, wrong: 'no_columns' };
  const rows = (columns.header ? cells.slice(1) : cells).map(({ record, info }): SkuFileRow => {
    const sku = meant(record[columns.sku] ?? '');
    const variant = meant(record[columns.variant] ?? '');
    return { line: info.lines, sku, variant, wrong: wrongWith(sku, variant) };
  });
  if (rows.length === 0) return { ok: false, wrong: 'empty' };
  if (rows.length > mostSkuRows) return { ok: false, wrong: 'too_many' };
  return { ok: true, rows: withoutDoubles(rows) };
}
