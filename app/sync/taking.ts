import type { SellerRow } from '../db/sellers.ts';
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
const mostSentences = 20;

/** What was counted while a report was read. */
export interface RowCounts {
  rows: number;
  broken: number;
  changed: number;
  readonly sentences: string[];
}

/** Nothing read yet. */
export const noRows = (): RowCounts => ({ rows: 0, broken: 0, changed: 0, sentences: [] });

/** Counts rows and the lines that could not be read. */
export function countRows(counts: RowCounts, rows: number, broken: readonly WrongLine[]): void {
  counts.rows += rows;
  counts.broken += broken.length;
  const room = mostSentences - counts.sentences.length;
  const told = new Set(broken.map(({ sentence }) => sentence));
  const fresh = [...told].filter((sentence) => !counts.sentences.includes(sentence));
  counts.sentences.push(...fresh.slice(0, room));
}

/** Why a report ended before its time; null: it did not. */
export function cutOf(tally: Tally, unended: number | null): string | null {
  if (tally.cut !== null) return tally.cut;
  return unended === null ? null : `The file ends in the middle of line ${unended}. Download it again.`;
}
