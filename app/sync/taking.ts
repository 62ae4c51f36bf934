import type { SellerRow } from '../db/sellers.ts';
import { fileSaying, type FileSaying } from '../domain/file-saying.ts';
import type { ShopDomain } from '../domain/ids.ts';
import type { Tally } from '../lib/plain-bytes.ts';
import type { WrongLine } from '../reports/flat-rows.ts';
import type { Services } from './services.ts';

/** A report on its way in, unpacked. */
export interface Taking {
  readonly services: Services;
  readonly shop: ShopDomain;
  readonly seller: SellerRow;
  readonly charset: string | null;
  readonly bytes: AsyncIterable<Buffer>;
  readonly tally: Tally;
}

/** Rows of one transaction. */
export const perTransaction = 1_000;
const mostSayings = 20;

/** What was counted while a report was read. */
export interface RowCounts {
  rows: number;
  broken: number;
  changed: number;
  readonly says: FileSaying[];
}

/** Nothing read yet. */
export const noRows = (): RowCounts => ({ rows: 0, broken: 0, changed: 0, says: [] });

/** Counts rows and the lines that could not be read. */
export function countRows(counts: RowCounts, rows: number, broken: readonly WrongLine[]): void {
  counts.rows += rows;
  counts.broken += broken.length;
  const told = new Set(counts.says.map((one) => JSON.stringify(one)));
  for (const { says } of broken) {
    if (counts.says.length >= mostSayings) return;
    const same = JSON.stringify(says);
    if (!told.has(same)) counts.says.push(says);
    told.add(same);
  }
}

/** Why a report ended before its time; null: it did not. */
export function cutOf(tally: Tally, unended: number | null): FileSaying | null {
  if (tally.cut !== null) return tally.cut;
  return unended === null ? null : fileSaying('cut_line', { line: unended });
}
