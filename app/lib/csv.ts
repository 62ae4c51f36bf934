/** What a table programme would take for a formula: such a cell is made text by an apostrophe. */
const formula = /^[=+\-@\t\r]/;
/** An amount below zero begins like a formula, but is none: as text no sum would count it. */
const belowZero = /^-\d+(\.\d+)?$/;

/** One line of a CSV file (RFC 4180), its end included. */
export function csvLine(cells: readonly string[]): string {
  const written = cells.map((cell) => {
    const text = formula.test(cell) && !belowZero.test(cell) ? `'${cell}` : cell;
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  });
  return `${written.join(',')}\r\n`;
}
