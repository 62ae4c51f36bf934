import type { Cells } from './cells.ts';
import { ReportTable } from './report-table.tsx';

/** A table of texts. */
export function CellsTable({ cells: { name, columns, rows } }: { readonly cells: Cells }) {
  return (
    <ReportTable
      name={name}
      columns={columns.map((column, at) => ({
        ...column,
        cell: ({ cells }: Cells['rows'][number]) => cells[at] ?? '',
      }))}
      rows={rows}
      keyOf={({ id }) => id}
    />
  );
}
