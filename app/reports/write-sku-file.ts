import { stringify } from 'csv-stringify/sync';

/** A line of the file of the SKU map. `variant`: its global id, which no spreadsheet takes for a number; empty: none. */
export interface SkuFileLine {
  readonly sku: string;
  readonly variant: string;
  readonly linked: 'by hand' | 'by its SKU' | 'on several variants' | 'unlinked' | 'never';
  readonly orders: number;
}

/** A cell that a spreadsheet would run as a formula is made text by a sign that `readSkuFile` takes off again. */
const asText = (cell: string): string => (/^'*[=+\-@]/.test(cell) ? `'${cell}` : cell);

/** The SKU map as a file that spreadsheets open and `readSkuFile` reads: taken in again as it is, it changes nothing. */
export function writeSkuFile(lines: readonly SkuFileLine[]): string {
  return stringify([...lines], {
    header: true,
    columns: ['sku', 'variant', 'linked', 'orders'],
    bom: true,
    record_delimiter: 'windows',
    cast: { string: asText },
  });
}
