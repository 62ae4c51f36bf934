import { afterAll, expect, it } from 'vitest';
import { openDatabase } from '../../app/db/client.ts';
import type { MovePage, MoveWindow } from '../../app/amazon/finances.ts';
import { fail, ok, type Failure, type Result } from '../../app/domain/failure.ts';
import { sellerId, type AmazonOrderId, type ShopDomain } from '../../app/domain/ids.ts';
import { setClock } from '../../app/lib/clock.ts';
import { createLog } from '../../app/lib/log.ts';
import { knock } from '../../app/sync/knock.ts';
import { noteLedgers } from '../../app/sync/make-ledgers.ts';
import { pollFinances } from '../../app/sync/poll-finances.ts';
import type { Services } from '../../app/sync/services.ts';
import { freshDatabase } from '../database.ts';
import { ownerOf, shopWithDue, start } from './shop-rows.ts';

const database = await freshDatabase();
const owner = ownerOf(database);
const other = openDatabase(database.url);
afterAll(() => other.close());
const hour = 3_600_000;
const day = 24 * hour;
let count = 0;

/** An account with one order that is not due, and an Amazon that answers what it is given. */
async function account(importFrom = start - 400 * day, orders = 1) {
  setClock(start);
  count += 1;
  const seller = sellerId(`A${count}SWEPT`);
  const { shop, ids } = await shopWithDue(database, orders);
  const at = new Date(start);
  await database.db.forShop(shop, (tx) =>
    tx.seller.create({
      data: {
        ...{ shop, sellerId: seller, region: 'eu', refreshToken: 'sealed', stateSince: at },
        ...{ importFrom: new Date(importFrom), cursor: at, nextPollAt: at },
      },
    }),
  );
  await owner('update amazon_order set seller_id = $2, due_at = null where shop = $1', [shop, seller]);
  const asked: MoveWindow[] = [];
  const answers: (Partial<MovePage> | Failure)[] = [];
  const during: (() => Promise<void>)[] = [];
  const listMoves = async (window: MoveWindow): Promise<Result<MovePage>> => {
    asked.push(window);
    await during.shift()?.();
    const answer = answers.shift() ?? {};
    if ('kind' in answer) return fail(answer);
    return ok({ moves: [], postings: [], skipped: 0, next: null, until: window.before ?? 0, ...answer });
  };
  const log = createLog('silent', 'test');
  const services = { db: database.db, log, amazon: () => ({ listMoves }) } as unknown as Services;
  const sweep = () => pollFinances(services, shop, seller);
  return { shop, seller, ids, order: ids[0] as AmazonOrderId, asked, answers, during, sweep };
}

const page = (order: AmazonOrderId, transactionId: string, next: string | null): Partial<MovePage> => ({
  moves: [
    {
      ...{ transactionId, amazonOrderId: order, kind: 'refund', postedAt: start - hour, currency: 'USD' },
      ...{ amount: 100, items: [] },
    },
  ],
  next,
});
const row = async (shop: ShopDomain) => {
  const [found] = await owner<{
    finances_until: Date | null;
    finances_window: unknown;
    next_finances_at: Date;
    n: number;
    due: boolean;
  }>(
    `select l.finances_until, l.finances_window, l.next_finances_at, (select count(*)::int from amazon_move m where m.shop = l.shop) as n,
       exists (select from amazon_order o where o.shop = l.shop and o.due_at is not null) as due from seller l where l.shop = $1`,
    [shop],
  );
  if (!found) throw new Error('There is no account.');
  return found;
};
const minutesAhead = (at: Date) => Math.round((at.getTime() - start) / 60_000);
const slot: Failure = { kind: 'retry', code: 'slot', sentence: '', at: start + 2000 };

it('REF-3: goes back 30 days at first, and 50 hours behind what was seen after', async () => {
  const { shop, asked, sweep } = await account();
  expect(await sweep()).toBe(1);
  expect(start - (asked[0]?.after ?? 0)).toBeLessThan(30 * day + 1000);
  expect(start - (asked[0]?.after ?? 0)).toBeGreaterThan(30 * day - 60_000);
  const { finances_until: until, next_finances_at: next } = await row(shop);
  expect([asked[0]?.before, minutesAhead(next)]).toEqual([until?.getTime(), 30]);
  expect(await sweep()).toBe(0);
  setClock(start + hour);
  expect(await sweep()).toBe(1);
  expect(asked[1]?.after).toBe((until?.getTime() ?? 0) - 50 * hour);
});

it('IMP-5 REF-4: a page of money and orders that are let go with their ledgers do not deadlock', async () => {
  const { shop, seller, ids, answers, sweep } = await account(start - 400 * day, 150);
  for (let round = 0; round < 20; round += 1) {
    answers.push({ moves: ids.flatMap((id) => page(id, `${round} ${id}`, null).moves ?? []), next: null });
    await owner('update seller set next_finances_at = null where shop = $1', [shop]);
    const both = await Promise.allSettled([
      sweep(),
      // What `finish` does when it lets them go.
      other.forShop(shop, async (tx) => {
        await knock(tx, shop, seller, ids.toReversed());
        await noteLedgers(tx, shop, ids);
      }),
    ]);
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
  }
});

it('REF-3: begins with what was imported', async () => {
  const { asked, sweep } = await account(start - 2 * day);
  await sweep();
  expect(asked[0]?.after).toBe(start - 2 * day);
});

it('REF-3: a long time without sweeps is made up for in parts that Amazon answers', async () => {
  const { shop, asked, sweep } = await account();
  await owner('update seller set finances_until = $2 where shop = $1', [shop, new Date(start - 200 * day)]);
  await sweep();
  expect((asked[0]?.before ?? 0) - (asked[0]?.after ?? 0)).toBe(179 * day);
  expect(minutesAhead((await row(shop)).next_finances_at)).toBe(0);
});

it('PRO-2: a page that Amazon takes a minute for is waited for by one worker', async () => {
  const { asked, during, sweep } = await account();
  const others: number[] = [];
  during.push(async () => {
    setClock(start + 60_000);
    others.push(await sweep());
  });
  expect([await sweep(), others, asked.length]).toEqual([1, [0], 1]);
});

it('PRO-8: pages are kept as they come, and another worker goes on where one stopped', async () => {
  const { shop, order, asked, answers, sweep } = await account();
  answers.push(page(order, 'T1', 'second'), slot);
  expect(await sweep()).toBe(1);
  const cut = await row(shop);
  expect(cut).toMatchObject({ finances_until: null, n: 1, due: true });
  expect(cut.finances_window).toEqual({
    after: asked[0]?.after,
    before: asked[0]?.before,
    pageToken: 'second',
  });
  expect(cut.next_finances_at.getTime()).toBe(start + 2000);
  setClock(start + hour);
  answers.push(page(order, 'T2', null));
  expect(await sweep()).toBe(1);
  expect(asked[2]).toEqual({ ...asked[0], pageToken: 'second' });
  expect(await row(shop)).toMatchObject({ n: 2, finances_window: null });
});

it('PRO-2: a move that is known already wakes no order', async () => {
  const { shop, order, answers, sweep } = await account();
  answers.push(page(order, 'T1', null));
  await sweep();
  await owner('update amazon_order set due_at = null where shop = $1', [shop]);
  setClock(start + hour);
  answers.push(page(order, 'T1', null));
  await sweep();
  expect(await row(shop)).toMatchObject({ n: 1, due: false });
});

it('PRO-4: a page token that no longer holds starts the window anew', async () => {
  const { shop, order, asked, answers, sweep } = await account();
  answers.push(page(order, 'T1', 'second'), { kind: 'final', code: 'page_token', sentence: '' });
  await sweep();
  expect(await row(shop)).toMatchObject({ finances_window: null, finances_until: null });
  setClock(start + hour);
  await sweep();
  expect(asked[2]?.pageToken).toBeNull();
});

it.each<[string, Failure, number]>([
  ['a missing role', { kind: 'final', code: 'data_refused', sentence: '' }, 360],
  ['trouble', { kind: 'retry', code: 'service_error', sentence: '', at: null }, 5],
  ['a grant that is gone', { kind: 'reconnect', code: 'token_refused', sentence: '' }, 5],
])('PRO-4: after %s it is tried again later', async (_what, failure, minutes) => {
  const { shop, answers, sweep } = await account();
  answers.push(failure);
  expect(await sweep()).toBe(0);
  expect(minutesAhead((await row(shop)).next_finances_at)).toBe(minutes);
});
