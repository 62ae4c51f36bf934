import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { OrderSearch } from '../../app/amazon/orders.ts';
import { pollAmazon } from '../../app/sync/poll-amazon.ts';
import type { Services } from '../../app/sync/services.ts';
import { freshDatabase } from '../database.ts';
import { orderOf } from './orders.ts';
import { keptRuns } from './seeds.ts';
import { openModelWorld, seller, shop, type ModelWorld } from './world.ts';

// Looks of several pages: a hundred orders are one.
const database = await freshDatabase();
let world: ModelWorld;
let asked: OrderSearch[] = [];

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
          asked.push(search);
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

/** Services to which Amazon's second page does not come before it is let go. */
function slowSecondPage(services: Services) {
  const { pass, ...held } = gate();
  const amazon: Services['amazon'] = (row) => {
    const client = services.amazon(row);
    return {
      ...client,
      searchOrders: async (search) => {
        const page = await client.searchOrders(search);
        if (search.pageToken !== null) await pass();
        return page;
      },
    };
  };
  return { services: { ...services, amazon }, ...held };
}

const account = async () =>
  (await database.owner<{ window: unknown; polling_until: Date | null }>('select * from seller'))[0] ??
  expect.fail();
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
  const slow = slowSecondPage(noted(world.services[0]));
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
