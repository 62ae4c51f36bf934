import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createPretendAmazon } from '../../app/sandbox/amazon/pretend-amazon.ts';
import { createBehaviour } from '../../app/sandbox/behaviour.ts';
import { type Control, createControl } from '../../app/sandbox/control/control.ts';
import { createFaults } from '../../app/sandbox/faults.ts';
import { createRequestLog } from '../../app/sandbox/request-log.ts';
import { createPretendShopify } from '../../app/sandbox/shopify/pretend-shopify.ts';
import { createPretendSqs } from '../../app/sandbox/sqs/pretend-sqs.ts';
import type { AppSide, ShopOfWorld, World } from '../../app/sandbox/world.ts';
import { createWorldClock } from '../../app/sandbox/world-clock.ts';

const start = Date.UTC(2026, 10, 21);
const shop: ShopOfWorld = { domain: 'first.myshopify.com', sellerId: 'A1', refreshToken: 'Atzr|1' };

/** The app's side as a list of what was asked of it. */
function silentApp(asked: string[]): AppSide {
  const note = (what: string) => {
    asked.push(what);
    return Promise.resolve();
  };
  return {
    open: ({ domain }) => note(`open ${domain}`),
    settle: ({ timeoutMs, untilIdle }) => {
      asked.push(`settle ${timeoutMs} ${untilIdle}`);
      return Promise.resolve(
        untilIdle
          ? { settled: false, open: [{ what: 'order waits', order: '1', dueAt: start }] }
          : { settled: true, ms: 5 },
      );
    },
    killWorkers: () => note('kill'),
    setWorkers: (count) => note(`workers ${count}`),
    workerPids: () => [11, 12],
    nudge: () => note('nudge'),
    bent: () => undefined,
    reset: (_, emptyWorld) => {
      emptyWorld();
      return note('reset');
    },
  };
}

let world: World;
let control: Control;
let server: Server;
const asked: string[] = [];

beforeAll(async () => {
  const clock = createWorldClock({ start });
  const parts = { clock, faults: createFaults(), log: createRequestLog(), behaviour: createBehaviour() };
  const { domain, ...seller } = shop;
  world = {
    ...parts,
    amazon: createPretendAmazon(parts, { clientId: 'id', clientSecret: 'secret', sellers: [seller] }),
    shopify: createPretendShopify(parts, {
      apiKey: 'key',
      apiSecret: 'secret',
      appUrl: () => null,
      subscriptions: [],
      scopes: ['write_orders'],
      metafieldDefinitions: [],
      shops: [{ domain }],
    }),
    sqs: createPretendSqs(parts),
    shops: [shop],
    app: silentApp(asked),
  };
  control = createControl(world);
  server = createServer((request, response) => {
    control.handle(request, response);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
});
afterAll(() => {
  control.close();
  server.closeAllConnections();
  server.close();
  world.clock.stop();
});
beforeEach(async () => {
  await call('POST', '/reset');
  asked.length = 0;
});

async function call(
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: unknown }> {
  const { port } = server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return { status: response.status, body: await response.json() };
}

const order = {
  orderId: '111-0000000-0000001',
  createdTime: '2026-11-20T10:00:00Z',
  orderItems: [
    { orderItemId: '1', quantityOrdered: 1, fulfillment: { quantityFulfilled: 0, quantityUnfulfilled: 1 } },
    { orderItemId: '2', quantityOrdered: 2, fulfillment: { quantityFulfilled: 0, quantityUnfulfilled: 2 } },
  ],
  fulfillment: { fulfillmentStatus: 'UNSHIPPED', fulfilledBy: 'MERCHANT' },
};
const path = `/amazon/orders/${order.orderId}`;
const place = () => call('POST', '/amazon/orders', [order]);

describe('calls about Amazon', () => {
  it('place an order and show everything Amazon knows of it', async () => {
    expect(await place()).toEqual({ status: 200, body: { ids: [order.orderId] } });
    const { status, body } = await call('GET', path);
    expect(status).toBe(200);
    expect(body).toMatchObject({ order: { orderId: order.orderId }, cancellations: [] });
    expect(Object.keys(body as object).sort()).toEqual([
      'cancellations',
      'feedMessages',
      'order',
      'refunds',
      'shipments',
    ]);
    expect((await call('GET', '/amazon/orders/other')).status).toBe(404);
  });

  it('let the buyer ask, take it back, and each side cancel or ship', async () => {
    await place();
    const reason = 'Ordered by mistake 😀 <b>';
    expect((await call('POST', `${path}/request-cancel`, { orderItemIds: ['1'], reason })).status).toBe(200);
    expect(JSON.stringify((await call('GET', path)).body)).toContain(reason);
    expect((await call('POST', `${path}/withdraw-request`, {})).status).toBe(200);
    expect(JSON.stringify((await call('GET', path)).body)).not.toContain(reason);
    expect((await call('POST', `${path}/cancel`, { by: 'BUYER', orderItemIds: ['1'] })).status).toBe(200);
    const items = [{ orderItemId: '2', quantity: 1 }];
    expect((await call('POST', `${path}/ship`, { items, carrier: 'UPS', trackingNumber: '1Z' })).status).toBe(
      200,
    );
    expect((await call('GET', path)).body).toMatchObject({ cancellations: [{ by: 'BUYER' }] });
    expect((await call('POST', `${path}/request-cancel`, { informal: true, reason: 'Hello' })).status).toBe(
      200,
    );
  });

  it('refund and claim what was shipped, and say why not before', async () => {
    await place();
    const refund = { items: [{ orderItemId: '1', principal: 12 }] };
    const claim = { kind: 'A_TO_Z', amount: 5 };
    for (const [name, body] of [
      ['refund', refund],
      ['claim', claim],
    ] as const) {
      const answer = await call('POST', `${path}/${name}`, body);
      expect(answer.status).toBe(409);
      expect(answer.body).toEqual({ error: expect.stringMatching(/^Nothing is shipped yet.*\.$/) as string });
    }
    expect((await call('POST', `${path}/refund`, { items: [] })).status).toBe(400);
  });

  it('set the grant of the seller', async () => {
    expect((await call('POST', '/amazon/authorisation', { state: 'revoked' })).status).toBe(200);
    expect((await call('POST', '/amazon/authorisation', { state: 'lost' })).status).toBe(400);
  });
});

describe('calls about Shopify', () => {
  it('put products into the shop, an SKU more than once too', async () => {
    const mug = { sku: 'MUG', title: 'Mug', price: '14.95', inventory: 3 };
    const added = await call('POST', '/shopify/variants', [mug, { ...mug, price: 15 }]);
    expect(added.status).toBe(200);
    expect(added.body).toMatchObject([{ sku: 'MUG' }, { sku: 'MUG' }]);
    expect((await call('POST', '/shopify/variants', [{ ...mug, price: '14.955' }])).status).toBe(400);
  });

  it('install and uninstall the app', async () => {
    expect((await call('POST', '/shopify/install', { installed: false })).status).toBe(200);
    expect(world.shopify?.isInstalled(shop.domain)).toBe(false);
    expect(asked).toEqual([]);
    expect((await call('POST', '/shopify/install', { installed: true })).status).toBe(200);
    expect(asked).toEqual([`open ${shop.domain}`]);
  });

  it('add a shop with a seller of its own, which ?shop= then names', async () => {
    const added = await call('POST', '/shops', { domain: 'second.myshopify.com' });
    expect(added).toMatchObject({ status: 200, body: { domain: 'second.myshopify.com' } });
    expect(asked).toEqual(['open second.myshopify.com']);
    expect((await call('POST', '/amazon/orders?shop=second.myshopify.com', [order])).status).toBe(200);
    expect((await call('GET', path)).status).toBe(404);
    expect((await call('GET', `${path}?shop=second.myshopify.com`)).status).toBe(200);
    expect((await call('GET', `${path}?shop=third.myshopify.com`)).status).toBe(404);
    expect((await call('POST', '/shops', { domain: 'second.myshopify.com' })).status).toBe(409);
    expect((await call('POST', '/shops', { domain: 'https://elsewhere.example' })).status).toBe(400);
  });
});

describe('calls about the world', () => {
  it('tell and move the time', async () => {
    const { body } = await call('GET', '/clock');
    expect(body).toEqual({ now: expect.any(Number) as number, speed: 1 });
    const before = (body as { now: number }).now;
    const moved = await call('POST', '/clock', { advance: 'PT48H' });
    expect((moved.body as { now: number }).now - before).toBeGreaterThanOrEqual(48 * 3_600_000);
    expect((await call('POST', '/clock', { speed: 2 })).body).toMatchObject({ speed: 2 });
    await call('POST', '/clock', { speed: 1 });
    for (const wrong of [{}, { advance: 'two days' }, { speed: 0 }, { advance: 'PT1H', speed: 2 }])
      expect((await call('POST', '/clock', wrong)).status).toBe(400);
  });

  it('settle, and say what is still open', async () => {
    expect(await call('POST', '/settle')).toEqual({ status: 200, body: { settled: true, ms: 5 } });
    expect(await call('POST', '/settle', { timeoutMs: 9, untilIdle: true })).toEqual({
      status: 504,
      body: { open: [{ what: 'order waits', order: '1', dueAt: start }] },
    });
    expect(asked).toEqual(['settle 30000 false', 'settle 9 true']);
  });

  it('end and start workers', async () => {
    const pids = { status: 200, body: { pids: [11, 12] } };
    expect(await call('POST', '/workers', { kill: true, count: 2 })).toEqual(pids);
    expect(await call('POST', '/workers', { kill: true })).toEqual(pids);
    expect(await call('POST', '/workers', { count: 1 })).toEqual(pids);
    expect(asked).toEqual(['kill', 'workers 2', 'kill', 'workers 1']);
    expect((await call('POST', '/workers', { kill: false })).status).toBe(400);
  });

  it('switch faults on and off', async () => {
    const fault = {
      service: 'shopify',
      match: { operation: 'orderCreate' },
      kind: 'drop-answer',
      every: 7,
      times: 3,
    };
    expect((await call('POST', '/faults', fault)).status).toBe(200);
    expect((await call('DELETE', '/faults')).status).toBe(200);
    expect((await call('POST', '/faults', { ...fault, kind: 'gremlins' })).status).toBe(400);
    expect((await call('POST', '/faults', { ...fault, match: { verb: 'x' } })).status).toBe(400);
  });

  it('list and put the switches', async () => {
    const { body } = await call('GET', '/behaviour');
    const [first] = body as { name: string; value: string; positions: string[] }[];
    const value = first?.positions[1] ?? '';
    expect((await call('POST', '/behaviour', { name: first?.name, value })).status).toBe(200);
    expect((await call('GET', '/behaviour')).body).toContainEqual({ ...first, value });
    expect((await call('POST', '/behaviour', { name: first?.name, value: 'sideways' })).status).toBe(400);
    expect((await call('POST', '/behaviour', { name: 'nothing', value: 'x' })).status).toBe(404);
  });

  it('show the requests a service received', async () => {
    world.log.add({
      service: 'amazon',
      time: start,
      method: 'GET',
      path: '/x',
      operation: 'getOrder',
      status: 200,
    });
    expect((await call('GET', '/log?service=shopify')).body).toEqual([]);
    expect((await call('GET', '/log?service=amazon')).body).toMatchObject([
      { operation: 'getOrder', status: 200 },
    ]);
    expect((await call('GET', '/log?service=ebay')).status).toBe(400);
  });

  it('empty the world, but for the default shop', async () => {
    await place();
    await call('POST', '/shops', { domain: 'other.myshopify.com' });
    expect((await call('POST', '/reset')).status).toBe(200);
    expect(world.shops).toEqual([shop]);
    expect(world.shopify?.shops()).toEqual([shop.domain]);
    expect(world.amazon?.sellerIds()).toEqual([shop.sellerId]);
    expect((await call('GET', path)).status).toBe(404);
    expect(asked).toContain('reset');
  });
});

describe('every call', () => {
  it.each([
    ['POST', `${path}/request-cancel`, {}],
    ['POST', `${path}/withdraw-request`, {}],
    ['POST', `${path}/cancel`, { by: 'AMAZON' }],
    ['POST', `${path}/ship`, { carrier: 'UPS', trackingNumber: '1' }],
    ['POST', `${path}/refund`, { items: [{ orderItemId: '1', principal: 1 }] }],
    ['POST', `${path}/claim`, { kind: 'A_TO_Z', amount: 1 }],
    ['POST', '/amazon/authorisation', { state: 'granted' }],
    ['POST', '/shopify/install', { installed: true }],
    ['POST', '/shops', { domain: 'more.myshopify.com' }],
    ['POST', '/faults', { service: 'amazon', match: {}, kind: 'error' }],
    ['POST', '/behaviour', { name: 'a', value: 'b' }],
    ['POST', '/clock', { speed: 1 }],
    ['POST', '/settle', {}],
    ['POST', '/workers', {}],
    ['POST', '/reset', {}],
  ])('refuses unknown fields with a sentence: %s %s', async (method, address, body) => {
    const answer = await call(method, address, { ...body, surprise: 1 });
    expect(answer).toEqual({ status: 400, body: { error: expect.stringContaining('surprise') as string } });
  });

  it('is refused where its body is no JSON, or where there is no such call', async () => {
    expect(await call('POST', '/settle', '{')).toEqual({
      status: 400,
      body: { error: 'The body is not JSON.' },
    });
    expect((await call('GET', '/nothing')).status).toBe(404);
    expect((await call('GET', '/settle')).status).toBe(405);
  });

  it('is answered with 501 where another stand-in takes the service', async () => {
    const replaced = createControl({ ...world, amazon: null });
    const other = createServer((request, response) => {
      replaced.handle(request, response);
    });
    await new Promise<void>((listening) => other.listen(0, '127.0.0.1', listening));
    const { port } = other.address() as AddressInfo;
    const response = await fetch(`http://127.0.0.1:${port}${path}`);
    expect(response.status).toBe(501);
    other.closeAllConnections();
    other.close();
  });
});
