import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { readOrderReport, type ReportPart } from '../../app/reports/order-report.ts';

// node --expose-gc test/bench/order-report.ts [megabytes]: streams a made-up report of 1,000 MB through the reader, plain and
// packed, and prints rows a second, the live heap at its highest and by how much the process grew.
const megabytes = Number(process.argv[2] ?? 1_000);
const titles =
  'order-id\torder-item-id\tpurchase-date\tpayments-date\tbuyer-email\tbuyer-name\tsku\tproduct-name\tquantity-purchased\tship-service-level\trecipient-name\tship-address-1\tship-address-2\tship-city\tship-state\tship-postal-code\tship-country\tsales-channel\tis-business-order\tis-prime\tis-buyer-requested-cancellation\tbuyer-requested-cancel-reason';

function line(n: number): string {
  const id = `902-${String(Math.floor(n / 1e7)).padStart(7, '0')}-${String(n % 1e7).padStart(7, '0')}`;
  const asked = n % 200 === 0 ? 'true\tBestellt "aus Versehen", Größe paßt nicht' : 'false\t';
  const tab = n % 1_000 === 1 ? '\tmit Tab' : '';
  return `${id}\t1${String(n).padStart(13, '0')}\t2026-11-19T10:11:12+00:00\t2026-11-19T10:41:12+00:00\tx@marketplace.example\tTest Buyer\tSKU-${n % 5_000}\tBlaue Tasse mit einem längeren Namen, 350 ml${tab}\t1\tStandard\tTest Buyer\tInvented Street 1\t\tTestville\t\t00000\tDE\tAmazon.de\tfalse\tfalse\t${asked}`;
}

function* pieces(): Generator<Buffer> {
  const bytes = megabytes * 1_000_000;
  let n = 0;
  for (let made = 0; made < bytes;) {
    const lines = Array.from({ length: 300 }, () => line((n += 1)));
    const piece = Buffer.from(`${made === 0 ? `${titles}\n` : ''}${lines.join('\n')}\n`);
    made += piece.length;
    yield piece;
  }
}

async function measure(source: AsyncIterable<Uint8Array>) {
  globalThis.gc?.();
  const began = performance.now();
  const before = process.memoryUsage.rss();
  let heap = 0;
  let rss = 0;
  let parts = 0;
  let end: Extract<ReportPart, { is: 'end' }> | null = null;
  for await (const part of readOrderReport(source)) {
    parts += 1;
    if (parts % 500 === 0) {
      globalThis.gc?.();
      heap = Math.max(heap, process.memoryUsage().heapUsed);
    }
    rss = Math.max(rss, process.memoryUsage.rss());
    if (part.is === 'end') end = part;
  }
  const seconds = (performance.now() - began) / 1_000;
  const rows = end?.progress.rows ?? 0;
  return {
    rows,
    asked: end?.progress.asked ?? 0,
    broken: end?.progress.broken ?? 0,
    seconds: Number(seconds.toFixed(1)),
    rowsPerSecond: Math.round(rows / seconds),
    liveHeapMB: Math.round(heap / 1e6),
    grownMB: Math.round((rss - before) / 1e6),
  };
}

const plain = await measure(Readable.from(pieces()));
process.stdout.write(`plain  ${JSON.stringify(plain)}\n`);
const packed = await measure(Readable.from(pieces()).pipe(createGzip({ level: 1 })));
process.stdout.write(`packed ${JSON.stringify(packed)}\n`);
