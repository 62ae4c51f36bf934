import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { leaseDueOrders } from '../../app/db/leases.ts';
import { amazonOrderId } from '../../app/domain/ids.ts';
import { knock } from '../../app/sync/knock.ts';
import { beginBackfill, backfillStep } from '../../app/sync/backfill.ts';
import { drain } from '../../app/sync/drain.ts';
import { pollAmazon } from '../../app/sync/poll-amazon.ts';
import { reconcile } from '../../app/sync/reconcile.ts';
import type { Services } from '../../app/sync/services.ts';
import { freshDatabase } from '../database.ts';
import { orderOf } from './orders.ts';
import { jumpRealTime } from './real-time.ts';
import { keptRuns } from './seeds.ts';
import { copiesOf, doubles, ordersInShopify } from './shopify-side.ts';
import { openModelWorld, seller, shop, type ModelWorld } from './world.ts';

// Moments that no run of the model reaches: each was a way to lose something in silence.
const database = await freshDatabase();
let world: ModelWorld;

beforeAll(async () => {
  world = await openModelWorld(database);
});
beforeEach(() => world.reset(keptRuns[0]?.run.positions ?? expect.fail()));
afterAll(() => world.close());

/** Places an order of three minutes ago, since Amazon's search does not show younger ones. */
async function placed(change: (order: ReturnType<typeof orderOf>) => object = (order) => order) {
  const order = orderOf('plain', 0, world.clock.now());
  world.amazon.placeOrders(seller, [{ ...order, ...change(order) }]);
  await world.clock.advance(3 * 60_000);
  return order.orderId;
}
const row = async () =>
  (await database.owner<Record<string, unknown>>('select * from amazon_order'))[0] ?? expect.fail();

it('SEC-4 PRO-4: an order decided on while its shop gave the app up stays due, and comes in when it is back', async () => {
  const [services] = world.services;
  const id = await placed();
  await database.owner('update shop set uninstalled_at = now()');
  await pollAmazon(services, shop, seller);
  expect(copiesOf(world.shopify, id)).toEqual([]);
  expect(await row()).toMatchObject({ state: 'importing', due_reason: 'backoff', failures: 1 });
  await database.owner('update shop set uninstalled_at = null');
  await world.clock.advance(60_000);
  await drain(services, shop);
  expect(copiesOf(world.shopify, id)).toHaveLength(1);
});

it('IMP-1: a day that does not exist keeps neither its order nor the others of its batch back', async () => {
  const shipByWindow = { latestDateTime: '2026-02-30T00:00:00Z' };
  const id = await placed(({ fulfillment }) => ({
    fulfillment: { ...(fulfillment as object), shipByWindow },
  }));
  await pollAmazon(world.services[0], shop, seller);
  expect(copiesOf(world.shopify, id)).toHaveLength(1);
  expect(await row()).toMatchObject({ due_at: null, ship_by: new Date('2026-03-02T00:00:00Z') });
});

it('PRO-4: what the database refuses of one order holds back neither the others nor, in the end, that order', async () => {
  const [services] = world.services;
  const now = world.clock.now();
  const [bad, good] = [orderOf('plain', 0, now), orderOf('plain', 1, now)];
  world.amazon.placeOrders(seller, [bad, good]);
  await world.clock.advance(3 * 60_000);
  await database.owner(
    `alter table amazon_order add constraint refused check (amazon_order_id <> '${bad.orderId}' or amazon_status is null)`,
  );
  await pollAmazon(services, shop, seller);
  const states = () =>
    database.owner<{ id: string; state: string; due: boolean }>(
      // The ship-by time is only looked at, once it comes near.
      "select amazon_order_id as id, state, coalesce(due_reason, '') <> 'ship_by' and due_at is not null as due from amazon_order order by 1",
    );
  expect(await states()).toEqual(
    expect.arrayContaining([
      { id: bad.orderId, state: 'import_failed', due: true },
      expect.objectContaining({ id: good.orderId, due: false }),
    ]),
  );
  await database.owner('alter table amazon_order drop constraint refused');
  await world.clock.advance(20 * 60_000);
  await pollAmazon(services, shop, seller);
  await drain(services, shop);
  expect((await states()).map((one) => one.due)).toEqual([false, false]);
  expect(copiesOf(world.shopify, bad.orderId)).toHaveLength(1);
  expect(
    await database.owner("select 1 from problem where kind = 'import_failed' and closed_at is null"),
  ).toEqual([]);
});

it('IMP-8: a backfill whose page token no longer holds begins anew', async () => {
  const [services] = world.services;
  const id = await placed();
  const { id: backfill } = await beginBackfill(
    services,
    shop,
    seller,
    { since: world.clock.now() - 86_400_000 },
    false,
  );
  const search = { by: 'created', after: 0, before: null, marketplaceIds: [], pageToken: 'long-over' };
  await database.owner('update backfill set next_page = $1', [JSON.stringify(search)]);
  await backfillStep(services, shop, backfill);
  expect(await database.owner('select state, next_page from backfill')).toEqual([
    { state: 'running', next_page: null },
  ]);
  await backfillStep(services, shop, backfill);
  expect(copiesOf(world.shopify, id)).toHaveLength(1);
  expect(await database.owner('select state from backfill')).toEqual([{ state: 'done' }]);
});

it('REQ-12: an account that gets no slot for half an hour is blind, and says since when', async () => {
  const now = world.clock.now();
  const since = new Date(now - 31 * 60_000);
  await database.owner('update seller set last_look_at = $1', [since]);
  await database.owner(
    `insert into rate_bucket (seller_id, operation, tokens, rate, burst, at) values ($1, 'orders.searchOrders', 0, 0.0056, 20, $2)`,
    [seller, new Date(now)],
  );
  await pollAmazon(world.services[0], shop, seller);
  expect(await database.owner("select kind, params->>'since' as since from problem")).toEqual([
    { kind: 'blind', since: since.toISOString() },
  ]);
  await world.clock.advance(4 * 60_000);
  await pollAmazon(world.services[0], shop, seller);
  expect(await database.owner('select kind from problem where closed_at is null')).toEqual([]);
});

/** A Shopify whose first creates are answered together, a minute after they were sent. */
function slowShopify(services: Services, first: number): Services {
  const answered = Promise.withResolvers<undefined>();
  let sent = 0;
  return {
    ...services,
    shopify: (domain) => {
      const client = services.shopify(domain);
      return {
        ...client,
        run: async (operation, variables, mayStill) => {
          const answer = await client.run(operation, variables, mayStill);
          if (!operation.query.includes('orderCreate(')) return answer;
          sent += 1;
          if (sent === first) {
            jumpRealTime(60_000);
            answered.resolve(undefined);
          }
          await answered.promise;
          return answer;
        },
      };
    },
  };
}

it('IMP-5 PRO-3: what was claimed long ago is not sent any more: a late effect is waited for from the claim on', async () => {
  const [services] = world.services;
  const orders = Array.from({ length: 8 }, (_, n) => orderOf('plain', n, world.clock.now()));
  world.amazon.placeOrders(seller, orders);
  const ids = orders.map(({ orderId }) => amazonOrderId(orderId));
  await services.db.forShop(shop, (tx) => knock(tx, shop, seller, ids));
  const match = { operation: 'orderCreate' };
  world.faults.add({ service: 'shopify', match, kind: 'late-effect', ms: 9 * 60_000, times: 8 });
  const token = randomUUID();
  const leased = await services.db.forShop(shop, (tx) =>
    leaseDueOrders(tx, shop, token, world.clock.now(), 50),
  );
  // The lease is renewed all the while.
  const lease = { token, alive: () => true, stop: () => undefined };
  await reconcile(slowShopify(services, 6), shop, lease, leased, new Map());
  const rows = () =>
    database.owner(
      `select c.state, c.attempt, o.failures, o.due_reason, o.due_at = $1 as now, count(*)::int
       from command c join amazon_order o using (shop, amazon_order_id) group by 1, 2, 3, 4, 5 order by 1`,
      [new Date(world.clock.now())],
    );
  expect(await rows()).toEqual([
    { state: 'planned', attempt: 0, failures: 0, due_reason: 'slot', now: true, count: 2 },
    { state: 'unsure', attempt: 1, failures: 0, due_reason: 'search_lag', now: false, count: 6 },
  ]);
  expect(await database.owner('select kind from problem where closed_at is null')).toEqual([]);
  world.faults.clear();
  await drain(services, shop);
  expect(ordersInShopify(world.shopify)).toHaveLength(2);
  for (let minutes = 0; minutes < 15; minutes += 1) {
    await world.clock.advance(60_000);
    await drain(services, shop);
  }
  expect([ordersInShopify(world.shopify).length, doubles(world.shopify)]).toEqual([8, []]);
});
