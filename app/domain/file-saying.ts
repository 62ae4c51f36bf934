/** What can be said of a report file; each is a sentence of the locale files, `reports.said.KEY`. */
export const fileSayings = [
  'line_long',
  'line_bytes',
  'line_width',
  'line_order',
  'line_time',
  'line_currency',
  'line_amount',
  'line_settlement',
  'settlement_head',
  'empty',
  'endless',
  'old_settlement',
  'excel_or_zip',
  'excel',
  'picture',
  'pdf',
  'no_text',
  'web_page',
  'xml',
  'json',
  'other_report',
  'no_titles',
  'no_tabs',
  'no_columns',
  'no_order_column',
  'no_date_column',
  'other_seller',
  'cut_line',
  'cut_archive',
  'cut_damaged',
  'cut_reading',
] as const;

/** A sentence about a report file as data: the reader's language is chosen where it is read. */
export interface FileSaying {
  readonly key: (typeof fileSayings)[number];
  readonly params: Readonly<Record<string, string | number>>;
}

/** A sentence about a report file. */
export function fileSaying(key: FileSaying['key'], params: FileSaying['params'] = {}): FileSaying {
  return { key, params };
}
