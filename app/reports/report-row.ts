import { fileSaying, type FileSaying } from '../domain/file-saying.ts';
import { amazonOrderId, type AmazonOrderId } from '../domain/ids.ts';
import { alignRow, orderIdPattern } from './align-row.ts';
import type { Columns } from './columns.ts';
import { fieldText } from './field-text.ts';

/** What a report says of one order line. Nothing of the buyer but the reason. */
export interface ReportRow {
  readonly amazonOrderId: AmazonOrderId;
  /** Null where the report has none. */
  readonly orderItemId: string | null;
  readonly sku: string | null;
  /** ms UTC; null where the report does not say. */
  readonly purchasedAt: number | null;
  /** `unknown`: the report has no cancellation column, or an odd word stands in it. */
  readonly asked: 'asked' | 'none' | 'unknown';
  /** There is a cancellation column, and what stands in it is neither yes nor no. */
  readonly odd: boolean;
  /** The buyer's words, at most 10,000 characters. */
  readonly reason: string | null;
}

/** A line that cannot be read; its order where that is certain. What is said holds nothing of the line. */
export interface BrokenLine {
  readonly line: number;
  readonly amazonOrderId: AmazonOrderId | null;
  readonly says: FileSaying;
}

/** Longer words are no reason; without an end they would fill the memory. */
const longestReason = 10_000;
const yes = /^(true|1)$/i;
const no = /^(false|0|)$/i;

function wish(values: readonly string[]): Pick<ReportRow, 'asked' | 'odd'> {
  if (values.some((value) => yes.test(value))) return { asked: 'asked', odd: false };
  if (values.length > 0 && values.every((value) => no.test(value))) return { asked: 'none', odd: false };
  return { asked: 'unknown', odd: values.length > 0 };
}

function timeOf(text: string): number | null {
  const ms = /^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(ms) ? null : ms;
}

/**
 * Reads one line of a report, given as its bytes in Latin-1 text. `declared`: the charset that a download declared.
 * Facts: the column holds TRUE/FALSE in Amazon's instructions and true/false in its files.
 */
export function reportRow(
  raw: string,
  line: number,
  columns: Columns,
  declared: string | null,
): ReportRow | BrokenLine {
  if (raw.includes('\u0000')) {
    return { line, amazonOrderId: null, says: fileSaying('line_bytes', { line }) };
  }
  const aligned = alignRow(raw.split('\t'), columns, line);
  if (aligned.is === 'broken') {
    const id = aligned.orderId;
    return { line, amazonOrderId: id === null ? null : amazonOrderId(id), says: aligned.says };
  }
  const { fields } = aligned;
  const plain = (i: number | null) => (i === null ? '' : (fields[i] ?? '').trim());
  const id = plain(columns.orderId);
  if (!orderIdPattern.test(id)) {
    return {
      line,
      amazonOrderId: null,
      says: fileSaying('line_order', { line, column: 'order-id' }),
    };
  }
  const japanese = columns.country.some((i) => /^(amazon\.co\.jp|JPY|JP)$/i.test(plain(i)));
  const text = (i: number | null) => fieldText(plain(i), raw, { declared, japanese });
  const item = plain(columns.orderItemId);
  const sku = text(columns.sku);
  const reason = text(columns.reason).slice(0, longestReason).toWellFormed();
  const said = wish(columns.asked.map(plain));
  return {
    amazonOrderId: amazonOrderId(id),
    // A spreadsheet program makes 1E+13 of it.
    orderItemId: /^\d{6,20}$/.test(item) ? item : null,
    sku: sku === '' ? null : sku,
    purchasedAt: timeOf(plain(columns.purchaseDate)),
    ...said,
    reason: reason === '' || said.asked !== 'asked' ? null : reason,
  };
}
