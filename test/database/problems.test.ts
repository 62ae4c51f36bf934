import { expect, it } from 'vitest';
import { openByKind, openOfKind } from '../../app/db/problem-kinds.ts';
import {
  closeAccountProblem,
  countOpenProblems,
  keepProblems,
  openAccountProblem,
  openProblems,
} from '../../app/db/problems.ts';
import type { ShopDomain } from '../../app/domain/ids.ts';
import type { ProblemDraft } from '../../app/domain/problem.ts';
import { freshDatabase } from '../database.ts';
import { newShop, orderIds, start, ownerOf } from './shop-rows.ts';

const database = await freshDatabase();
const { db } = database;
const owner = ownerOf(database);

const [first = expect.fail(), second = expect.fail()] = orderIds(2);
const hour = 3_600_000;

const differs: ProblemDraft = { kind: 'totals_differ', subject: 'order', params: { by: 1 } };
const unlinked = (sku: string): ProblemDraft => ({ kind: 'sku_unlinked', subject: sku, params: { sku } });
const disconnected: ProblemDraft = { kind: 'disconnected', subject: 'A1', params: { why: 'revoked' } };

const keep = (shop: ShopDomain, now: number, order: typeof first, problems: readonly ProblemDraft[]) =>
  db.forShop(shop, (tx) => keepProblems(tx, shop, now, [{ order, problems, partial: false }]));
const open = (shop: ShopDomain) => db.forShop(shop, (tx) => openProblems(tx, shop));
const shown = async (shop: ShopDomain) =>
  (await open(shop)).map((p) => [p.kind, p.amazonOrderId, p.subject, p.since]);
const all = (shop: ShopDomain) =>
  owner('select * from problem where shop = $1 order by since, closed_at', [shop]);

it('PRO-4: a problem is open once however often it is found, and keeps its age', async () => {
  const shop = await newShop(database);
  await keep(shop, start, first, [differs]);
  await keep(shop, start + hour, first, [{ ...differs, params: { by: 2 } }, differs]);
  expect(await shown(shop)).toEqual([['totals_differ', first, 'order', start]]);
  expect(await all(shop)).toHaveLength(1);
});

it('PRO-4: what a problem says is brought up to date', async () => {
  const shop = await newShop(database);
  await keep(shop, start, first, [differs]);
  await keep(shop, start + hour, first, [{ ...differs, params: { by: 7 } }]);
  expect(await open(shop)).toMatchObject([{ params: { by: 7 }, since: start, tone: 'warning' }]);
});

it('PRO-4: a problem that is gone closes by itself, and only that one', async () => {
  const shop = await newShop(database);
  await keep(shop, start, first, [unlinked('A'), unlinked('B')]);
  await keep(shop, start, second, [unlinked('A')]);
  await keep(shop, start + hour, first, [unlinked('B')]);
  expect((await shown(shop)).sort()).toEqual([
    ['sku_unlinked', first, 'B', start],
    ['sku_unlinked', second, 'A', start],
  ]);
  const closed = await owner('select * from problem where shop = $1 and closed_at is not null', [shop]);
  expect(closed).toMatchObject([
    {
      amazon_order_id: first,
      subject: 'A',
      closed_by: 'by itself',
      closed_at: new Date(start + hour),
      open_key: null,
    },
  ]);
});

it('PRO-4: a problem that comes again is a new one; the old one stays as history', async () => {
  const shop = await newShop(database);
  await keep(shop, start, first, [differs]);
  await keep(shop, start + hour, first, []);
  await keep(shop, start + 2 * hour, first, [differs]);
  expect(await shown(shop)).toEqual([['totals_differ', first, 'order', start + 2 * hour]]);
  expect(await all(shop)).toHaveLength(2);
});

it('PRO-2: two workers that find the same problem at once open it once', async () => {
  const shop = await newShop(database);
  await Promise.all(Array.from({ length: 6 }, () => keep(shop, start, first, [differs, unlinked('A')])));
  expect(await all(shop)).toHaveLength(2);
});

it('REQ-12: a problem of an account is open once, closes by itself, and opens again', async () => {
  const shop = await newShop(database);
  const say = (now: number) => db.forShop(shop, (tx) => openAccountProblem(tx, shop, now, disconnected));
  const close = (now: number) =>
    db.forShop(shop, (tx) => closeAccountProblem(tx, shop, now, 'disconnected', 'A1'));
  await Promise.all([say(start), say(start), say(start), say(start)]);
  await say(start + hour);
  expect(await shown(shop)).toEqual([['disconnected', '', 'A1', start]]);
  await close(start + 2 * hour);
  await close(start + 3 * hour);
  expect(await shown(shop)).toEqual([]);
  expect(await all(shop)).toMatchObject([{ closed_at: new Date(start + 2 * hour), closed_by: 'by itself' }]);
  await say(start + 4 * hour);
  expect(await shown(shop)).toEqual([['disconnected', '', 'A1', start + 4 * hour]]);
});

it('PRO-4: what is found on orders leaves the problems of accounts alone', async () => {
  const shop = await newShop(database);
  await db.forShop(shop, (tx) => openAccountProblem(tx, shop, start, disconnected));
  await keep(shop, start + hour, first, []);
  expect(await shown(shop)).toHaveLength(1);
});

it('lists the worst first, among them the oldest, and counts what is open', async () => {
  const shop = await newShop(database);
  await keep(shop, start, first, [unlinked('A')]);
  await keep(shop, start + hour, second, [differs]);
  await keep(shop, start + 2 * hour, first, [unlinked('A'), differs]);
  await db.forShop(shop, (tx) => openAccountProblem(tx, shop, start + 3 * hour, disconnected));
  expect((await shown(shop)).map(([kind, order]) => [kind, order])).toEqual([
    ['disconnected', ''],
    ['totals_differ', second],
    ['totals_differ', first],
    ['sku_unlinked', first],
  ]);
  expect(await db.forShop(shop, (tx) => countOpenProblems(tx, shop))).toBe(4);
});

it('PRO-4: where more are open than a list holds, the worst are in it, however young', async () => {
  const shop = await newShop(database);
  await keep(shop, start, first, [unlinked('A'), unlinked('B')]);
  await db.forShop(shop, (tx) => openAccountProblem(tx, shop, start + hour, disconnected));
  const listed = await db.forShop(shop, (tx) => openProblems(tx, shop, 2));
  expect(listed.map((one) => one.kind)).toEqual(['disconnected', 'sku_unlinked']);
});

it('PRO-4: of each kind the oldest are listed and all counted, and all of one kind can be asked for', async () => {
  const shop = await newShop(database);
  const many = Array.from({ length: 620 }, (_, n) => unlinked(`SKU-${n}`));
  await keep(shop, start, first, [...many, differs]);
  const kinds = await db.forShop(shop, (tx) => openByKind(tx, shop, 50));
  const counts = kinds.map(({ kind, count }) => `${kind} ${count}`);
  expect([...new Set(counts)].sort()).toEqual(['sku_unlinked 620', 'totals_differ 1']);
  expect(counts).toHaveLength(51);
  expect(() => JSON.stringify(kinds)).not.toThrow();
  const asked = (limit: number) => db.forShop(shop, (tx) => openOfKind(tx, shop, 'sku_unlinked', limit));
  expect(await asked(1000)).toHaveLength(620);
  expect(await asked(7)).toHaveLength(7);
});
