import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { amazonOrderId } from '../domain/ids.ts';
import { now, setClock } from '../lib/clock.ts';
import type { RateBuckets } from './buckets.ts';
import { createAmazonClient } from './client.ts';
import type { AmazonClientOptions } from './client.ts';
import { wantedData } from './included-data.ts';
import type { OrderSearch } from './orders.ts';

type Reply = (response: ServerResponse, request: IncomingMessage) => void;

const order = (title = 'A lamp') => ({
  orderId: '902-0000001-0000001',
  createdTime: '2026-11-19T10:11:12Z',
  lastUpdatedTime: '2026-11-20T09:00:00Z',
  fulfillment: { fulfillmentStatus: 'PENDING', fulfilledBy: 'MERCHANT' },
  orderItems: [{ orderItemId: '1', quantityOrdered: 1, product: { title } }],
});
const send =
  (status: number, body: unknown, headers: Record<string, string> = {}): Reply =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
const refuse = (status: number, code: string, details: string) =>
  send(status, { errors: [{ code, message: 'No.', details }] });
const oneOrder = send(200, { order: order() });
const page = send(200, { orders: [order()], lastUpdatedBefore: '2026-11-21T09:58:00Z' });
const expired = refuse(403, 'Unauthorized', 'The access token you provided has expired.');
const search: OrderSearch = { by: 'updated', after: 0, before: null, marketplaceIds: [], pageToken: null };
const id = amazonOrderId('902-0000001-0000001');

let stop: (() => Promise<void>) | null = null;
afterEach(async () => {
  await stop?.();
  stop = null;
});

/** A server that gives one reply after the other (the last one for ever) and a token at every login. */
async function world(replies: readonly Reply[], login?: Reply, changes: Partial<AmazonClientOptions> = {}) {
  const seen: { logins: number; urls: URL[]; tokens: unknown[]; hosts: unknown[] } = {
    logins: 0,
    urls: [],
    tokens: [],
    hosts: [],
  };
  const buckets: RateBuckets & { log: string[] } = {
    log: [],
    take: (operation) => {
      buckets.log.push(`take ${operation}`);
      return Promise.resolve({ ok: true });
    },
    when: () => Promise.resolve(0),
    learn: (operation, rate) => {
      buckets.log.push(`learn ${operation} ${rate}`);
      return Promise.resolve();
    },
    drained: (operation) => {
      buckets.log.push(`drained ${operation}`);
      return Promise.resolve();
    },
  };
  const server: Server = createServer((request, response) => {
    seen.hosts.push(request.headers.host);
    if (request.url === '/auth/o2/token') {
      seen.logins += 1;
      const give =
        login ?? send(200, { access_token: `Atza|${seen.logins}`, token_type: 'bearer', expires_in: 3600 });
      give(response, request);
      return;
    }
    seen.urls.push(new URL(request.url ?? '', 'http://x'));
    seen.tokens.push(request.headers['x-amz-access-token']);
    const reply = replies[Math.min(seen.urls.length, replies.length) - 1];
    reply?.(response, request);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  stop = () =>
    new Promise((done) => {
      server.closeAllConnections();
      server.close(() => {
        done();
      });
    });
  const client = createAmazonClient({
    region: 'eu',
    clientId: 'amzn1.client',
    clientSecret: 'client-secret',
    refreshToken: 'Atzr|refresh',
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    userAgent: 'Concord/0.1',
    buckets,
    ...changes,
  });
  return { client, seen, buckets };
}

const asked = (urls: readonly URL[]) =>
  urls.map((url) => url.searchParams.get('includedData')?.split(',') ?? []);

describe('a call', () => {
  it('PRO-5: logs in once, takes a slot for each call and keeps the real host names', async () => {
    const { client, seen, buckets } = await world([page, oneOrder]);
    const [first, second] = [await client.searchOrders(search), await client.getOrder(id)];
    expect(first).toMatchObject({
      ok: true,
      value: { orders: [{ id }], until: Date.parse('2026-11-21T09:58:00Z') },
    });
    expect(second).toMatchObject({
      ok: true,
      value: { order: { ok: true, order: { id, given: wantedData } } },
    });
    expect(seen.logins).toBe(1);
    expect(seen.hosts).toEqual([
      'api.amazon.com',
      'sellingpartnerapi-eu.amazon.com',
      'sellingpartnerapi-eu.amazon.com',
    ]);
    expect(seen.urls.map((url) => url.pathname)).toEqual([
      '/orders/2026-01-01/orders',
      `/orders/2026-01-01/orders/${id}`,
    ]);
    expect(asked(seen.urls)).toEqual([wantedData, wantedData]);
    expect(buckets.log).toEqual(['take orders.searchOrders', 'take orders.getOrder']);
  });

  it('a reading started before its call was sent', async () => {
    const before = now();
    let during = 0;
    const { client } = await world([
      (response, request) => {
        during = now();
        oneOrder(response, request);
      },
    ]);
    const reading = await client.getOrder(id);
    const startedAt = reading.ok ? reading.value.startedAt : NaN;
    expect(before <= startedAt && startedAt <= during).toBe(true);
  });

  it('reads characters that lie across two chunks', async () => {
    const bytes = Buffer.from(JSON.stringify({ order: order('灯 é 👩‍👧') }));
    const { client } = await world([
      (response) => {
        response.writeHead(200);
        const next = (at: number): void => {
          if (at >= bytes.length) response.end();
          else response.write(bytes.subarray(at, at + 1), () => setImmediate(next, at + 1));
        };
        next(0);
      },
    ]);
    expect(await client.getOrder(id)).toMatchObject({
      value: { order: { order: { lines: [{ title: '灯 é 👩‍👧' }] } } },
    });
  });

  it('an id is never sent as a path of its own', async () => {
    const { client, seen } = await world([refuse(404, 'NotFound', '')]);
    const reading = await client.getOrder(amazonOrderId('../x?y'));
    expect(reading).toMatchObject({ failure: { kind: 'final', code: 'not_found' } });
    expect(seen.urls[0]?.pathname).toBe('/orders/2026-01-01/orders/..%2Fx%3Fy');
  });
});

describe('PRO-4: failures are data', () => {
  it('an HTML page with 503 is retry', async () => {
    const { client } = await world([
      send(503, '<html>Service Unavailable</html>', { 'content-type': 'text/html' }),
    ]);
    expect(await client.searchOrders(search)).toMatchObject({
      failure: { kind: 'retry', code: 'service_error' },
    });
  });

  it('a connection that breaks is retry, and nothing is sent twice', async () => {
    const { client, seen } = await world([(response) => response.destroy()]);
    expect(await client.getOrder(id)).toMatchObject({ failure: { kind: 'retry', code: 'network' } });
    expect(seen.urls).toHaveLength(1);
  });

  it.each<[string, Reply]>([
    ['at all', () => undefined],
    ['to its end', (response) => response.write('{"order":')],
    [
      'whole, the connection breaking on the way',
      (response) => response.write('{"order":', () => response.destroy()),
    ],
  ])('an answer that does not come %s is retry after the deadline', async (_name, reply) => {
    const { client } = await world([reply], undefined, { deadlineMs: 60 });
    expect(await client.getOrder(id)).toMatchObject({ failure: { kind: 'retry', code: 'deadline' } });
  });

  it('a server that is not there is retry', async () => {
    const { client } = await world([oneOrder], undefined, { origin: 'http://127.0.0.1:1' });
    expect(await client.getOrder(id)).toMatchObject({ failure: { kind: 'retry', code: 'network' } });
  });

  it('an order that is broken is a rejected reading, not a failure', async () => {
    const { client } = await world([send(200, { order: { orderId: '1' } })]);
    expect(await client.getOrder(id)).toMatchObject({
      ok: true,
      value: { order: { ok: false, field: 'createdTime' } },
    });
  });

  it('a page token that has ended has a code of its own', async () => {
    const { client } = await world([refuse(400, 'InvalidInput', 'Invalid Input')]);
    expect(await client.searchOrders({ ...search, pageToken: 'old' })).toMatchObject({
      failure: { code: 'page_token' },
    });
  });
});

describe('PRO-5: rates', () => {
  const quota = refuse(429, 'QuotaExceeded', '');

  it('a 429 without a header drains the bucket and says when to come again', async () => {
    const { client, buckets } = await world([quota]);
    const start = now();
    const page1 = await client.searchOrders(search);
    expect(page1).toMatchObject({ failure: { kind: 'retry', code: 'throttled' } });
    const at = !page1.ok && page1.failure.kind === 'retry' ? (page1.failure.at ?? 0) : 0;
    expect(at - start).toBeGreaterThanOrEqual(178_000);
    expect(buckets.log).toEqual(['take orders.searchOrders', 'drained orders.searchOrders']);
  });

  it('learns a rate that the answer tells, once each', async () => {
    const told = (rate: string) => send(200, { order: order() }, { 'x-amzn-RateLimit-Limit': rate });
    const { client, buckets } = await world([told('0.5'), told('2.0'), told('2.0'), told('soon')]);
    for (let i = 0; i < 4; i += 1) await client.getOrder(id);
    expect(buckets.log.filter((line) => line.startsWith('learn'))).toEqual([
      'learn orders.getOrder 0.5',
      'learn orders.getOrder 2',
    ]);
  });

  it('without a slot nothing is sent, and the time of the next one is told', async () => {
    const buckets: RateBuckets = {
      take: () => Promise.resolve({ ok: false, at: 99 }),
      when: () => Promise.resolve(0),
      learn: () => Promise.resolve(),
      drained: () => Promise.resolve(),
    };
    const { client, seen } = await world([page], undefined, { buckets });
    expect(await client.searchOrders(search)).toMatchObject({
      failure: { kind: 'retry', code: 'slot', at: 99 },
    });
    expect(seen.urls).toHaveLength(0);
  });
});

describe('tokens', () => {
  it('an expired one is renewed and the call repeated once', async () => {
    const { client, seen } = await world([expired, oneOrder]);
    expect((await client.getOrder(id)).ok).toBe(true);
    expect([seen.logins, seen.tokens]).toEqual([2, ['Atza|1', 'Atza|2']]);
  });

  it('PRO-4: one that stays refused asks for the merchant, after one repeat', async () => {
    const { client, seen } = await world([
      refuse(403, 'Unauthorized', 'The access token you provided is revoked, malformed or invalid.'),
    ]);
    expect(await client.getOrder(id)).toMatchObject({
      failure: { kind: 'reconnect', code: 'token_refused' },
    });
    expect([seen.logins, seen.urls.length]).toEqual([2, 2]);
  });

  it("is renewed before its hour is over, by the world's time", async () => {
    const { client, seen } = await world([oneOrder]);
    await client.getOrder(id);
    setClock(now() + 54 * 60_000);
    await client.getOrder(id);
    expect(seen.logins).toBe(1);
    setClock(now() + 2 * 60_000);
    await client.getOrder(id);
    expect([seen.logins, seen.tokens.at(-1)]).toEqual([2, 'Atza|2']);
  });

  it('calls side by side share one login, also when their token is refused', async () => {
    const { client, seen } = await world([expired, expired, expired, oneOrder]);
    const all = await Promise.all([1, 2, 3].map(() => client.getOrder(id)));
    expect(all.map((one) => one.ok)).toEqual([true, true, true]);
    expect(seen.logins).toBe(2);
  });

  it.each<[string, Reply, string, string]>([
    [
      'a lost grant',
      send(400, { error: 'invalid_grant', error_description: 'Atzr|refresh is revoked' }),
      'reconnect',
      'grant_lost',
    ],
    [
      'a wrong app secret',
      send(401, { error: 'invalid_client', error_description: 'client-secret' }),
      'retry',
      'app_credentials',
    ],
    ['a login in trouble', send(500, '<html>Atzr|refresh</html>'), 'retry', 'login_error'],
    ['a login that says nothing', send(503, {}), 'retry', 'login_error'],
    ['a login that breaks', (response) => response.destroy(), 'retry', 'network'],
    ['a login that hangs', () => undefined, 'retry', 'deadline'],
  ])('PRO-4, SEC-2: %s', async (_name, login, kind, code) => {
    const { client, seen, buckets } = await world([oneOrder], login, { deadlineMs: 60 });
    const reading = await client.getOrder(id);
    expect(reading).toMatchObject({ failure: { kind, code } });
    expect(JSON.stringify(reading)).not.toMatch(/Atzr|client-secret/);
    expect([seen.urls.length, buckets.log.length]).toEqual([0, 0]);
  });

  it('SEC-2: no secret or token stands in a sentence, whatever Amazon repeats', async () => {
    const { client } = await world([refuse(400, 'InvalidInput', 'Atza|1 Atzr|refresh client-secret')]);
    const reading = await client.getOrder(id);
    expect(reading).toMatchObject({ failure: { code: 'invalid_input' } });
    expect(JSON.stringify(reading)).not.toMatch(/Atza|Atzr|client-secret/);
  });
});

describe('REQ-1: data that Amazon refuses', () => {
  const without = (...data: string[]) => wantedData.filter((one) => !data.includes(one));
  const refusing =
    (named: boolean, ...data: string[]): Reply =>
    (response, request) => {
      const bad =
        asked([new URL(request.url ?? '', 'http://x')])[0]?.filter((one) => data.includes(one)) ?? [];
      const reply =
        bad.length === 0
          ? page
          : refuse(403, 'AccessDenied', named ? `includedData ${bad.join()} is not allowed.` : '');
      reply(response, request);
    };

  it('is left out when it is named, is unknown then, and is not asked for again for twenty minutes', async () => {
    const { client, seen } = await world([refusing(true, 'CANCELLATION')]);
    expect(await client.searchOrders(search)).toMatchObject({
      ok: true,
      value: { orders: [{ given: without('CANCELLATION'), lines: [{ request: { state: 'unknown' } }] }] },
    });
    await client.searchOrders(search);
    expect(asked(seen.urls)).toEqual([wantedData, without('CANCELLATION'), without('CANCELLATION')]);
    setClock(now() + 1_200_000);
    await client.searchOrders(search);
    expect(asked(seen.urls)[3]).toEqual(wantedData);
  });

  it('is found when it is not named', async () => {
    const { client, seen } = await world([refusing(false, 'RECIPIENT')]);
    expect(await client.searchOrders(search)).toMatchObject({
      value: { orders: [{ given: without('RECIPIENT') }] },
    });
    expect(seen.urls.length).toBeLessThanOrEqual(6);
  });

  it('a seller whom all is refused gets a failure, and later calls cost one each', async () => {
    const { client, seen } = await world([refuse(403, 'Unauthorized', '')]);
    expect(await client.searchOrders(search)).toMatchObject({
      failure: { kind: 'final', code: 'access_denied' },
    });
    const spent = seen.urls.length;
    await client.searchOrders(search);
    expect(seen.urls.length).toBe(spent + 1);
  });
});
