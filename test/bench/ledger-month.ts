import { getRandomValues } from 'node:crypto';
import { openDatabase } from '../../app/db/client.ts';
import { countLedger, dayTotals } from '../../app/db/ledger-totals.ts';
import { listLedger, type LedgerPlace } from '../../app/db/ledger-list.ts';
import { listSettlements } from '../../app/db/settlement-list.ts';
import { migrate } from '../../app/db/migrate.ts';
import { startDatabaseServer } from '../../app/sandbox/database-server.ts';
import { plantMonth } from '../samples/ledger-month.ts';
import { monthEnd as now } from '../samples/ledger-troubles.ts';
import { judge, playMonth, shop } from './play-ledger.ts';

// node test/bench/ledger-month.ts [orders] [seed]: plants a month of 20,000 orders with all kinds of trouble, takes all its
// sources in twice, and prints what the ledger found of it (precision, recall) and how long each step and page took.
const orders = Number(process.argv[2] ?? 20_000);
const seed = Number(process.argv[3] ?? 1);
const say = (name: string, what: unknown) =>
  process.stdout.write(`${name.padEnd(12)} ${JSON.stringify(what)}\n`);

const port = 20_000 + ((getRandomValues(new Uint16Array(1))[0] ?? 0) % 20_000);
const server = await startDatabaseServer(port, undefined);
try {
  await migrate(server.url);
  const db = openDatabase(server.url);
  const month = plantMonth(orders, seed);
  say('planted', { orders, transactions: month.transactions.length, ...month.cases });
  const { took, taken } = await playMonth(db, month);
  say('took ms', took);
  say(
    'files',
    taken.map(({ kind, rows, changed }) => ({ kind, rows, changed })),
  );
  const said: string[] = [];
  let after: LedgerPlace | undefined;
  do {
    const page = await db.forShop(shop, (tx) => listLedger(tx, shop, { now }, { limit: 5_000, after }));
    for (const row of page.rows)
      if (row.class !== null && row.kind !== 'fee' && row.kind !== 'tax')
        said.push(`${row.amazonOrderId} ${row.kind} ${row.state} ${row.class}`);
    after = page.next ?? undefined;
  } while (after);
  const { missed, invented, ...verdict } = judge(month, said);
  say('verdict', { ...verdict, missed: missed.slice(0, 5), invented: invented.slice(0, 5) });
  const timed = async (name: string, work: () => Promise<unknown>) => {
    const times: number[] = [];
    for (let i = 0; i < 10; i += 1) {
      const began = performance.now();
      await work();
      times.push(performance.now() - began);
    }
    times.sort((a, b) => a - b);
    say(name, { medianMs: Math.round(times[5] ?? 0), worstMs: Math.round(times.at(-1) ?? 0) });
  };
  const page = { limit: 50 };
  await timed('totals', () => db.forShop(shop, (tx) => dayTotals(tx, shop, { now, voids: false }, page)));
  await timed('counts', () => db.forShop(shop, (tx) => countLedger(tx, shop, { now })));
  await timed('different', () =>
    db.forShop(shop, (tx) => listLedger(tx, shop, { now, state: 'different' }, page)),
  );
  await timed('all', () => db.forShop(shop, (tx) => listLedger(tx, shop, { now }, page)));
  await timed('settlements', () => db.forShop(shop, (tx) => listSettlements(tx, shop, page)));
  await db.close();
} finally {
  await server.stop();
}
