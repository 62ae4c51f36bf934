import { existsSync, createReadStream, readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { fileSaying, type FileSaying } from '../domain/file-saying.ts';
import { readOrderReport, type ReportPart } from './order-report.ts';
import type { BrokenLine, ReportRow } from './report-row.ts';

const names = [
  'order-id',
  'order-item-id',
  'purchase-date',
  'buyer-name',
  'sku',
  'product-name',
  'quantity-purchased',
  'ship-country',
  'is-buyer-requested-cancellation',
  'buyer-requested-cancel-reason',
  'verge-of-cancellation',
];
const one = '902-0000001-0000001';
const two = '902-0000002-0000002';

const row = (change: Record<string, string> = {}, columns: readonly string[] = names) => {
  const plain: Record<string, string> = {
    'order-id': one,
    'order-item-id': '10000000000001',
    'purchase-date': '2026-11-19T10:11:12+00:00',
    'buyer-name': 'Ann Example',
    sku: 'SKU-1',
    'product-name': 'Blue mug',
    'quantity-purchased': '1',
    'ship-country': 'US',
    'is-buyer-requested-cancellation': 'true',
    'buyer-requested-cancel-reason': 'By mistake',
    'verge-of-cancellation': 'false',
  };
  return columns.map((name) => change[name] ?? plain[name] ?? '').join('\t');
};
const report = (...lines: string[]) => `${[names.join('\t'), ...lines].join('\n')}\n`;

interface Read {
  readonly parts: ReportPart[];
  readonly rows: ReportRow[];
  readonly broken: BrokenLine[];
  readonly last: ReportPart | undefined;
}

/** Reads the bytes in pieces of `size`, so that a character may lie across two of them. */
async function read(content: string | Buffer, size = 7, declared: string | null = null): Promise<Read> {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
    bytes.subarray(i * size, (i + 1) * size),
  );
  const parts: ReportPart[] = [];
  for await (const part of readOrderReport(Readable.from(pieces), declared)) parts.push(part);
  return {
    parts,
    rows: parts.flatMap((part) => (part.is === 'rows' ? part.rows : [])),
    broken: parts.flatMap((part) => (part.is === 'rows' ? part.broken : [])),
    last: parts.at(-1),
  };
}

const asked = {
  amazonOrderId: one,
  orderItemId: '10000000000001',
  sku: 'SKU-1',
  purchasedAt: Date.parse('2026-11-19T10:11:12Z'),
  asked: 'asked',
  odd: false,
  reason: 'By mistake',
};

describe('an order report', () => {
  it('REQ-1 REP-5: is read by the names of its columns, in any order, with others among them', async () => {
    const shuffled = ['new-column', ...names.toReversed(), 'another'];
    const lines = [shuffled.join('\t'), row({}, shuffled), row({ 'order-id': two }, shuffled)];
    const { rows, parts } = await read(lines.join('\n'));
    expect(rows).toEqual([asked, { ...asked, amazonOrderId: two }]);
    expect(parts[0]).toEqual({ is: 'columns', cancellation: true, misspelt: null });
  });

  it.each([
    ['TRUE', 'asked', false],
    ['true', 'asked', false],
    ['True', 'asked', false],
    ['1', 'asked', false],
    ['FALSE', 'none', false],
    ['false', 'none', false],
    ['0', 'none', false],
    ['', 'none', false],
    ['maybe', 'unknown', true],
    ['WAHR', 'unknown', true],
  ])('REQ-1: %j in the column means %s', async (word, state, odd) => {
    const { rows, last } = await read(report(row({ 'is-buyer-requested-cancellation': word })));
    expect(rows).toMatchObject([{ asked: state, odd }]);
    expect(last).toMatchObject({ progress: { odd: odd ? 1 : 0, asked: state === 'asked' ? 1 : 0 } });
  });

  it('REQ-1: without the optional column every row is unknown', async () => {
    const fewer = names.filter((name) => !name.includes('cancel'));
    const { rows, parts } = await read([fewer.join('\t'), row({}, fewer)].join('\n'));
    expect(rows).toMatchObject([{ asked: 'unknown', odd: false, reason: null }]);
    expect(parts[0]).toMatchObject({ cancellation: false });
  });

  it.each([
    'is-buyer-requested-cancelation',
    'is-buyer is-buyer-requested-cancelation',
    'Is-Buyer-Requested-Cancellation',
    '[is-buyer is-buyer-requested-cancelation]',
  ])('REP-5: the column is known as %s too', async (title) => {
    const text = report(row()).replace('is-buyer-requested-cancellation', title);
    const { rows, parts } = await read(text);
    expect(rows).toEqual([asked]);
    expect(parts[0]).toMatchObject({
      misspelt: /cancelation/.test(title) ? title : null,
    });
  });

  it('REQ-1: asked under one of two spellings is asked', async () => {
    const both = [...names, 'is-buyer-requested-cancelation'];
    const text = [
      both.join('\t'),
      row({ 'is-buyer-requested-cancellation': '', 'is-buyer-requested-cancelation': 'TRUE' }, both),
      row({ 'is-buyer-requested-cancellation': 'false', 'is-buyer-requested-cancelation': '' }, both),
    ].join('\n');
    expect((await read(text)).rows.map((one) => one.asked)).toEqual(['asked', 'none']);
  });

  const words = { de: 'Größe paßt nicht – 5 €', ja: '間違えて注文しました。ソ表示ｱｲ', emoji: 'Versehen 😀' };
  const bytes = (encoding: string, reason: string, change: Record<string, string> = {}) =>
    iconv.encode(report(row({ 'buyer-requested-cancel-reason': reason, ...change })), encoding, {
      addBOM: /^utf-?16/.test(encoding),
    });
  it.each([
    ['UTF-8', bytes('utf-8', words.emoji), words.emoji],
    [
      'UTF-8 with a mark',
      Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes('utf-8', words.ja)]),
      words.ja,
    ],
    ['UTF-16 little-endian', bytes('utf-16le', words.emoji), words.emoji],
    ['UTF-16 big-endian', bytes('utf-16be', words.ja), words.ja],
    ['Windows-1252', bytes('windows-1252', words.de), words.de],
    ['Latin-1', bytes('latin1', 'Größe paßt nicht'), 'Größe paßt nicht'],
    ['Windows-31J of Japan', bytes('windows-31j', words.ja, { 'ship-country': 'JP' }), words.ja],
    ['Windows-31J, nothing said', bytes('windows-31j', 'まちがえて注文しました'), 'まちがえて注文しました'],
    [
      'Windows-31J whose bytes could be UTF-8',
      bytes('windows-31j', 'ﾃｽ', { 'ship-country': 'JP', 'product-name': '青いマグ' }),
      'ﾃｽ',
    ],
  ])('REP-5: comes in %s, cut anywhere', async (_name, content, reason) => {
    for (const size of [1, 2, 3, 64, 100_000]) {
      expect((await read(content, size)).rows).toMatchObject([{ amazonOrderId: one, reason }]);
    }
  });

  it.each([
    ['windows-31j', bytes('windows-31j', words.ja), words.ja],
    ['Cp1252', bytes('windows-1252', words.de), words.de],
    ['ISO-8859-2', bytes('iso-8859-2', 'Omyłka'), 'Omyłka'],
    ['UTF-8', bytes('windows-1252', words.de), words.de],
    ['no-such-charset', bytes('utf-8', words.de), words.de],
  ])('REP-5: the declared charset %s helps, and never harms', async (declared, content, reason) => {
    expect((await read(content, 9, declared)).rows).toMatchObject([{ reason }]);
  });

  it.each([
    ['CRLF', report(row(), row({ 'order-id': two })).replaceAll('\n', '\r\n')],
    ['no final line end', report(row(), row({ 'order-id': two })).trimEnd()],
    ['empty lines', `\n${report(row(), '', row({ 'order-id': two }), '', '')}`],
    ['one empty column more in the rows', report(`${row()}\t`, `${row({ 'order-id': two })}\t`)],
    ['gzip', gzipSync(report(row(), row({ 'order-id': two })))],
    ['two joined gzips', Buffer.concat([gzipSync(report(row())), gzipSync(`${row({ 'order-id': two })}\n`)])],
    [
      'gzip of UTF-16',
      gzipSync(iconv.encode(report(row(), row({ 'order-id': two })), 'utf-16le', { addBOM: true })),
    ],
  ])('REP-5: may have %s', async (_name, content) => {
    const { rows, broken, last } = await read(content);
    expect([rows.map((one) => one.amazonOrderId), broken]).toEqual([[one, two], []]);
    expect(last).toMatchObject({ is: 'end', cut: null, progress: { rows: 2, asked: 2, broken: 0 } });
  });

  it('REQ-5: quotes, markup and formulas are letters like others', async () => {
    const reason = `=HYPERLINK("http://x","y") <b onclick='z'>"no" ""${'long '.repeat(990)}end`;
    const { rows } = await read(
      report(row({ 'buyer-requested-cancel-reason': reason, 'product-name': '"Blue" 7" mug' }), row()),
    );
    expect(rows.map((one) => one.reason)).toEqual([reason, 'By mistake']);
    expect(reason.length).toBeGreaterThan(4_900);
  });

  it('a reason without an end is cut', async () => {
    const { rows } = await read(report(row({ 'buyer-requested-cancel-reason': 'x'.repeat(50_000) })), 65_536);
    expect(rows[0]?.reason).toHaveLength(10_000);
  });

  it('REP-5: tabs in a text do not shift what stands behind it', async () => {
    const { rows, broken } = await read(
      report(
        row({ 'product-name': 'Blue\tmug\t2' }),
        row({ 'buyer-name': 'Ann\tExample', 'is-buyer-requested-cancellation': 'false' }),
        row({ 'buyer-requested-cancel-reason': 'not\tmine' }),
      ),
    );
    expect(broken).toEqual([]);
    expect(rows.map(({ sku, asked: state, reason }) => [sku, state, reason])).toEqual([
      [null, 'asked', 'By mistake'],
      [null, 'none', null],
      ['SKU-1', 'asked', 'not\tmine'],
    ]);
  });

  it('REP-5: a row whose tabs can be read in two ways is broken, and its order known', async () => {
    const columns = ['order-id', 'purchase-date', 'buyer-name', names[8] ?? '', 'product-name', 'sku'];
    const text = [columns.join('\t'), `${one}\t2026-11-19\tAnn\ttrue\ttrue\tMug\tSKU-1`].join('\n');
    expect((await read(text)).rows).toMatchObject([{ asked: 'asked', sku: 'SKU-1' }]);
    const unclear = text.replace('true\ttrue', 'true\tfalse');
    expect((await read(unclear)).rows).toEqual([]);
    expect((await read(unclear)).broken).toEqual([
      { line: 2, amazonOrderId: one, says: fileSaying('line_width', { line: 2, found: 7, wanted: 6 }) },
    ]);
  });

  it('REP-5 SEC-5: broken lines end nothing, are told by number, and show nothing of what they hold', async () => {
    const { rows, broken, last } = await read(
      report(
        row(),
        `${two}\t10000000000001`,
        row({ 'order-id': '' }),
        row({ 'order-id': 'Ann Example' }),
        row({ 'buyer-name': 'A\u0000nn' }),
        'y'.repeat(10_000_000),
        row({ 'order-id': two }),
      ),
      65_536,
    );
    expect(rows.map((one) => one.amazonOrderId)).toEqual([one, two]);
    expect(broken).toEqual([
      { line: 3, amazonOrderId: two, says: fileSaying('line_width', { line: 3, found: 2, wanted: 11 }) },
      { line: 4, amazonOrderId: null, says: fileSaying('line_order', { line: 4, column: 'order-id' }) },
      { line: 5, amazonOrderId: null, says: fileSaying('line_order', { line: 5, column: 'order-id' }) },
      { line: 6, amazonOrderId: null, says: fileSaying('line_bytes', { line: 6 }) },
      { line: 7, amazonOrderId: null, says: fileSaying('line_long', { line: 7 }) },
    ]);
    expect(last).toMatchObject({ cut: null, progress: { rows: 2, broken: 5 } });
  });

  it('REP-5: of a file cut in the middle all whole rows are used', async () => {
    const whole = report(row(), row({ 'order-id': two }));
    const { rows, last } = await read(whole.slice(0, -60));
    expect(rows.map((one) => one.amazonOrderId)).toEqual([one]);
    expect(last).toMatchObject({ cut: fileSaying('cut_line', { line: 3 }) });
  });

  it('REP-5: of an archive cut anywhere all whole rows are used, and the end says so', async () => {
    const lines = Array.from({ length: 3_000 }, (_, i) =>
      row({ 'order-id': `902-0000001-${String(i).padStart(7, '0')}`, 'buyer-name': String(Math.sin(i)) }),
    );
    const packed = gzipSync(report(...lines));
    for (const size of [100, 65_536]) {
      const { rows, last } = await read(packed.subarray(0, packed.length / 2), size);
      expect(rows.length).toBeGreaterThan(1_300);
      expect(last).toMatchObject({ cut: fileSaying('cut_archive') });
    }
    expect((await read(packed.subarray(0, -4), 100)).rows).toHaveLength(3_000);
    const damaged = Buffer.from(packed);
    damaged.fill(0xff, packed.length / 2, packed.length / 2 + 50);
    const broken = await read(damaged, 1_000);
    expect(broken.rows.length).toBeGreaterThan(1_000);
    expect(broken.last).toMatchObject({
      is: 'end',
      cut: { key: expect.stringMatching(/^cut_(damaged|archive)$/) as string },
    });
  });

  it('REP-5: a source that breaks off is a cut report, not an error', async () => {
    async function* source() {
      yield Buffer.from(report(row()));
      await Promise.resolve();
      throw Object.assign(new Error('gone'), { code: 'ECONNRESET' });
    }
    const parts: ReportPart[] = [];
    for await (const part of readOrderReport(source())) parts.push(part);
    expect(parts.at(-1)).toMatchObject({
      is: 'end',
      progress: { rows: 1 },
      cut: fileSaying('cut_reading', { code: 'ECONNRESET' }),
    });
  });

  it.each<[string, string | Buffer, FileSaying['key'], string?]>([
    ['an empty file', '', 'empty'],
    ['a file of a mark only', '\ufeff', 'empty'],
    ['empty lines', '\n\r\n\n', 'empty'],
    ['a new Excel file', Buffer.from('PK\u0003\u0004\u0014\u0000'), 'excel_or_zip'],
    ['an old Excel file', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), 'excel'],
    ['a PDF', '%PDF-1.7\n', 'pdf'],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0]), 'picture'],
    ['UTF-16 without a mark', iconv.encode(report(row()), 'utf-16le', { addBOM: false }), 'no_text'],
    ['JSON', '{"errors":[{"code":"x"}]}', 'json'],
    ['pretty JSON', '[\n {"a": 1}\n]', 'json'],
    ['an error page', '<!DOCTYPE html><html><body>Sorry</body></html>', 'web_page'],
    ['XML', '<?xml version="1.0"?><Orders/>', 'xml'],
    ['commas', 'order-id,order-item-id,sku\n1,2,3\n', 'no_tabs'],
    ['no titles', `${row()}\n`, 'no_titles'],
    ['a text', 'Dear customer', 'no_columns', 'Dear customer'],
    ['another file', 'foo\tbar\tbaz\tlast\n', 'no_order_column', 'foo · bar · baz'],
    [
      'Japanese titles',
      iconv.encode('注文番号\t商品\t数量\n', 'windows-31j'),
      'no_order_column',
      '注文番号 · 商品 · 数量',
    ],
    ['German titles', 'Bestellnummer\tGröße\n', 'no_order_column', 'Bestellnummer · Größe'],
    ['an endless line', 'x'.repeat(2_000_000), 'endless'],
    ['a broken archive', gzipSync('').subarray(0, 12), 'cut_archive'],
  ])('REP-5: %s is refused in one clear sentence', async (_name, content, key, first) => {
    const { parts } = await read(content, 65_536);
    expect(parts).toHaveLength(1);
    expect(parts[0]).toEqual({
      is: 'refused',
      says: fileSaying(key, first === undefined ? {} : { first }),
    });
  });
});

const samples = '../shared/amazon/samples/reports-tsv';
describe.skipIf(!existsSync(samples))("Amazon's own report files", () => {
  it('REQ-1 REP-5: the unshipped report shows its request', async () => {
    const parts: ReportPart[] = [];
    const file = createReadStream(`${samples}/unshipped-with-cancel-request.invented.tsv`);
    for await (const part of readOrderReport(file)) parts.push(part);
    const rows = parts.flatMap((part) => (part.is === 'rows' ? part.rows : []));
    expect(rows).toEqual([{ ...asked, reason: 'Order created by mistake' }]);
  });

  it.each([
    ['GET_FLAT_FILE_ACTIONABLE_ORDER_DATA_SHIPPING', null],
    ['GET_FLAT_FILE_ORDER_REPORT_DATA_SHIPPING', null],
    ['GET_FLAT_FILE_ALL_ORDERS_DATA_BY_LAST_UPDATE_GENERAL', null],
    ['GET_FLAT_FILE_RETURNS_DATA_BY_RETURN_DATE', 'returns'],
    ['GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2', 'settlement'],
  ])('REP-5: the columns of %s: %s', async (name, report) => {
    const { parts } = await read(readFileSync(`${samples}/${name}.header.tsv`));
    expect(parts[0]).toEqual(
      report === null
        ? { is: 'columns', cancellation: true, misspelt: null }
        : { is: 'refused', says: fileSaying('other_report', { report }) },
    );
  });
});
