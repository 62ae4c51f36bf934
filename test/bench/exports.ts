import { getRandomValues } from 'node:crypto';
import pg from 'pg';
import { openDatabase } from '../../app/db/client.ts';
import { migrate } from '../../app/db/migrate.ts';
import { shopDomain } from '../../app/domain/ids.ts';
import { csvLine } from '../../app/lib/csv.ts';
import { startDatabaseServer } from '../../app/sandbox/database-server.ts';
import { everyEntry } from '../../app/sync/ledger-view.ts';
import { everySettledLine } from '../../app/sync/settlement-view.ts';
import { textsIn } from '../../app/ui/all-texts.server.ts';
import { ledgerCells } from '../../app/ui/ledger-words.ts';
import { csvAnswer } from '../../app/ui/report-csv.ts';
import { lineCells } from '../../app/ui/settlement-words.ts';

// node --expose-gc test/bench/exports.ts [rows]: saves a ledger and a settlement of so many rows as CSV, and prints time until
// the first bytes and until the end, what of it was in memory at a time, and how far it reads ahead of one who does not take it.
const count = Number(process.argv[2] ?? 20_000);
const port = 20_000 + ((getRandomValues(new Uint16Array(1))[0] ?? 0) % 20_000);
const server = await startDatabaseServer(port, undefined);
await migrate(server.url);
const db = openDatabase(server.url);
const shop = shopDomain('export.myshopify.com');
const now = Date.UTC(2026, 10, 30);
const owner = new pg.Client({ connectionString: server.url });
await owner.connect();
await owner.query(
  `insert into ledger_entry (shop, amazon_order_id, key, seller_id, kind, at, day, marketplace_id, currency, amazon, shopify, state)
   select $1, '902-' || lpad((n / 4)::text, 7, '0') || '-0000001', 'sale:' || n, 'A1', 'sale', $2::timestamptz - n * interval '1 minute',
     to_char($2::timestamptz - n * interval '1 minute', 'YYYY-MM-DD'), 'ATVPDKIKX0DER', 'USD', 2500, 2500, 'in_step'
   from generate_series(1, $3::int) n`,
  [shop, new Date(now), count],
);
await owner.query(
  `insert into settlement (shop, settlement_id, seller_id, currency, total, taken_at) values ($1, '777', 'A1', 'USD', 1, $2)`,
  [shop, new Date(now)],
);
await owner.query(
  `insert into settlement_row (shop, settlement_id, line, type, amazon_order_id, amount_type, description, amount, sku)
   select $1, '777', n, 'Order', '902-0000001-0000001', 'ItemPrice', 'Principal', 1234, 'SKU-' || n from generate_series(2, $2::int + 1) n`,
  [shop, count],
);
await owner.query('analyze');
await owner.end();

const { t } = textsIn('en');
const style = { language: 'en', timeZone: 'UTC', now } as const;
let read = 0;
async function* ledger() {
  for await (const rows of everyEntry({ db }, shop, { now })) {
    read += rows.length;
    yield rows.map((row) => csvLine(ledgerCells(row, t, style))).join('');
  }
}
async function* settlement() {
  for await (const rows of everySettledLine({ db }, shop, '777', false)) {
    read += rows.length;
    yield rows.map((row) => csvLine(lineCells(row, 'USD', t))).join('');
  }
}

const heap = () => {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1e6;
};

for (const [name, lines] of [
  ['ledger', ledger],
  ['settlement', settlement],
] as const) {
  for (const warm of [true, false]) {
    read = 0;
    const before = heap();
    const began = performance.now();
    const reader = csvAnswer(lines()).body?.getReader();
    let [bytes, rows, first, most, held] = [0, 0, 0, 0, 0];
    for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
      const chunk = Buffer.from(next.value as Uint8Array);
      if (bytes === 0) {
        first = performance.now() - began;
        await new Promise((resolve) => setTimeout(resolve, 1_000));
        held = read;
      }
      bytes += chunk.length;
      rows += chunk.toString('latin1').split('\n').length - 1;
      if (!warm) most = Math.max(most, heap() - before);
    }
    const figures = {
      ...{ rows, kB: Math.round(bytes / 1_000), firstMs: Math.round(first) },
      ...{
        ms: Math.round(performance.now() - began - 1_000),
        readAhead: held,
        liveMB: Number(most.toFixed(1)),
      },
    };
    process.stdout.write(`${name}, ${warm ? 'time' : 'memory'}: ${JSON.stringify(figures)}\n`);
  }
}
await db.close();
await server.stop();
