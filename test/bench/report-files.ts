import { getRandomValues, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { aboutFile } from '../../app/command-line/said.ts';
import { openDatabase } from '../../app/db/client.ts';
import { migrate } from '../../app/db/migrate.ts';
import { startDatabaseServer } from '../../app/sandbox/database-server.ts';
import { takeReport } from '../../app/sync/take-report.ts';
import { plantMonth } from '../samples/ledger-month.ts';
import { playMonth, shop } from './play-ledger.ts';

// node --expose-gc test/bench/report-files.ts [megabytes]: takes good, odd and bad files in, and one of 300 MB, and prints
// time, memory and the message that each gets.
const megabytes = Number(process.argv[2] ?? 300);
const port = 20_000 + ((getRandomValues(new Uint16Array(1))[0] ?? 0) % 20_000);
const server = await startDatabaseServer(port, undefined);
await migrate(server.url);
const db = openDatabase(server.url);
const month = plantMonth(200);
const { services, seller } = await playMonth(db, month);
const settlement = month.settlements[0]?.text ?? '';
const lines = settlement.replace(/\n$/, '').split('\n');

function shuffled(text: string): string {
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map((line, i) => [`new-${String(i === 0 ? 'column' : i)}`, ...line.split('\t').toReversed()].join('\t'))
    .join('\n');
}

const orders = (name: string, reason: string) =>
  `order-id\torder-item-id\tpurchase-date\tproduct-name\tsku\tsales-channel\tis-buyer-requested-cancellation\tbuyer-requested-cancel-reason\n902-0000001-0000001\t10000000000001\t2026-11-19T10:11:12+00:00\t${name}\tSKU-1\t${name === '青いマグ' ? 'Amazon.co.jp' : 'Amazon.de'}\ttrue\t${reason}\n`;

const files: readonly (readonly [name: string, bytes: Buffer])[] = [
  ['settlement', Buffer.from(settlement)],
  ['settlement, columns shuffled, one unknown', Buffer.from(shuffled(settlement))],
  ['settlement, byte order mark', Buffer.from(`\uFEFF${settlement}`)],
  ['settlement, packed', gzipSync(settlement)],
  ['settlement, archive cut', gzipSync(settlement).subarray(0, 900)],
  ['settlement, cut in a line', Buffer.from(settlement.slice(0, -60))],
  [
    'settlement, three broken lines',
    Buffer.from(
      [
        ...lines.slice(0, 5),
        'x\ty',
        `${lines[6] ?? ''}\tmore\tand more`,
        (lines[7] ?? '').replace(/\t-?[\d.]+\t/, '\tmuch\t'),
        ...lines.slice(8),
      ].join('\n'),
    ),
  ],
  ['settlement without its head', Buffer.from([lines[0], ...lines.slice(2)].join('\n'))],
  [
    'settlement of the older form',
    Buffer.from('settlement-id\tsettlement-start-date\ttotal-amount\tcurrency\torder-id\tprice-amount\n'),
  ],
  ['order report, Latin-1', iconv.encode(orders('Größe', 'Größe paßt nicht'), 'latin1')],
  ['order report, Windows-31J', iconv.encode(orders('青いマグ', '間違えて注文'), 'windows-31j')],
  ['order report, UTF-16', iconv.encode(orders('Größe', 'Größe paßt nicht'), 'utf16-le', { addBOM: true })],
  ['all orders', Buffer.from(month.allOrders)],
  ['returns', Buffer.from(month.returns)],
  ['listings report', Buffer.from('item-name\titem-description\tseller-sku\tprice\n')],
  ['shipments of Amazon', Buffer.from('amazon-order-id\tshipment-item-id\tsku\n')],
  ['web page', Buffer.from('<!doctype html><html></html>')],
  ['Excel', Buffer.from('PK\u0003\u0004....')],
  ['random bytes', randomBytes(2_000)],
  ['comma-separated', Buffer.from(lines.slice(0, 3).join('\n').replaceAll('\t', ','))],
  ['no columns', Buffer.from(lines.slice(2, 5).join('\n'))],
  ['empty', Buffer.alloc(0)],
];

async function take(bytes: AsyncIterable<Uint8Array>) {
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  const began = performance.now();
  let heap = 0;
  let calls = 0;
  let rss = 0;
  const taken = await takeReport(
    services,
    shop,
    seller,
    { bytes, charset: null, dataUntil: null, day: '2026-11-30' },
    () => {
      rss = Math.max(rss, process.memoryUsage.rss());
      if ((calls += 1) % 200 !== 0) return;
      globalThis.gc?.();
      heap = Math.max(heap, process.memoryUsage().heapUsed);
    },
  );
  const seconds = (performance.now() - began) / 1_000;
  return { taken, seconds, heap, grown: rss - before };
}

for (const [name, bytes] of files) {
  const { taken, seconds } = await take(Readable.from([bytes]));
  const { kind, rows, changed, broken, refused, cut, says } = taken;
  const message = [...(refused ? [refused] : []), ...says, ...(cut ? [cut] : [])].map(aboutFile).join(' ');
  process.stdout.write(
    `${name.padEnd(42)} ${(seconds * 1_000).toFixed(0).padStart(5)} ms  ${(kind ?? '-').padEnd(10)} rows ${String(rows)}, changed ${String(changed)}, broken ${String(broken)}  ${message}\n`,
  );
}

/** A settlement of so many megabytes, of orders that nobody knows. */
function* huge(): Generator<Buffer> {
  const [titles = '', head = ''] = lines;
  let made = 0;
  let n = 0;
  yield Buffer.from(`${titles}\n${head.replace(/12800000000/g, '9900000000001')}\n`);
  while (made < megabytes * 1_000_000) {
    const some = Array.from({ length: 500 }, () => {
      n += 1;
      const id = `903-${String(Math.floor(n / 1e7)).padStart(7, '0')}-${String(n % 1e7).padStart(7, '0')}`;
      return `9900000000001\t\t\t\t\t\tOrder\t${id}\t${id}\t\tS${n}\tAmazon.com\tItemPrice\tPrincipal\t12.34\tF${n}\t2026-11-19\t2026-11-19T10:11:12+00:00\t1${n}\t\t\tSKU-${n % 5000}\t1\t`;
    });
    const piece = Buffer.from(`${some.join('\n')}\n`);
    made += piece.length;
    yield piece;
  }
}

const { taken, seconds, heap, grown } = await take(Readable.from(huge()));
const figures = {
  rows: taken.rows,
  changed: taken.changed,
  seconds: Number(seconds.toFixed(1)),
  rowsPerSecond: Math.round(taken.rows / seconds),
  liveHeapMB: Math.round(heap / 1e6),
  grownMB: Math.round(grown / 1e6),
};
process.stdout.write(
  `settlement of ${String(megabytes)} MB ${JSON.stringify(figures)} ${[taken.refused ?? taken.cut ?? []].flat().map(aboutFile).join('')}\n`,
);
await db.close();
await server.stop();
