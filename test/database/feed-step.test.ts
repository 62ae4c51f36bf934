import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { beforeEach, expect, it } from 'vitest';
import type { FeedStatus } from '../../app/amazon/feeds.ts';
import type { Database } from '../../app/db/client.ts';
import { enqueueWhatIsDue } from '../../app/db/system.ts';
import { ok } from '../../app/domain/failure.ts';
import { sellerId, type SellerId, type ShopDomain } from '../../app/domain/ids.ts';
import { now, setClock } from '../../app/lib/clock.ts';
import { createLog } from '../../app/lib/log.ts';
import { feedStep } from '../../app/sync/feed-step.ts';
import type { Services } from '../../app/sync/services.ts';
import { freshDatabase } from '../database.ts';
import { newShop, ownerOf, shopWithDue, start } from './shop-rows.ts';

const database = await freshDatabase();
const { db } = database;
const owner = ownerOf(database);
const log = createLog('silent', 'test');

beforeEach(() => {
  setClock(start);
});

interface Account {
  readonly shop: ShopDomain;
  readonly seller: SellerId;
}

/** A connected account whose batches are due. */
async function account(): Promise<Account> {
  const shop = await newShop(database);
  const seller = sellerId(`A${randomBytes(6).toString('hex')}`);
  const [at, never] = [new Date(start), new Date(start + 400 * 86_400_000)];
  await db.forShop(shop, (tx) =>
    tx.seller.create({
      data: {
        ...{ shop, sellerId: seller, region: 'eu', refreshToken: 'sealed', stateSince: at },
        ...{ importFrom: at, cursor: at, nextPollAt: never, nextFinancesAt: never, nextFeedAt: at },
      },
    }),
  );
  return { shop, seller };
}

/** A batch that Amazon has, to be looked at then (ms UTC). */
const sent = ({ shop, seller }: Account, lookAt: number) =>
  db.forShop(shop, (tx) =>
    tx.feed.create({
      data: {
        ...{ shop, sellerId: seller, feedType: 'cancel_amazon', state: 'sent', amazonId: 'F1', messages: 1 },
        ...{ startedAt: new Date(start), sentAt: new Date(start), lookAt: new Date(lookAt) },
      },
    }),
  );

const jobs = (shop: ShopDomain) =>
  owner<{ task: string }>(
    `select t.identifier as task from graphile_worker._private_jobs j
     join graphile_worker._private_tasks t on t.id = j.task_id where j.payload->>'shop' = $1`,
    [shop],
  );
const tasks = async (shop: ShopDomain) => (await jobs(shop)).map(({ task }) => task);
const nextLook = async ({ shop }: Account) =>
  (await owner<{ at: Date | null }>('select next_feed_at as at from seller where shop = $1', [shop]))[0]?.at;
const runOut = ({ shop }: Account) =>
  owner(
    "update seller set feed_lease_until = clock_timestamp() - interval '1 second' where shop = $1 and feed_lease_until is not null",
    [shop],
  );

/** An Amazon that is done with a batch, and whose report begins, and goes on when it is let. */
function stalledReport() {
  const [opened, body] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
  const asked: string[] = [];
  const status: FeedStatus = {
    ...{ feedId: 'F1', feedType: 'POST_ORDER_ACKNOWLEDGEMENT_DATA', state: 'done', createdAt: start },
    reportDocumentId: 'D1',
  };
  async function* bytes() {
    opened.resolve(undefined);
    await body.promise;
    yield Buffer.from('Feed Processing Summary:\n');
  }
  const amazon = () => ({
    getFeed: (id: string) => {
      asked.push(id);
      return Promise.resolve(ok(status));
    },
    openFeedReport: () => Promise.resolve(ok({ bytes: Readable.from(bytes()), charset: null })),
  });
  return {
    services: { db, log, amazon } as unknown as Services,
    asked,
    opened: opened.promise,
    goOn: () => {
      body.resolve(undefined);
    },
  };
}

const quiet = { db, log, amazon: () => ({}) } as unknown as Services;

/** A step that is held before its last transaction, which is the `last`-th. */
function heldStep({ shop, seller }: Account, last: number) {
  const [reached, gate] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
  let begun = 0;
  const forShop: Database['forShop'] = async (of, work) => {
    begun += 1;
    if (begun >= last) {
      reached.resolve(undefined);
      await gate.promise;
    }
    return db.forShop(of, work);
  };
  const done = feedStep({ ...quiet, db: { ...db, forShop } }, shop, seller);
  return {
    reached: reached.promise,
    end: () => {
      gate.resolve(undefined);
      return done;
    },
    transactions: () => begun,
  };
}

/** How many transactions a step makes that finds nothing. */
async function transactionsOfStep(): Promise<number> {
  const step = heldStep(await account(), Infinity);
  await step.end();
  return step.transactions();
}

it('CAN-13 PRO-2: while a report stalls its account has one step, and other shops are worked on', async () => {
  const [one, other] = [await account(), await shopWithDue(database, 1)];
  const { services, asked, opened, goOn } = stalledReport();
  await sent(one, start);
  await enqueueWhatIsDue(db, now());
  expect(await tasks(one.shop)).toEqual(['feed']);
  await owner(`delete from graphile_worker._private_jobs`);
  const step = feedStep(services, one.shop, one.seller);
  await opened;
  setClock(start + 3_600_000);
  await enqueueWhatIsDue(db, now());
  expect([await tasks(one.shop), await tasks(other.shop)]).toEqual([[], ['drain']]);
  // Something calls for a step: it ends at once, and is made after the other.
  await feedStep(services, one.shop, one.seller);
  await enqueueWhatIsDue(db, now());
  expect([asked, await tasks(one.shop)]).toEqual([['F1'], []]);
  goOn();
  await step;
  await enqueueWhatIsDue(db, now());
  expect([asked, await tasks(one.shop)]).toEqual([['F1'], ['feed']]);
});

it('CAN-13: what calls for a step while another is about to end is followed by one', async () => {
  const one = await account();
  const step = heldStep(one, await transactionsOfStep());
  await step.reached;
  await feedStep(quiet, one.shop, one.seller);
  await step.end();
  expect((await nextLook(one))?.getTime()).toBeLessThanOrEqual(now());
  await feedStep(quiet, one.shop, one.seller);
  expect(await nextLook(one)).toBeNull();
});

it('CAN-13: a step of a worker that slept wipes out nothing that another one noted', async () => {
  const one = await account();
  const sleeper = heldStep(one, await transactionsOfStep());
  await sleeper.reached;
  await runOut(one);
  await sent(one, start + 90_000);
  await feedStep(quiet, one.shop, one.seller);
  expect((await nextLook(one))?.getTime()).toBe(start + 90_000);
  await sleeper.end();
  expect((await nextLook(one))?.getTime()).toBe(start + 90_000);
});

it('PRO-8: a step of a worker that slept ends no lease but its own', async () => {
  const one = await account();
  const last = await transactionsOfStep();
  const sleeper = heldStep(one, last);
  await sleeper.reached;
  await runOut(one);
  const another = heldStep(one, last);
  await another.reached;
  await sent(one, start);
  await sleeper.end();
  await enqueueWhatIsDue(db, now());
  expect(await tasks(one.shop)).toEqual([]);
  await another.end();
  setClock(start + 10_000);
  await enqueueWhatIsDue(db, now());
  expect(await tasks(one.shop)).toEqual(['feed']);
});

it('PRO-8: the batches of a worker that died are due when its lease runs out', async () => {
  const one = await account();
  const step = heldStep(one, await transactionsOfStep());
  await step.reached;
  await enqueueWhatIsDue(db, now());
  expect(await tasks(one.shop)).toEqual([]);
  await runOut(one);
  await enqueueWhatIsDue(db, now());
  expect(await tasks(one.shop)).toEqual(['feed']);
  await step.end();
});

it('CAN-13: what calls for a step of an account that is not connected waits for it', async () => {
  const one = await account();
  await owner("update seller set state = 'disconnected', next_feed_at = null where shop = $1", [one.shop]);
  await feedStep(quiet, one.shop, one.seller);
  await enqueueWhatIsDue(db, now());
  expect(await tasks(one.shop)).toEqual([]);
  await owner("update seller set state = 'connected' where shop = $1", [one.shop]);
  await enqueueWhatIsDue(db, now());
  expect(await tasks(one.shop)).toEqual(['feed']);
});
