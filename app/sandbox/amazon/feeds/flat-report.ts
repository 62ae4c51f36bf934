import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import type { FeedFile, Outcome, ReportStyle } from './report.ts';

/** The report of a flat feed: how many records went through, and a row for each complaint. */
export function flatReportFile({ processed, results }: Outcome, style: ReportStyle): FeedFile {
  const failed = new Set(results.filter(({ code }) => code === 'Error').map(({ messageId }) => messageId))
    .size;
  const rows = results.map(({ messageId, orderId = '', orderItemId = '', messageCode, code, text }) =>
    [messageId, orderId, orderItemId, messageCode, code === 'Error' ? 'Fatal' : 'Warning', text].join('\t'),
  );
  const text = [
    'Feed Processing Summary:',
    `\tNumber of records processed\t\t${processed}`,
    `\tNumber of records successful\t\t${Math.max(0, processed - failed)}`,
    '',
    'original-record-number\torder-id\torder-item-id\terror-code\terror-type\terror-message',
    ...rows,
    '',
  ].join('\n');
  const bytes = iconv.encode(text, style.encoding);
  return {
    bytes: style.packed ? gzipSync(bytes) : bytes,
    contentType: `text/plain; charset=${style.encoding}`,
    packed: style.packed,
  };
}
