import { Readable } from 'node:stream';
import { beforeEach, expect, it } from 'vitest';
import { dueLedgers } from '../../app/db/ledger-due.ts';
import { listSettlements } from '../../app/db/settlement-list.ts';
import { nameSettlementRow } from '../../app/db/settlements.ts';
import { makeLedgers } from '../../app/sync/make-ledgers.ts';
import { takeReport } from '../../app/sync/take-report.ts';
import { playMonth, shop } from '../bench/play-ledger.ts';
import { freshDatabase } from '../database.ts';
import { plantMonth } from '../samples/ledger-month.ts';

const database = await freshDatabase();
const { db } = database;
const month = plantMonth(200);
const { services, seller } = await playMonth(db, month);
// The longest and the shortest, so that the lines of both files overlap.
const [first, , second] = month.settlements.toSorted((a, b) => b.rows - a.rows);
if (!first || !second) throw new Error('no settlements');
const linesOf = (text: string) => text.replace(/\n$/, '').split('\n');
const [titles = '', head = '', ...rows] = linesOf(first.text);

/** Takes a file in and makes the ledgers that are due. */
async function take(...lines: readonly string[]) {
  const bytes = Readable.from([Buffer.from(`${lines.join('\n')}\n`)]);
  const taken = await takeReport(services, shop, seller, {
    ...{ bytes, charset: null, dataUntil: null, day: '2026-11-30' },
  });
  while ((await db.forShop(shop, (tx) => dueLedgers(tx, shop, 1))).length > 0)
    await makeLedgers(services, shop);
  return taken;
}

/** What is known of the settlement, and what its rows and all ledgers say. */
async function known() {
  const { rows: found } = await db.forShop(shop, (tx) =>
    listSettlements(tx, shop, { limit: 1, id: first?.id }),
  );
  const { rows: of = 0, sum, total, matched, broken } = found[0] ?? {};
  const entries = await database.owner<Record<string, unknown>>(
    'select amazon_order_id, key, amazon, shopify, settlement, state, class from ledger_entry order by 1, 2',
  );
  return { rows: of, sum, total, matched, broken, entries };
}

const name = (line: number, note: string) =>
  db.forShop(shop, (tx) => nameSettlementRow(tx, shop, { settlementId: first.id, line }, note));
/** The names, each with the row of the file that it stands on. */
async function names(lines: readonly string[]) {
  const found = await database.owner<{ line: number; note: string }>(
    'select line, note from settlement_row where settlement_id = $1 and note is not null order by note',
    [first?.id],
  );
  return found.map(({ line, note }) => [note, lines[line - 1]]);
}

// Each test begins with the file as it was fetched.
beforeEach(async () => {
  await database.owner('update settlement_row set note = null');
  await take(titles, head, ...rows);
});
const asFetched = await known();

it('REP-5: joined with another settlement in one file nothing is doubled, and names stay with their rows', async () => {
  expect(asFetched).toMatchObject({ rows: first.rows, sum: asFetched.total, broken: 0 });
  // One that is taken over by other rows, and one that stands behind all of them.
  const firstOfBoth = 3;
  const lastOfBoth = rows.length + 2;
  await name(firstOfBoth, 'A first');
  await name(lastOfBoth, 'B last');
  const joined = [...linesOf(second.text), '', titles, head, ...rows];
  expect(second.rows + 4).toBeLessThan(rows.length);
  expect(await take(...joined)).toMatchObject({ broken: 0, refused: null, cut: null });
  expect(await known()).toEqual(asFetched);
  expect(await names(joined)).toEqual([
    ['A first', rows[0]],
    ['B last', rows.at(-1)],
  ]);
});

it('REP-5: a file whose lines could not all be read removes nothing', async () => {
  await name(3, 'A first');
  const taken = await take(titles, ...rows, head);
  expect(taken.broken).toBe(rows.length);
  expect(await known()).toEqual({ ...asFetched, broken: rows.length });
  expect(await names([titles, head, ...rows])).toEqual([['A first', rows[0]]]);
});

it('REP-5: what the newest file no longer has is gone, and so it is from the ledgers', async () => {
  const order = /\t(\d{3}-\d{7}-\d{7})\t/.exec(rows[0] ?? '')?.[1] ?? '-';
  const fewer = rows.filter((row) => !row.includes(order));
  await take(titles, head, ...fewer);
  const { rows: n, entries } = await known();
  expect(n).toBe(fewer.length);
  const settled = (all: typeof entries) =>
    all.filter((one) => one['amazon_order_id'] === order && one['settlement'] !== null).length;
  expect([settled(asFetched.entries) > 0, settled(entries)]).toEqual([true, 0]);
});
