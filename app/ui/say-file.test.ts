import { expect, it } from 'vitest';
import { fileSaying } from '../domain/file-saying.ts';
import { textsIn } from './all-texts.server.ts';
import { sayFile } from './say-file.ts';

it('REP-5: what is said of a file is said in the reader’s language, and what was kept as a sentence stays one', () => {
  const [english, german] = [textsIn('en').t, textsIn('de').t];
  const width = fileSaying('line_width', { line: 81_200, found: 31, wanted: 33 });
  expect(sayFile(width, english)).toBe('Line 81200 has 31 columns instead of 33.');
  expect(sayFile(width, german)).toBe('Zeile 81200 hat 31 statt 33 Spalten.');
  expect(sayFile(fileSaying('other_report', { report: 'returns' }), english)).toBe(
    'This is a returns report, not an order report.',
  );
  expect(sayFile(fileSaying('cut_reading', { code: 'connection' }), english)).toContain('connection was cut');
  expect(sayFile(fileSaying('no_columns', { first: "it's {odd} <b>" }), english)).toContain("it's {odd} <b>");
  expect(sayFile('Line 2 has 7 columns instead of 6.', german)).toBe('Line 2 has 7 columns instead of 6.');
});
