import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { mostSkuBytes, mostSkuRows } from '../domain/sku-file.ts';
import { readSkuFile } from './sku-file.ts';
import { writeSkuFile } from './write-sku-file.ts';

const bytes = (text: string, charset = 'utf-8', mark = false) =>
  iconv.encode(text, charset, { addBOM: mark });
const read = async (text: string | Buffer) => readSkuFile(typeof text === 'string' ? bytes(text) : text);
/** Line, SKU, variant and what is wrong with each row; or why the file was not taken. */
const rows = async (text: string | Buffer) => {
  const file = await read(text);
  return file.ok ? file.rows.map((row) => [row.line, row.sku, row.variant, row.wrong]) : file.wrong;
};

describe('IMP-7: a file of the SKU map', () => {
  it.each([
    [
      'commas and a line of names',
      'sku,variant\nA,1\nB,2\n',
      [
        [2, 'A', '1', null],
        [3, 'B', '2', null],
      ],
    ],
    [
      'no line of names',
      'A,1\r\nB,2',
      [
        [1, 'A', '1', null],
        [2, 'B', '2', null],
      ],
    ],
    [
      'semicolons, names in another order and case',
      '"Variant ID";x;SKU\r\n7;y;a,b\r\n',
      [[2, 'a,b', '7', null]],
    ],
    ['tabs', 'Seller SKU\tShopify variant\nA;1\tX,Y', [[2, 'A;1', 'X,Y', null]]],
    ['a line that names the separator', 'sep=;\nsku;variant\nA;1', [[3, 'A', '1', null]]],
    [
      'empty lines and mixed ends of lines',
      '\n\nA,1\r\n\r\n,\nB,2\rC,3',
      [
        [3, 'A', '1', null],
        [6, 'B', '2', null],
        [7, 'C', '3', null],
      ],
    ],
    ['quoted cells', 'sku,variant\n"A ""x"", 1","B,2"\n', [[2, 'A "x", 1', 'B,2', null]]],
    ['a quotation mark inside a cell', 'sku,variant\n19" rack,1\n', [[2, '19" rack', '1', null]]],
    [
      'too many and too few cells',
      'A,1,2,3\nB\n',
      [
        [1, 'A', '1', null],
        [2, 'B', '', null],
      ],
    ],
    ['spaces around', ' A , 1 \n', [[1, 'A', '1', null]]],
    [
      'formulas made text',
      "sku,variant\n'=1+1,'-A\n''@x,'quoted",
      [
        [2, '=1+1', '-A', null],
        [3, "'@x", "'quoted", null],
      ],
    ],
    ['no variant', 'sku,variant\nA,\n', [[2, 'A', '', null]]],
  ])('is read with %s', async (_, text, expected) => {
    expect(await rows(text)).toEqual(expected);
  });

  it.each([
    ['utf-8', true],
    ['utf-8', false],
    ['utf-16le', true],
    ['utf-16be', true],
    ['windows-1252', false],
    ['windows-31j', false],
  ])('is read in %s (with its mark: %s)', async (charset, mark) => {
    const sku = charset === 'windows-31j' ? 'マグ青1' : 'Tüte-1';
    expect(await rows(bytes(`sku;variant\r\n${sku};7\r\n`, charset, mark))).toEqual([[2, sku, '7', null]]);
  });

  it.each([
    ['no SKU', ',1', 'no_sku'],
    ['an SKU that Excel cut', '1.23E+12,1', 'number'],
    ['a variant that Excel cut', 'A,"4,45E+13"', 'number'],
    ['a sign that is none', 'A\u0007B,1', 'odd_sku'],
    ['a line end in the SKU', '"A\nB",1', 'odd_sku'],
    ['a letter that was lost before', 'A\ufffd,1', 'odd_sku'],
    ['an endless SKU', `${'A'.repeat(300)},1`, 'odd_sku'],
    ['an endless variant', `A,${'1'.repeat(300)}`, 'odd_variant'],
  ])('tells the line of a row with %s, and takes the others', async (_, row, wrong) => {
    const file = await rows(`sku,variant\nGOOD,1\n${row}\nALSO,2`);
    expect(file).toMatchObject([
      [2, 'GOOD', '1', null],
      [expect.any(Number), expect.anything(), expect.anything(), wrong],
      [expect.any(Number), 'ALSO', '2', null],
    ]);
  });

  it('an SKU that stands there twice counts once, and never where the rows differ', async () => {
    expect(await rows('A,1\nB,1\nA,1\nB,2\nb,3')).toEqual([
      [1, 'A', '1', null],
      [2, 'B', '1', 'twice'],
      [3, 'A', '1', 'twice'],
      [4, 'B', '2', 'twice'],
      [5, 'b', '3', null],
    ]);
  });

  it.each([
    ['nothing', '', 'empty'],
    ['line ends only', '\r\n\r\n', 'empty'],
    ['names only', 'sku,variant\n', 'empty'],
    ['one column', 'A\nB\n', 'no_columns'],
    ['no column of variants', 'sku,price\nA,1', 'no_columns'],
    ['an Excel file', 'PK\u0003\u0004rest', 'excel'],
    ['bytes that are no text', 'A,1\0', 'no_text'],
    ['a quotation mark that stays open', 'sku,variant\n"A,1\nB,2\n', 'open_quote'],
    ['too many rows', 'A,1\n'.repeat(mostSkuRows + 1), 'too_many'],
    ['too many bytes', 'x'.repeat(mostSkuBytes + 1), 'too_large'],
  ])('is not taken where it holds %s', async (_, text, wrong) => {
    expect(await rows(text)).toBe(wrong);
  });

  it('ten thousand rows are taken', async () => {
    const file = await read(
      `sku,variant\n${Array.from({ length: mostSkuRows }, (_, n) => `S${n},${n}`).join('\n')}`,
    );
    expect(file.ok && file.rows.filter((row) => row.wrong === null)).toHaveLength(mostSkuRows);
  });

  it('any bytes are answered', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (any) => {
        expect(await readSkuFile(any)).toHaveProperty('ok');
      }),
    );
  });

  it('what is written is read again as it was, and no cell begins like a formula', async () => {
    const signs = fc.constantFrom('=', '+', '-', '@', "'", '"', ',', ';', '\t', 'A', '1', ' ', 'é', '日');
    const sku = fc
      .string({ unit: signs, minLength: 1, maxLength: 12 })
      .filter((text) => text.trim() === text && !text.includes('\t'));
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(sku, { minLength: 1, maxLength: 20 }), async (skus) => {
        const variant = 'gid://shopify/ProductVariant/1';
        const text = writeSkuFile(skus.map((one) => ({ sku: one, variant, linked: 'by hand', orders: 1 })));
        for (const line of text.slice(1).split('\r\n')) expect(line).not.toMatch(/^"?[=+\-@]/);
        expect(await rows(text)).toEqual(skus.map((one, n) => [n + 2, one, variant, null]));
      }),
    );
  });
});
