/** A column of a report: its title, and what stands in it for a row. */
export type Column<Row> = readonly [title: string, value: (row: Row) => string];

/** A report as text with tabs, and how many rows it has. Nothing in it is quoted. */
export interface TabFile {
  readonly text: string;
  readonly rows: number;
}

/** Writes rows down under their titles. */
export function tabFile<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): TabFile {
  const head = columns.map(([title]) => title).join('\t');
  const lines = rows.map((row) =>
    columns.map(([, value]) => value(row).replace(/[\t\r\n]+/g, ' ')).join('\t'),
  );
  return { text: [head, ...lines, ''].join('\r\n'), rows: rows.length };
}

/** An ISO time as reports write it: whole seconds and an offset. */
export const withOffset = (time: string): string => time.replace(/(\.\d+)?Z$/, '+00:00');
