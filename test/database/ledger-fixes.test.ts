import { expect, it } from 'vitest';
import { keepLedgers } from '../../app/db/ledger-entries.ts';
import { listLedger } from '../../app/db/ledger-list.ts';
import { keepProblems } from '../../app/db/problems.ts';
import type { ShopDomain } from '../../app/domain/ids.ts';
import type { LedgerEntry } from '../../app/domain/ledger-entry.ts';
import type { ProblemDraft } from '../../app/domain/problem.ts';
import { withFixes } from '../../app/sync/ledger-view.ts';
import { countMendable, mendable } from '../../app/sync/mend-many.ts';
import { freshDatabase } from '../database.ts';
import { newShop, orderIds, seller, start } from './shop-rows.ts';

const database = await freshDatabase();
const { db } = database;
const [first = expect.fail(), second = expect.fail()] = orderIds(2);
const filter = { now: start };

const entry = (changes: Partial<LedgerEntry>) => ({
  ...({ kind: 'refund', key: 'refund:T1', at: start, day: '2026-11-21', currency: 'USD' } as const),
  ...({ amazon: -1200, shopify: null, settlement: null } as const),
  ...({ state: 'different', class: 'refund_missing_shopify', waitsUntil: null } as const),
  ...changes,
});
const voided = (changes: Partial<LedgerEntry> = {}) =>
  entry({ kind: 'void', key: 'void', amazon: -3490, shopify: 0, ...changes });
const missing = (subject: string): ProblemDraft => ({ kind: 'refund_missing_shopify', subject, params: {} });

type Entries = readonly ReturnType<typeof entry>[];
async function plant(
  shop: ShopDomain,
  id: typeof first,
  entries: Entries,
  problems: readonly ProblemDraft[],
): Promise<void> {
  await db.forShop(shop, async (tx) => {
    const ledger = { id, sellerId: seller, marketplaceId: null, entries, matched: [] };
    await keepLedgers(tx, shop, [id], [ledger]);
    await keepProblems(tx, shop, start, [{ order: id, problems, partial: false }]);
  });
}

/** What each entry offers: `KEY: PROBLEM SUBJECT`, or another look. */
async function offered(shop: ShopDomain): Promise<string[]> {
  const rows = await db.forShop(shop, async (tx) => {
    const list = await listLedger(tx, shop, filter, { limit: 50 });
    return withFixes(tx, shop, list.rows);
  });
  return rows.map(({ key, problem, look }) =>
    [`${key}:`, problem ? `${problem.kind} ${problem.subject}`.trim() : look ? 'look' : 'nothing'].join(' '),
  );
}

it('REP-3: an entry offers its own refund’s problem, and never another one’s', async () => {
  const shop = await newShop(database);
  const entries = [entry({}), entry({ key: 'refund:T2', amazon: -500 }), voided()];
  // The first was left as it is with a note.
  await plant(shop, first, entries, [missing('move:T2')]);
  expect(await offered(shop)).toEqual([
    'void: look',
    'refund:T2: refund_missing_shopify move:T2',
    'refund:T1: look',
  ]);
});

it('REP-3: a problem of the whole order is offered by each entry that it mends', async () => {
  const shop = await newShop(database);
  const entries = [
    entry({ class: 'totals' }),
    entry({ kind: 'sale', key: 'sale', class: 'totals' }),
    entry({ key: 'refund:T2', class: 'currency' }),
  ];
  const problems: ProblemDraft[] = [
    { kind: 'totals_differ', subject: '', params: {} },
    { kind: 'currency_unknown', subject: 'CAD', params: {} },
  ];
  await plant(shop, first, entries, problems);
  expect(await offered(shop)).toEqual([
    'sale: totals_differ',
    'refund:T2: currency_unknown CAD',
    'refund:T1: totals_differ',
  ]);
});

it.each<[string, Partial<LedgerEntry>, string]>([
  ['a cancelled line', {}, 'line:147645420374961'],
  ['the rest of a void', { class: 'totals', shopify: -1000 }, 'rest'],
  ['the tax that a refund left out', { class: 'tax_treatment', shopify: -3300 }, 'rest'],
])(
  'REP-2 REP-3: %s that Shopify refused to enter can be recorded, alone or with others',
  async (_, changes, subject) => {
    const shop = await newShop(database);
    await plant(shop, first, [voided(changes)], [missing('move:T9'), missing(subject)]);
    await plant(shop, second, [voided(changes)], [missing(subject)]);
    const fix = `void: refund_missing_shopify ${subject}`;
    expect(await offered(shop)).toEqual([fix, fix]);
    const kinds = await db.forShop(shop, (tx) => countMendable(tx, shop, filter));
    expect(kinds).toEqual([{ kind: 'refund_missing_shopify', count: 2 }]);
  },
);

it('REP-3: of voids each is repeated in its own way, and what a person has to compare is not', async () => {
  const shop = await newShop(database);
  await plant(shop, first, [voided()], [{ kind: 'shopify_cancel_failed', subject: '', params: {} }]);
  const apart = voided({ class: 'refund_missing_amazon' });
  await plant(shop, second, [apart], [{ kind: 'refused_other', subject: '', params: {} }]);
  expect(await offered(shop)).toEqual(['void: refused_other', 'void: shopify_cancel_failed']);
  const kinds = await db.forShop(shop, (tx) => mendable(tx, shop, filter));
  expect([...kinds.keys()]).toEqual(['shopify_cancel_failed']);
});
