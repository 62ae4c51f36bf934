/** Consecutive lines of a file, their bytes as Latin-1 text: every character is one byte, whatever the encoding. */
export interface LineBatch {
  /** Number of the first line, counted from 1. */
  readonly first: number;
  /** Without line ends. Null: longer than any line of a report. */
  readonly lines: readonly (string | null)[];
  /** The last of them ended with the file, not with a line end. */
  readonly unended: boolean;
}

/** A line of a report has a few hundred bytes; one of more than this is none, and is not kept in memory. */
const longestLine = 1_000_000;

const withoutReturn = (line: string): string | null => {
  if (line.length > longestLine) return null;
  return line.endsWith('\r') ? line.slice(0, -1) : line;
};

/**
 * Cuts bytes into lines. Tab, line feed and carriage return are no part of any other character in the encodings that
 * reports come in (the second bytes of Windows-31J are 0x40 to 0xFC), so that lines and fields can be cut before it is
 * known which one it is.
 */
export async function* lineBatches(bytes: AsyncIterable<Buffer>): AsyncGenerator<LineBatch> {
  let first = 1;
  let rest = '';
  let tooLong = false;
  for await (const chunk of bytes) {
    const pieces = (rest + chunk.toString('latin1')).split('\n');
    rest = pieces.pop() ?? '';
    const lines = pieces.map(withoutReturn);
    if (tooLong && lines.length > 0) {
      lines[0] = null;
      tooLong = false;
    }
    if (rest.length > longestLine) tooLong = true;
    if (tooLong) rest = '';
    if (lines.length > 0) yield { first, lines, unended: false };
    first += lines.length;
  }
  if (rest !== '' || tooLong) yield { first, lines: [tooLong ? null : withoutReturn(rest)], unended: true };
}
