import { expect, it } from 'vitest';
import { countLedger, dayTotals } from '../../app/db/ledger-totals.ts';
import { ledgerStates } from '../../app/domain/ledger-entry.ts';
import { consistencyPage } from '../../app/sync/ledger-view.ts';
import { listLedger, sumLedger, type LedgerPlace, type LedgerRow } from '../../app/db/ledger-list.ts';
import { listSettlements, settlementLines } from '../../app/db/settlement-list.ts';
import { judge, playMonth, shop } from '../bench/play-ledger.ts';
import { freshDatabase } from '../database.ts';
import { plantMonth } from '../samples/ledger-month.ts';
import { monthEnd } from '../samples/ledger-troubles.ts';

const { db } = await freshDatabase();
const month = plantMonth(650);
const played = await playMonth(db, month);
const now = monthEnd;

async function all(): Promise<LedgerRow[]> {
  const rows: LedgerRow[] = [];
  let after: LedgerPlace | undefined;
  do {
    const page = await db.forShop(shop, (tx) => listLedger(tx, shop, { now }, { limit: 400, after }));
    rows.push(...page.rows);
    after = page.next ?? undefined;
  } while (after);
  return rows;
}
const rows = await all();

it('REP-1 REP-2 REF-4: every planted difference of a month is found with its class, and none is invented', () => {
  const said = rows
    .filter((row) => row.class !== null && row.kind !== 'fee' && row.kind !== 'tax')
    .map((row) => `${row.amazonOrderId} ${row.kind} ${row.state} ${row.class ?? ''}`);
  const { missed, invented, planted } = judge(month, said);
  expect({ missed, invented }).toEqual({ missed: [], invented: [] });
  expect(planted).toBeGreaterThan(150);
  // What Amazon keeps is in step, or what a settlement says of it would be wrong.
  expect(rows.filter((row) => (row.kind === 'fee' || row.kind === 'tax') && row.state !== 'in_step')).toEqual(
    [],
  );
});

it('REP-3: the totals of days are the sums of the ledger, on both sides, by marketplace and currency', async () => {
  const days = await db.forShop(shop, (tx) => dayTotals(tx, shop, { now, voids: false }, { limit: 500 }));
  expect(days.next).toBeNull();
  const sums = (kind: string, side: 'amazon' | 'shopify') =>
    rows
      .filter((row) => row.kind === kind && row.currency === 'USD')
      .reduce((sum, row) => sum + (row[side] ?? 0), 0);
  const dollars = days.rows.filter(({ currency }) => currency === 'USD');
  const added = (pick: (day: (typeof dollars)[number]) => bigint) =>
    Number(dollars.reduce((sum, one) => sum + pick(one), 0n));
  expect(added((one) => one.sales.amazon)).toBe(sums('sale', 'amazon'));
  expect(added((one) => one.sales.shopify)).toBe(sums('sale', 'shopify'));
  expect(added((one) => one.refunds.shopify)).toBe(-sums('refund', 'shopify'));
  expect(days.rows.map(({ day }) => day)).toEqual(
    days.rows
      .map(({ day }) => day)
      .sort()
      .toReversed(),
  );
  const differing = days.rows.filter(({ state }) => state === 'different');
  expect(differing.length).toBeGreaterThan(5);
  const entries = days.rows.reduce((sum, one) => sum + one.entries.different, 0);
  expect(entries).toBe(rows.filter(({ state }) => state === 'different').length);
  // Page by page the same.
  const first = await db.forShop(shop, (tx) => dayTotals(tx, shop, { now, voids: false }, { limit: 7 }));
  const second = await db.forShop(shop, (tx) =>
    dayTotals(tx, shop, { now, voids: false }, { limit: 500, after: first.next ?? undefined }),
  );
  expect([...first.rows, ...second.rows]).toEqual(days.rows);
});

it('REP-2: voids are in neither side’s sums, or in both', async () => {
  const read = (voids: boolean) =>
    db.forShop(shop, (tx) => dayTotals(tx, shop, { now, voids }, { limit: 500 }));
  const [without, within] = [await read(false), await read(true)];
  const added = (days: typeof without) => days.rows.reduce((sum, one) => sum + one.refunds.shopify, 0n);
  const { orders, voids } = await db.forShop(shop, (tx) => countLedger(tx, shop, { now }));
  expect(added(within)).toBeGreaterThan(added(without));
  expect(voids.map(({ currency }) => currency)).toEqual(
    ['CAD', 'EUR', 'JPY', 'USD'].filter((c) => rows.some((r) => r.kind === 'void' && r.currency === c)),
  );
  expect(Object.values(orders).reduce((sum, n) => sum + n, 0)).toBe(
    new Set(rows.map((r) => r.amazonOrderId)).size,
  );
});

it('REP-2: the sum under the ledger takes voids off nothing, for no sale holds what was never charged', async () => {
  const filter = { now, currency: 'EUR' };
  const [sum] = await db.forShop(shop, (tx) => sumLedger(tx, shop, filter));
  const euros = rows.filter((row) => row.currency === 'EUR');
  const of = (some: readonly LedgerRow[], side: 'amazon' | 'shopify' | 'settlement') =>
    BigInt(some.reduce((all, row) => all + (row[side] ?? 0), 0));
  const charged = euros.filter(({ kind }) => kind !== 'void');
  expect(of(euros, 'amazon')).not.toBe(of(charged, 'amazon'));
  expect(sum).toEqual({
    currency: 'EUR',
    entries: euros.length,
    amazon: of(charged, 'amazon'),
    shopify: of(charged, 'shopify'),
    settlement: of(euros, 'settlement'),
  });
  // The days’ totals without voids say the same.
  const days = await db.forShop(shop, (tx) =>
    dayTotals(tx, shop, { ...filter, voids: false }, { limit: 500 }),
  );
  const inDays = days.rows.reduce((all, one) => all + one.sales.shopify - one.refunds.shopify, 0n);
  expect(sum?.shopify).toBe(inDays);
});

it('REP-3: the entries of each state are those of the whole ledger, with what mends them', async () => {
  for (const state of ledgerStates) {
    const list = { limit: 5_000 };
    const found = await db.forShop(shop, (tx) => listLedger(tx, shop, { now, state }, list));
    expect(found.rows).toEqual(rows.filter((row) => row.state === state));
    expect(found.rows.length, state).toBeGreaterThan(2);
  }
  const list = { voids: false, after: undefined };
  const page = await db.forShop(shop, (tx) => consistencyPage(tx, shop, { now }, list));
  expect(page.differences).toHaveLength(25);
  expect(page.differences.every(({ look, problem }) => look || problem !== null)).toBe(true);
});

it('REP-5: the same files again change nothing', () => {
  const [first, again] = [played.taken.slice(0, 5), played.taken.slice(5)];
  expect(first.map(({ kind }) => kind)).toEqual([
    'settlement',
    'settlement',
    'settlement',
    'all_orders',
    'returns',
  ]);
  for (const one of first) expect(one).toMatchObject({ refused: null, cut: null, broken: 0 });
  for (const one of first.slice(0, 3)) expect(one.changed).toBe(one.rows);
  expect(again.map(({ changed }) => changed)).toEqual([0, 0, 0, 0, 0]);
});

it('REP-1: settlements are whole, their rows matched, and what is not matched is named', async () => {
  const { rows: found } = await db.forShop(shop, (tx) => listSettlements(tx, shop, { limit: 10 }));
  expect(found).toHaveLength(3);
  for (const one of found) expect(one.sum).toBe(one.total);
  for (const one of found)
    expect(one.rows).toBe(month.settlements.find(({ id }) => id === one.settlementId)?.rows);
  const dollars = found.find(({ currency }) => currency === 'USD');
  const alone = rows.filter(
    (row) => row.key.startsWith('refund:settlement:') && row.currency === 'USD',
  ).length;
  expect(alone).toBeGreaterThan(2);
  expect(dollars?.unmatched).toBe(1 + alone);
  const lines = await db.forShop(shop, (tx) =>
    settlementLines(tx, shop, dollars?.settlementId ?? '', { limit: 100, unmatched: true }),
  );
  expect(lines.rows.at(-1)).toMatchObject({
    amazonOrderId: '701-0000009-0000009',
    why: 'older',
    amount: 1900,
  });
  expect(new Set(lines.rows.slice(0, -1).map(({ why }) => why))).toEqual(new Set(['no_refund']));
  const own = await db.forShop(shop, (tx) =>
    tx.settlementRow.count({ where: { shop, matchedTo: { startsWith: 'own:' } } }),
  );
  expect(own).toBeGreaterThan(5);
});
