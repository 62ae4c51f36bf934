import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { fileSaying } from '../domain/file-saying.ts';
import { AllOrdersReader } from './all-orders-report.ts';
import { lineBatches } from './line-batches.ts';
import { openReport } from './report-kind.ts';
import { amountIn, momentIn } from './report-values.ts';
import { ReturnsReader } from './returns-report.ts';
import { SettlementReader, type SettlementBatch } from './settlement-report.ts';

/** The bytes in pieces of a few, so that lines and letters lie across them. */
function pieces(content: string | Buffer, size = 50): Readable {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return Readable.from(
    Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
      bytes.subarray(i * size, (i + 1) * size),
    ),
  );
}
const open = (content: string | Buffer) => openReport(pieces(content), null);

async function settlement(content: string | Buffer): Promise<SettlementBatch & { unended: number | null }> {
  const opened = await open(content);
  if (opened.is === 'refused') throw new Error(opened.says.key);
  const reader = new SettlementReader(null);
  const batches: SettlementBatch[] = [];
  for await (const batch of lineBatches(opened.bytes)) batches.push(reader.read(batch));
  return {
    heads: batches.flatMap(({ heads }) => heads),
    rows: batches.flatMap(({ rows }) => rows),
    broken: batches.flatMap(({ broken }) => broken),
    unended: reader.unended,
  };
}

const names = [
  'settlement-id',
  'total-amount',
  'currency',
  'transaction-type',
  'order-id',
  'amount-type',
  'amount-description',
  'amount',
  'posted-date',
  'merchant-adjustment-item-id',
];
const head = ['777', '12,50', 'EUR', '', '', '', '', '', '', ''];
const id = '902-0000001-0000001';
const sale = ['777', '', '', 'Order', id, 'ItemPrice', 'Principal', '17,50', '12.11.2026', ''];
const back = ['777', '', '', 'Refund', id, 'ItemPrice', 'Principal', '-5,00', '2026-11-13', 'own-1'];
const file = (...rows: readonly string[][]) =>
  `${[names, ...rows].map((row) => row.join('\t')).join('\n')}\n`;

describe('a report file', () => {
  it.each([
    ['settlement', file(head, sale)],
    ['returns', 'Order ID\tReturn request date\tRefunded Amount\n'],
    ['all_orders', 'amazon-order-id\tlast-updated-date\torder-status\tpurchase-date\n'],
    ['order', 'order-id\tpurchase-date\tbuyer-name\n'],
  ])('REP-5: is known as %s by its columns', async (kind, content) => {
    expect(await open(content)).toMatchObject({ is: 'open', kind });
    expect(await open(gzipSync(content))).toMatchObject({ is: 'open', kind });
  });

  it.each([
    ['settlement-id\tprice-amount\n', 'old_settlement'],
    ['item-name\tseller-sku\n', 'other_report'],
    ['', 'empty'],
    ['\n\n', 'empty'],
    [gzipSync(file(head, sale)).subarray(0, 20), 'cut_archive'],
  ])('REP-5: that is none is refused with one sentence: %j', async (content, key) => {
    expect(await open(content)).toMatchObject({ is: 'refused', says: { key } });
  });

  it.each([
    ['12.30', 'USD', 1230],
    ['-3,99', 'EUR', -399],
    ['1.234,56', 'EUR', 123456],
    ['1,234.56', 'USD', 123456],
    ['1,234,567', 'JPY', 1234567],
    ['3490', 'JPY', 3490],
    ['1,980', 'JPY', 1980],
    ['-1.980', 'JPY', -1980],
    ['1.234', 'EUR', 123400],
    ['12,500', 'USD', 1250000],
    ['1.234', 'KWD', 1234],
    ['12.300', 'KWD', 12300],
    ['0.123', 'EUR', null],
    ['1234.567', 'EUR', null],
    ['1,234.567', 'EUR', null],
    ['19.5', 'JPY', null],
    ['19.00', 'JPY', 19],
    ['', 'USD', null],
    ['much', 'USD', null],
  ])('REP-5: the amount %j of %s is %j', (text, currency, amount) => {
    expect(amountIn(text, currency)).toBe(amount);
  });

  it.each([
    ['2026-11-21T10:11:12+00:00', '2026-11-21T10:11:12.000Z'],
    ['2026-11-21 10:11:12 UTC', '2026-11-21T10:11:12.000Z'],
    ['21.11.2026 10:11:12 UTC', '2026-11-21T10:11:12.000Z'],
    ['2026/11/21 19:11:12 +09:00', '2026-11-21T10:11:12.000Z'],
    ['21-Nov-2026', '2026-11-21T00:00:00.000Z'],
    ['soon', null],
  ])('REP-5: the moment %j is %j', (text, iso) => {
    const at = momentIn(text);
    expect(at === null ? null : new Date(at).toISOString()).toBe(iso);
  });
});

describe('a settlement report', () => {
  it('REP-1: gives its head and its rows, whatever the order of its columns and the sign of its decimals', async () => {
    const expected = {
      heads: [{ settlementId: '777', currency: 'EUR', total: 1250 }],
      rows: [
        { line: 3, type: 'Order', amazonOrderId: id, amount: 1750, postedAt: Date.UTC(2026, 10, 12) },
        { line: 4, type: 'Refund', amount: -500, ownAdjustmentId: 'own-1' },
      ],
      broken: [],
      unended: null,
    };
    expect(await settlement(file(head, sale, back))).toMatchObject(expected);
    const shuffled = [names, head, sale, back].map((row, i) =>
      [`new ${String(i)}`, ...row.toReversed()].join('\t'),
    );
    expect(await settlement(Buffer.from(`\uFEFF${shuffled.join('\n')}\n`))).toMatchObject(expected);
  });

  it('REP-5: of files that were joined the titles of each are no row', async () => {
    const other = (row: readonly string[]) => ['888', ...row.slice(1)];
    const read = await settlement(
      `\uFEFF${file(head, sale)}\n\uFEFF${file(other(head), other(back)).replaceAll('\n', '\r\n')}`,
    );
    expect(read.broken).toEqual([]);
    expect(read.heads.map(({ settlementId }) => settlementId)).toEqual(['777', '888']);
    expect(read.rows.map(({ settlementId, line }) => [settlementId, line])).toEqual([
      ['777', 3],
      ['888', 7],
    ]);
  });

  it('REP-5: names the lines that it cannot read, and reads the others', async () => {
    const read = await settlement(
      `${file(head, sale, ['x', 'y'], [...sale.slice(0, 7), 'much', '', ''], back)}777\tcut`,
    );
    expect(read.rows.map(({ line }) => line)).toEqual([3, 6]);
    expect(read.broken.map(({ says }) => says)).toEqual([
      fileSaying('line_width', { line: 4, found: 2, wanted: 10 }),
      fileSaying('line_amount', { line: 5, column: 'amount' }),
      fileSaying('line_width', { line: 7, found: 2, wanted: 10 }),
    ]);
    expect(read.unended).toBe(7);
    const headless = await settlement(file(sale));
    expect(headless.broken[0]?.says).toEqual(fileSaying('settlement_head', { settlement: '777' }));
  });
});

it('REP-5: an all-orders report gives money and state of its lines, one that stands twice as one, and nothing of the buyer', async () => {
  const columns = [
    'amazon-order-id',
    'last-updated-date',
    'order-status',
    'item-status',
    'sku',
    'quantity',
    'currency',
    'item-price',
    'item-tax',
    'item-promotion-discount',
    'ship-city',
  ];
  const line = [
    id,
    '2026-11-21T10:00:00+00:00',
    'Shipped',
    'Shipped',
    'SKU-1',
    '1',
    'USD',
    '10.00',
    '0.80',
    '2.00',
    'Reno',
  ];
  const text = [columns, line, line, [...line.slice(0, 7), '', '', '', '']]
    .map((row) => row.join('\t'))
    .join('\n');
  const reader = new AllOrdersReader(null);
  const lines = [];
  for await (const batch of lineBatches(pieces(text))) lines.push(...reader.read(batch));
  expect(lines).toMatchObject([{ status: 'shipped', amount: 880 }, { amount: 880 }, { amount: null }]);
  expect(lines[0]?.lineKey).toBe(lines[1]?.lineKey);
  expect(JSON.stringify(lines)).not.toContain('Reno');
});

it('REP-5: a returns report gives what was refunded', async () => {
  const text = `Order ID\tReturn request date\tAmazon RMA ID\tCurrency code\tMerchant SKU\tReturn quantity\tRefunded Amount\tTracking ID\n${id}\t21-Nov-2026\tD1RMA\tUSD\tSKU-1\t1\t5.00\t1Z\nno order\t\t\t\t\t\t\t\n`;
  const reader = new ReturnsReader(null);
  const read = [];
  for await (const batch of lineBatches(pieces(text))) read.push(reader.read(batch));
  expect(read.flatMap(({ rows }) => rows)).toMatchObject([
    { amazonOrderId: id, refunded: 500, currency: 'USD' },
  ]);
  expect(read.flatMap(({ broken }) => broken)).toEqual([
    { line: 3, says: fileSaying('line_order', { line: 3, column: 'Order ID' }) },
  ]);
});
