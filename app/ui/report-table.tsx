import type { ReactNode } from 'react';

/** A column of a report's table. */
export interface ReportColumn<Row> {
  readonly id: string;
  readonly title: string;
  /** Figures stand at the end of their cell, one under the other. */
  readonly numeric?: boolean;
  readonly cell: (row: Row) => ReactNode;
}

interface Props<Row> {
  /** What the table shows, for who cannot see what stands above it. */
  readonly name: string;
  readonly columns: readonly ReportColumn<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
}

/**
 * A report's table. On a phone every row is a card with the columns' names beside its values; the roles are said again, for
 * browsers that forget them where a table is not laid out as one.
 */
export function ReportTable<Row>({ name, columns, rows, keyOf }: Props<Row>) {
  const numeric = (column: ReportColumn<Row>) => (column.numeric ? { 'data-numeric': '' } : {});
  return (
    <table className="report-table" role="table">
      <caption>{name}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((column) => (
            <th key={column.id} scope="col" role="columnheader" {...numeric(column)}>
              {column.title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={keyOf(row)} role="row">
            {columns.map((column) => (
              <td key={column.id} role="cell" data-label={column.title} {...numeric(column)}>
                {column.cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
