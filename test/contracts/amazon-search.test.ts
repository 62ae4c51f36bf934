import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type AmazonWorld,
  ordersPath,
  plainOrder,
  type Reply,
  sellerId,
  startAmazon,
} from './amazon-world.ts';

const minute = 60_000;
const start = Date.parse('2026-11-21T12:00:00Z');
const iso = (time: number) => new Date(time).toISOString();
const numbered = (number: number) => `902-0000001-${String(number).padStart(7, '0')}`;
const ids = ({ body }: Reply) => body.orders?.map((order) => order['orderId']);

describe('searchOrders of the pretend Amazon', () => {
  let world: AmazonWorld;
  beforeAll(async () => {
    world = await startAmazon();
  });
  beforeEach(() => {
    world.now = start;
    world.amazon.reset();
  });
  afterAll(() => world.close());

  const search = (query: Record<string, string>) => world.get(ordersPath, query);
  const lastUpdatedAfter = iso(start - 60 * minute);

  it('finds a change two minutes later, getOrder finds it at once', async () => {
    world.amazon.placeOrders(sellerId, [plainOrder(numbered(1))]);
    world.now = start + 2 * minute - 1;
    const early = await search({ lastUpdatedAfter });
    expect(ids(early)).toEqual([]);
    expect(early.body.lastUpdatedBefore).toBe(iso(start - 1));
    expect((await world.get(`${ordersPath}/${numbered(1)}`)).status).toBe(200);
    world.now = start + 2 * minute;
    expect(ids(await search({ lastUpdatedAfter }))).toEqual([numbered(1)]);
    expect(world.amazon.lastChange(sellerId)).toBe(start);
  });

  it('gives orders in the order of their last change, each once', async () => {
    for (const number of [3, 1, 2]) {
      world.amazon.placeOrders(sellerId, [plainOrder(numbered(number))]);
      world.now += 1000;
    }
    world.amazon.requestCancel(sellerId, numbered(3), {});
    world.now += 2 * minute;
    expect(ids(await search({ lastUpdatedAfter }))).toEqual([1, 2, 3].map(numbered));
  });

  it('pages through a changing shop without losing what stands still', async () => {
    world.amazon.placeOrders(
      sellerId,
      [1, 2, 3, 4, 5].map((number) => plainOrder(numbered(number))),
    );
    world.now += 2 * minute;
    const first = await search({ lastUpdatedAfter, maxResultsPerPage: '2' });
    expect(ids(first)).toEqual([1, 2].map(numbered));
    world.amazon.requestCancel(sellerId, numbered(1), {});
    world.amazon.requestCancel(sellerId, numbered(4), {});
    world.now += 5 * minute;
    const paginationToken = first.body.pagination?.nextToken ?? '';
    const second = await search({ lastUpdatedAfter, paginationToken, includedData: 'FULFILLMENT' });
    expect(ids(second)).toEqual([3, 5].map(numbered));
    expect(second.body.pagination).toBeUndefined();
    expect(second.body.lastUpdatedBefore).toBe(first.body.lastUpdatedBefore);
    const later = await search({ lastUpdatedAfter: second.body.lastUpdatedBefore ?? '' });
    expect(ids(later)).toEqual(expect.arrayContaining([numbered(1), numbered(4)]));
  });

  it('refuses a page token that is old, foreign or comes with other parameters', async () => {
    world.amazon.placeOrders(sellerId, [plainOrder(numbered(1)), plainOrder(numbered(2))]);
    world.now += 2 * minute;
    const query = { lastUpdatedAfter, fulfilledBy: 'MERCHANT' };
    const first = await search({ ...query, maxResultsPerPage: '1' });
    const paginationToken = first.body.pagination?.nextToken ?? '';
    const refusedQueries = [
      { ...query, paginationToken: 'odd' },
      { lastUpdatedAfter, paginationToken },
      { ...query, lastUpdatedAfter: iso(start - 61 * minute), paginationToken },
      { ...query, marketplaceIds: 'ATVPDKIKX0DER', paginationToken },
    ];
    for (const refused of refusedQueries) expect((await search(refused)).status).toBe(400);
    world.now += 60 * minute;
    expect(ids(await search({ ...query, paginationToken }))).toEqual([numbered(2)]);
    world.now += 23 * 60 * minute;
    expect((await search({ ...query, paginationToken })).status).toBe(400);
  });

  it.each<[string, Record<string, string>]>([
    ['no time', {}],
    ['both families', { createdAfter: iso(start - minute * 9), lastUpdatedAfter }],
    ['mixed families', { lastUpdatedAfter, createdBefore: iso(start - minute * 9) }],
    ['only an end', { lastUpdatedBefore: lastUpdatedAfter }],
    [
      'an end less than two minutes ago',
      { lastUpdatedAfter, lastUpdatedBefore: iso(start - 2 * minute + 1) },
    ],
    ['an end before the begin', { lastUpdatedAfter, lastUpdatedBefore: iso(start - 61 * minute) }],
    ['a begin less than two minutes ago', { lastUpdatedAfter: iso(start - minute) }],
    ['a date without time', { lastUpdatedAfter: '2026-11-20' }],
    ['an impossible date', { lastUpdatedAfter: '2026-13-40T00:00:00Z' }],
    ['a page size of 0', { lastUpdatedAfter, maxResultsPerPage: '0' }],
    ['a page size of 101', { lastUpdatedAfter, maxResultsPerPage: '101' }],
    ['a page size in words', { lastUpdatedAfter, maxResultsPerPage: 'ten' }],
    ['an old status name', { lastUpdatedAfter, fulfillmentStatuses: 'Unshipped' }],
    ['an old channel name', { lastUpdatedAfter, fulfilledBy: 'MFN' }],
    ['unknown data', { lastUpdatedAfter, includedData: 'FULFILLMENT,ADDRESS' }],
    [
      '51 marketplaces',
      { lastUpdatedAfter, marketplaceIds: Array.from({ length: 51 }, (_, at) => `M${at}`).join(',') },
    ],
    ['an empty marketplace', { lastUpdatedAfter, marketplaceIds: '' }],
  ])('refuses %s', async (_what, query) => {
    const reply = await search(query);
    expect([reply.status, reply.body.errors?.[0]?.code]).toEqual([400, 'InvalidInput']);
  });

  it('finds nothing in a window that begins less than two minutes ago, when switched so', async () => {
    world.switches.set('amazon.after-too-young', 'empty');
    expect(ids(await search({ lastUpdatedAfter: iso(start - minute) }))).toEqual([]);
    world.switches.set('amazon.after-too-young', 'refused');
  });

  it('filters by status, marketplace, seller of the parcel and time of purchase', async () => {
    const fulfillment = (fulfillmentStatus: string, fulfilledBy: string) => ({
      fulfillment: { fulfillmentStatus, fulfilledBy },
    });
    world.amazon.placeOrders(sellerId, [
      plainOrder(numbered(1), { createdTime: '2026-11-03T00:00:00Z' }),
      plainOrder(numbered(2), { ...fulfillment('SHIPPED', 'AMAZON'), createdTime: '2026-11-02T00:00:00Z' }),
      plainOrder(numbered(3), { salesChannel: { channelName: 'AMAZON', marketplaceId: 'A1PA6795UKMFR9' } }),
    ]);
    const createdAfter = '2026-11-01T00:00:00Z';
    expect(ids(await search({ createdAfter }))).toEqual([2, 1, 3].map(numbered));
    expect(ids(await search({ createdAfter, createdBefore: '2026-11-02T00:00:00Z' }))).toEqual([numbered(2)]);
    expect(ids(await search({ createdAfter, fulfillmentStatuses: 'UNSHIPPED,PENDING' }))).toEqual(
      [1, 3].map(numbered),
    );
    expect(ids(await search({ createdAfter, fulfilledBy: 'AMAZON' }))).toEqual([numbered(2)]);
    expect(ids(await search({ createdAfter, marketplaceIds: 'A1PA6795UKMFR9' }))).toEqual([numbered(3)]);
  });

  it('gives only the data that was asked for', async () => {
    world.amazon.placeOrders(sellerId, [plainOrder(numbered(1))]);
    const read = async (query: Record<string, string>) =>
      (await world.get(`${ordersPath}/${numbered(1)}`, query)).body.order;
    const bare = ['createdTime', 'lastUpdatedTime', 'orderId', 'orderItems', 'salesChannel'];
    expect(Object.keys((await read({})) ?? {}).sort()).toEqual(bare);
    expect(JSON.stringify(await read({}))).not.toMatch(/proceeds|fulfillment|quantityFulfilled/);
    expect(await read({ includedData: 'FULFILLMENT' })).toHaveProperty(
      'orderItems.0.fulfillment.quantityUnfulfilled',
      2,
    );
    expect(await read({ includedData: 'FULFILLMENT' })).not.toHaveProperty('orderItems.0.proceeds');
  });

  it('takes odd orders as they are', async () => {
    const odd = [
      { orderId: 'x', createdTime: 'yesterday', orderItems: null },
      {
        orderId: numbered(2),
        orderItems: ['text', { orderItemId: 5 }],
        fulfillment: { fulfillmentStatus: 'NEW' },
      },
    ];
    expect(world.amazon.placeOrders(sellerId, odd)).toEqual({ ok: true, ids: ['x', numbered(2)] });
    world.now += 2 * minute;
    const reply = await search({ lastUpdatedAfter, includedData: 'FULFILLMENT' });
    expect(reply.body.orders).toEqual(
      [odd[1], odd[0]].map((order) => ({ ...order, lastUpdatedTime: '2026-11-21T12:00:00Z' })),
    );
    const refused = world.amazon.placeOrders(sellerId, [{ orderId: 'y' }, { orderId: 7 }]);
    expect(refused).toMatchObject({ ok: false, status: 400 });
    expect(world.amazon.show(sellerId, 'y')).toBeNull();
  });

  it('pages through 12,000 orders quickly', async () => {
    const orders = Array.from({ length: 12_000 }, (_, at) => plainOrder(numbered(at)));
    const began = performance.now();
    world.amazon.placeOrders(sellerId, orders);
    world.now += 2 * minute;
    const seen = new Set<unknown>();
    let paginationToken: string | undefined;
    do {
      const token = paginationToken === undefined ? {} : { paginationToken };
      const reply = await search({
        lastUpdatedAfter: iso(start - 60 * minute),
        includedData: 'FULFILLMENT',
        ...token,
      });
      if (reply.status === 429) world.now += 3 * minute;
      else paginationToken = reply.body.pagination?.nextToken;
      for (const id of ids(reply) ?? []) seen.add(id);
    } while (paginationToken !== undefined && world.now < start + 23 * 60 * minute);
    expect(seen.size).toBe(12_000);
    expect(performance.now() - began).toBeLessThan(10_000);
  });
});
