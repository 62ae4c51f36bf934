import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { OrderSearch } from '../../app/amazon/orders.ts';
import { pollAmazon } from '../../app/sync/poll-amazon.ts';
import type { Services } from '../../app/sync/services.ts';
import { freshDatabase } from '../database.ts';
import { orderOf } from './orders.ts';
import { keptRuns } from './seeds.ts';
import { copiesOf } from './shopify-side.ts';
import { openModelWorld, seller, shop, type ModelWorld } from './world.ts';

// Looks of several pages: a hundred orders are one.
const database = await freshDatabase();
let world: ModelWorld;
let asked: (OrderSearch & { readonly at: number })[] = [];

beforeAll(async () => {
  world = await openModelWorld(database);
});
beforeEach(async () => {
  asked = [];
  await world.reset(keptRuns[0]?.run.positions ?? expect.fail());
});
afterEach(() => {
  vi.useRealTimers();
});
afterAll(() => world.close());

/** Places orders that need nothing in Shopify, from the `from`-th on. */
function placeMany(count: number, from = 0): void {
  const placed = Array.from({ length: count }, (_, n) => orderOf('fba', from + n, world.clock.now()));
  world.amazon.placeOrders(seller, placed);
}

/** The services of a worker; what it asks Amazon for is noted. */
function noted(services: Services): Services {
  return {
    ...services,
    amazon: (account) => {
      const client = services.amazon(account);
      return {
        ...client,
        searchOrders: (search) => {
          asked.push({ ...search, at: world.clock.now() });
          return client.searchOrders(search);
        },
      };
    },
  };
}

/** A gate at which somebody is held up. */
function gate() {
  const [reached, open] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
  return {
    reached: reached.promise,
    pass: async () => {
      reached.resolve(undefined);
      await open.promise;
    },
    letGo: () => {
      open.resolve(undefined);
    },
  };
}

/** Services whose Shopify does not answer before it is let go. */
function slowShopify(services: Services) {
  const { pass, ...held } = gate();
  const shopify: Services['shopify'] = (domain) => {
    const client = services.shopify(domain);
    return {
      ...client,
      run: async (...call) => {
        await pass();
        return client.run(...call);
      },
    };
  };
  return { services: { ...services, shopify }, ...held };
}

/** Services to which an answer of Amazon's does not come before it is let go. */
function slowAmazon(services: Services, isMeant: (search: OrderSearch) => boolean) {
  const { pass, ...held } = gate();
  const amazon: Services['amazon'] = (row) => {
    const client = services.amazon(row);
    return {
      ...client,
      searchOrders: async (search) => {
        const page = await client.searchOrders(search);
        if (isMeant(search)) await pass();
        return page;
      },
    };
  };
  return { services: { ...services, amazon }, ...held };
}

const account = async () =>
  (
    await database.owner<{
      window: unknown;
      cursor: Date;
      deep_window: unknown;
      deep_swept_at: Date | null;
      polling_until: Date | null;
      next_poll_at: Date;
    }>('select * from seller')
  )[0] ?? expect.fail();
const tokensAsked = () => asked.map(({ pageToken }) => pageToken);

it('PRO-4 PRO-5: who is held up with a page for longer than it claimed the poll leaves the other pages to who has it now', async () => {
  placeMany(250);
  await world.clock.advance(3 * 60_000);
  const slow = slowShopify(noted(world.services[0]));
  const first = pollAmazon(slow.services, shop, seller);
  await slow.reached;
  await world.clock.advance(26_000);
  expect(await pollAmazon(noted(world.services[1]), shop, seller)).toBe(2);
  const after = await account();
  slow.letGo();
  expect(await first).toBe(1);
  expect(new Set(tokensAsked()).size).toBe(3);
  expect(asked).toHaveLength(3);
  expect(after).toMatchObject({ window: null, polling_until: null });
  expect(await account()).toEqual(after);
});

it('PRO-4 PRO-5: a page that comes after another worker has taken the poll over does not set it back', async () => {
  placeMany(350);
  await world.clock.advance(3 * 60_000);
  const slow = slowAmazon(noted(world.services[0]), ({ pageToken }) => pageToken !== null);
  const first = pollAmazon(slow.services, shop, seller);
  await slow.reached;
  await world.clock.advance(26_000);
  const other = slowShopify(noted(world.services[1]));
  const second = pollAmazon(other.services, shop, seller);
  await other.reached;
  const between = await account();
  slow.letGo();
  await first;
  expect(await account()).toEqual(between);
  other.letGo();
  expect(await second).toBe(3);
  // The second page alone was under way twice.
  expect([new Set(tokensAsked()).size, asked.length]).toEqual([4, 5]);
  expect(await account()).toMatchObject({ window: null, polling_until: null });
});

it('PRO-5: nobody else takes a poll over while its worker lives, however long a page takes', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  placeMany(250);
  await world.clock.advance(3 * 60_000);
  const slow = slowShopify(noted(world.services[0]));
  const first = pollAmazon(slow.services, shop, seller);
  await slow.reached;
  for (let passed = 0; passed < 4; passed += 1) {
    await world.clock.advance(20_000);
    const until = new Date(world.clock.now() + 25_000);
    vi.advanceTimersByTime(5_000);
    await expect.poll(async () => (await account()).polling_until).toEqual(until);
    expect(await pollAmazon(noted(world.services[1]), shop, seller)).toBe(0);
  }
  slow.letGo();
  expect(await first).toBe(3);
  expect([new Set(tokensAsked()).size, asked.length]).toEqual([3, 3]);
  expect(await account()).toMatchObject({ window: null, polling_until: null });
});

/** All of an account's orders have come in, and are so old that only a deep look, which is due now, shows them again. */
async function deepLookDue(orders: number, slots: number): Promise<void> {
  const since = world.clock.now();
  placeMany(orders);
  await world.clock.advance(3 * 60_000);
  await pollUntil(async () => (await account()).cursor.getTime() > since);
  await world.clock.advance(3_600_000);
  await pollUntil(async () => (await account()).cursor.getTime() > since + 3_000_000);
  asked = [];
  await database.owner(
    "update rate_bucket set tokens = $1, at = $2 where operation = 'orders.searchOrders'",
    [slots, new Date(world.clock.now())],
  );
  await database.owner('update seller set deep_window = null, deep_swept_at = $1, next_poll_at = $2', [
    new Date(world.clock.now() - 7 * 3_600_000),
    new Date(world.clock.now()),
  ]);
}

/** Polls whenever it is due until it is so; answers how many polls that took. */
async function pollUntil(isSo: () => Promise<boolean>): Promise<number> {
  for (let polls = 0; polls < 30; polls += 1) {
    if (await isSo()) return polls;
    const { next_poll_at: due } = await account();
    await world.clock.advance(Math.max(0, due.getTime() - world.clock.now()));
    await pollAmazon(noted(world.services[0]), shop, seller);
  }
  return expect.fail('It did not come.');
}
const deepAsked = () => asked.filter(({ before }) => before !== null);
const newsAsked = () => asked.filter(({ before }) => before === null);
const deepIsOver = async () => (await account()).deep_window === null;

it('IMP-1 PRO-5: a new order does not wait for the pages of a deep look, which goes on with the slots left over', async () => {
  await deepLookDue(350, 1);
  await pollAmazon(noted(world.services[0]), shop, seller);
  expect(await deepIsOver()).toBe(false);
  const order = orderOf('plain', 900, world.clock.now());
  world.amazon.placeOrders(seller, [order]);
  const isThere = () => Promise.resolve(copiesOf(world.shopify, order.orderId).length > 0);
  expect(await pollUntil(isThere)).toBeLessThanOrEqual(2);
  expect(await deepIsOver()).toBe(false);
  await pollUntil(deepIsOver);
  const deep = deepAsked();
  expect([deep.length, new Set(deep.map(({ pageToken }) => pageToken)).size]).toEqual([4, 4]);
  // Each page came after a look for news, and none of these came late.
  const news = newsAsked().map(({ at }) => at);
  const gaps = news.slice(1).map((at, n) => at - (news[n] ?? 0));
  expect(Math.max(...gaps)).toBeLessThanOrEqual(6 * 60_000);
  expect(Math.max(...deep.map(({ at }) => Math.min(...news.map((look) => Math.abs(at - look)))))).toBe(0);
  expect(await account()).toMatchObject({ deep_swept_at: new Date(world.clock.now()) });
});

it('PRO-5: where Amazon has slots to spare a deep look takes one poll, and looks only at what was not looked at', async () => {
  await deepLookDue(250, 20);
  expect(await pollUntil(() => Promise.resolve(deepAsked().length > 0))).toBe(1);
  expect(await deepIsOver()).toBe(true);
  const [news, ...deep] = asked;
  expect(deep.map(({ before }) => before)).toEqual(Array(3).fill(news?.after));
  expect((await account()).next_poll_at.getTime() - world.clock.now()).toBe(200_000);
});

it('PRO-5: a page of a deep look that comes after the next poll went on with it does not set it back', async () => {
  await deepLookDue(350, 20);
  const [first, second] = world.services;
  const slow = slowAmazon(noted(first), ({ before }) => before !== null);
  const held = pollAmazon(slow.services, shop, seller);
  await slow.reached;
  await world.clock.advance(200_000);
  await pollAmazon(noted(second), shop, seller);
  const after = await account();
  slow.letGo();
  await held;
  expect(await account()).toEqual(after);
  expect(after).toMatchObject({ deep_window: null });
  expect(deepAsked()).toHaveLength(5);
});

it('PRO-5: a deep look whose page token no longer holds begins anew, and news come all the same', async () => {
  await deepLookDue(150, 20);
  const search = { by: 'updated', after: 0, before: 1, marketplaceIds: [], pageToken: 'long-over' };
  await database.owner('update seller set deep_window = $1', [JSON.stringify(search)]);
  expect(await pollUntil(async () => (await deepIsOver()) && deepAsked().length > 1)).toBe(2);
  expect(deepAsked().map(({ pageToken }) => pageToken)).toEqual(['long-over', null, expect.any(String)]);
  expect(await account()).toMatchObject({ blind_since: null, window: null });
});
