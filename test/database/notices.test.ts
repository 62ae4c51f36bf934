import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { addDeliveries, claimDelivery, noteTry, type NewDelivery } from '../../app/db/notice-deliveries.ts';
import { addNotices, markSeen, unseenNotices, type NewNotice } from '../../app/db/notices.ts';
import { enqueueWhatIsDue } from '../../app/db/system.ts';
import type { ShopDomain } from '../../app/domain/ids.ts';
import { closeAccountProblem, keepProblems, openAccountProblem } from '../../app/db/problems.ts';
import { amazonOrderId } from '../../app/domain/ids.ts';
import type { ProblemKind } from '../../app/domain/problem.ts';
import { freshDatabase } from '../database.ts';
import { newShop, ownerOf, start } from './shop-rows.ts';

const database = await freshDatabase();
const { db } = database;
const owner = ownerOf(database);

const opened = (id: string, n = 1): NewNotice => ({
  ...{ kind: 'request_opened', key: `request_opened ${id} ${n}`, amazonOrderId: id, params: { n } },
});
const add = (shop: ShopDomain, at: number, ...notices: NewNotice[]) =>
  db.forShop(shop, (tx) => addNotices(tx, shop, at, notices));
const unseen = async (shop: ShopDomain) =>
  (await db.forShop(shop, (tx) => unseenNotices(tx, shop))).map(({ amazonOrderId, at }) => [
    amazonOrderId,
    at,
  ]);

it('REQ-11: staff hear of a new request once, however often it is found', async () => {
  const shop = await newShop(database);
  await add(shop, start, opened('a'), opened('b'), opened('a'));
  await Promise.all([1, 2, 3].map((late) => add(shop, start + late, opened('a'))));
  expect((await unseen(shop)).sort()).toEqual([
    ['a', start],
    ['b', start],
  ]);
});

it('REQ-11: what was seen is no news again, and a new wish on the same order is', async () => {
  const shop = await newShop(database);
  await add(shop, start, opened('a'));
  await add(shop, start + 5, opened('b'));
  await db.forShop(shop, (tx) => markSeen(tx, shop, start + 9, start + 4));
  expect(await unseen(shop)).toEqual([['b', start + 5]]);
  await add(shop, start + 10, opened('a'), opened('a', 2));
  expect(await unseen(shop)).toEqual([
    ['b', start + 5],
    ['a', start + 10],
  ]);
  const seen = await owner('select seen_at from notice where shop = $1 and seen_at is not null', [shop]);
  expect(seen).toEqual([{ seen_at: new Date(start + 9) }]);
});

it('SEC-1: notices of other shops are neither read nor marked', async () => {
  const [mine, theirs] = [await newShop(database), await newShop(database)];
  await add(theirs, start, opened('t'));
  expect(await unseen(mine)).toEqual([]);
  await db.forShop(mine, (tx) => markSeen(tx, theirs, start, start));
  expect(await unseen(theirs)).toEqual([['t', start]]);
});

const told = (shop: ShopDomain) =>
  owner(
    'select kind, amazon_order_id as "order", params from notice where shop = $1 order by at, kind, key',
    [shop],
  );

it('REQ-11: a critical problem of an order is told once each time it opens, and others are not', async () => {
  const shop = await newShop(database);
  const keep = (at: number, ...kinds: ProblemKind[]) =>
    db.forShop(shop, (tx) =>
      keepProblems(tx, shop, at, [
        {
          order: amazonOrderId('a'),
          problems: kinds.map((kind) => ({ kind, subject: '', params: { time: at } })),
          partial: false,
        },
      ]),
    );
  await keep(start, 'ship_late', 'sku_unlinked');
  await keep(start + 1, 'ship_late', 'sku_unlinked');
  const late = { kind: 'problem_critical', order: 'a', params: { problem: 'ship_late' } };
  expect(await told(shop)).toEqual([late]);
  await keep(start + 2);
  await keep(start + 3, 'ship_late');
  expect(await told(shop)).toEqual([late, late]);
  expect(await unseen(shop)).toEqual([]);
});

it('REQ-12: that requests cannot be seen is told once while it lasts', async () => {
  const shop = await newShop(database);
  const open = (at: number, kind: ProblemKind) =>
    db.forShop(shop, (tx) => openAccountProblem(tx, shop, at, { kind, subject: 's', params: { since: at } }));
  await Promise.all([open(start, 'blind'), open(start, 'blind')]);
  await open(start + 1, 'blind');
  await open(start + 2, 'recovered');
  await open(start + 3, 'disconnected');
  const blind = { kind: 'blind', order: '', params: { problem: 'blind' } };
  const gone = { kind: 'problem_critical', order: '', params: { problem: 'disconnected' } };
  expect(await told(shop)).toEqual([blind, gone]);
  await db.forShop(shop, (tx) => closeAccountProblem(tx, shop, start + 4, 'blind', 's'));
  await open(start + 5, 'blind');
  expect(await told(shop)).toEqual([blind, gone, blind]);
});

const jobsOf = async (shop: ShopDomain) => {
  await owner(`delete from graphile_worker._private_jobs where payload->>'shop' = $1`, [shop]);
  await enqueueWhatIsDue(db, start);
  return owner(`select id from graphile_worker._private_jobs where payload->>'shop' = $1`, [shop]);
};

it('PRO-2: one worker sends to a shop’s staff at a time, the urgent first, and a test does not wait', async () => {
  const shop = await newShop(database);
  const one = (change: Partial<NewDelivery>): NewDelivery => ({
    ...{ targetId: randomUUID(), channel: 'webhook', kind: 'notices', urgent: false, noticeIds: [] },
    ...{ params: {}, dueAt: start, ...change },
  });
  const [plain, urgent, test] = await db.forShop(shop, (tx) =>
    addDeliveries(tx, shop, start, [one({}), one({ urgent: true }), one({ kind: 'test' })]),
  );
  const claim = (id?: string) => db.forShop(shop, (tx) => claimDelivery(tx, shop, start, id));
  expect(await jobsOf(shop)).toHaveLength(1);
  const first = await claim();
  expect([first?.id, await claim(), (await claim(test))?.id]).toEqual([urgent, null, test]);
  expect(await jobsOf(shop)).toEqual([]);
  if (first) await db.forShop(shop, (tx) => noteTry(tx, shop, start, first, '200', { state: 'sent' }));
  expect(await jobsOf(shop)).toHaveLength(1);
  expect((await claim())?.id).toBe(plain);
  // Its worker dies.
  await owner(
    "update notice_delivery set claim_until = clock_timestamp() - interval '1 second' where shop = $1",
    [shop],
  );
  expect(await jobsOf(shop)).toHaveLength(1);
  expect((await claim())?.id).toBe(plain);
});
