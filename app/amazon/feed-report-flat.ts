import type { FeedReport, FeedResult } from '../domain/feed-report.ts';

const columns = {
  number: 'original-record-number',
  orderId: 'order-id',
  code: 'error-code',
  type: 'error-type',
  text: 'error-message',
} as const;
const kinds: Readonly<Record<string, FeedResult['is']>> = {
  fatal: 'error',
  error: 'error',
  warning: 'warning',
};

function countIn(lines: readonly string[], what: string): number | null {
  const shape = new RegExp(`^\\s*number of records ${what}\\s+(\\d{1,9})\\s*$`, 'i');
  const found = lines.map((line) => shape.exec(line)?.[1]).find((digits) => digits !== undefined);
  return found === undefined ? null : Number(found);
}

function resultOf(row: string, names: readonly string[]): FeedResult {
  const cells = row.split('\t').map((cell) => cell.trim());
  const cell = (name: string) => cells[names.indexOf(name)] ?? '';
  const number = cell(columns.number);
  return {
    messageNo: /^\d{1,9}$/.test(number) ? Number(number) : null,
    is: kinds[cell(columns.type).toLowerCase()] ?? 'odd',
    code: cell(columns.code),
    text: cell(columns.text),
    orderId: cell(columns.orderId) || null,
  };
}

/** Reads a processing report in the flat form: a summary, an empty line, and a table of what went wrong. */
export function readFlatReport(text: string): FeedReport {
  const lines = text.split(/\r\n|\n|\r/);
  const at = lines.findIndex((line) => line.startsWith(columns.number));
  const summary = at < 0 ? lines : lines.slice(0, at);
  const processed = countIn(summary, 'processed');
  const successful = countIn(summary, 'successful');
  if (processed === null || successful === null)
    return { is: 'unread', why: "Amazon's report has none of the forms of a processing report." };
  const names = (lines[at] ?? '').split('\t').map((name) => name.trim().toLowerCase());
  const rows = at < 0 ? [] : lines.slice(at + 1).filter((line) => line.trim() !== '');
  return {
    is: 'report',
    feedId: null,
    status: 'complete',
    counts: { processed, successful, failed: Math.max(0, processed - successful) },
    results: rows.map((row) => resultOf(row, names)),
  };
}
