import { expect, it } from 'vitest';
import { csvLine } from './csv.ts';

it('quotes what would break a line, and leaves the rest as it is', () => {
  expect(csvLine(['111-1', 'a,b', 'say "no"', 'two\nlines', ''])).toBe(
    '111-1,"a,b","say ""no""","two\nlines",\r\n',
  );
});

it.each(['=1+1', '+1', '-1+1', '-A1', '-', '-1.', '-1,5', '-1\n=1', '@SUM(A1)', '\t=1', '\r=1'])(
  'REP-6: makes %j text, so that no programme counts with it',
  (cell) => {
    expect(csvLine([cell])).toMatch(/^"?'/);
  },
);

it('REP-6: leaves amounts below zero as numbers, so that a sum counts them', () => {
  expect(csvLine(['25.00', '-5.00', '-3'])).toBe('25.00,-5.00,-3\r\n');
});

it('makes text and quotes where both are due', () => {
  expect(csvLine(["=cmd|'/C calc'!A1,x"])).toBe(`"'=cmd|'/C calc'!A1,x"\r\n`);
});
