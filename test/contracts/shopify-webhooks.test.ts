import { createHmac } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { app, createMutation, orderInput, shop, startShopify, type ShopifyTest } from './shopify-world.ts';

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

let world: ShopifyTest;
let receiver: Server;
let received: Received[] = [];
let status = 200;
beforeEach(async () => {
  received = [];
  status = 200;
  receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const { port } = receiver.address() as AddressInfo;
  world = await startShopify({
    appUrl: () => `http://127.0.0.1:${port}`,
    topics: ['orders/create', 'orders/updated', 'app/uninstalled'],
  });
});
afterEach(async () => {
  await world.close();
  await new Promise<void>((resolve) => {
    receiver.close(() => resolve());
    receiver.closeAllConnections();
  });
});

const create = (id: string, more: Record<string, unknown> = {}) =>
  world.gql(createMutation, { order: orderInput(id, more) });
const minute = 60_000;
const fault = (kind: 'lose-webhook' | 'late-webhook' | 'duplicate-webhook', ms?: number) => {
  world.faults.add({
    service: 'shopify',
    match: { topic: 'orders/create' },
    kind,
    ...(ms === undefined ? {} : { ms }),
  });
};

describe('webhooks', () => {
  it('SEC-3: are signed over the raw body and carry the real headers', async () => {
    await create('1', { note: 'ünï 🎁' });
    await world.clock.advance(0);
    const [first] = received;
    const signature = createHmac('sha256', app.apiSecret)
      .update(first?.body ?? '', 'utf8')
      .digest('base64');
    expect(first?.headers).toMatchObject({
      'x-shopify-topic': 'orders/create',
      'x-shopify-shop-domain': shop,
      'x-shopify-api-version': '2026-10',
      'x-shopify-hmac-sha256': signature,
      'x-shopify-triggered-at': '2026-11-21T12:00:00.000Z',
    });
    expect(first?.headers['x-shopify-webhook-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(first?.headers['x-shopify-event-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('write ids beyond 2^53 digit by digit', async () => {
    for (let n = 0; n < 4; n += 1) await create(String(n));
    await world.clock.advance(0);
    const last = received.at(-1)?.body ?? '';
    const [, number] = /"admin_graphql_api_id":"gid:\/\/shopify\/Order\/(\d+)"/.exec(last) ?? [];
    expect(BigInt(number ?? 0)).toBeGreaterThan(2n ** 53n);
    expect(last.startsWith(`{"id":${String(number)},`)).toBe(true);
  });

  it('go out only for subscribed topics', async () => {
    const id = (await create('1')).data['orderCreate']?.['order']?.['id'];
    await world.gql('mutation C($id: ID!) { orderClose(input: { id: $id }) { order { closed } } }', { id });
    await world.gql('mutation D($id: ID!) { orderDelete(orderId: $id) { deletedId } }', { id });
    await world.clock.advance(0);
    expect(received.map(({ headers }) => headers['x-shopify-topic'])).toEqual([
      'orders/create',
      'orders/updated',
    ]);
  });

  it('are tried 8 more times within 4 hours and then given up', async () => {
    status = 500;
    await create('1');
    await world.clock.advance(0);
    expect(world.shopify.pendingWebhooks()).toMatchObject([{ topic: 'orders/create', attempts: 1 }]);
    await world.clock.advance(240 * minute);
    expect(received).toHaveLength(9);
    expect(new Set(received.map(({ headers }) => headers['x-shopify-webhook-id'])).size).toBe(1);
    expect(world.shopify.pendingWebhooks()).toEqual([]);
  });

  it('end with the first answer of 2xx', async () => {
    status = 302;
    await create('1');
    await world.clock.advance(minute);
    status = 204;
    await world.clock.advance(240 * minute);
    expect(received).toHaveLength(3);
  });

  it('get lost, late or doubled where a fault says so', async () => {
    fault('lose-webhook');
    await create('1');
    await world.clock.advance(0);
    expect(received).toHaveLength(0);
    fault('late-webhook', 10 * minute);
    await create('2');
    await world.clock.advance(9 * minute);
    expect(received).toHaveLength(0);
    await world.clock.advance(minute);
    expect(received).toHaveLength(1);
    fault('duplicate-webhook');
    await create('3');
    await world.clock.advance(0);
    expect(new Set(received.slice(1).map(({ body }) => body)).size).toBe(1);
    expect(received).toHaveLength(3);
  });

  it('tell of the uninstallation, and nothing after it', async () => {
    world.shopify.install(shop, false);
    await create('1');
    await world.clock.advance(0);
    expect(received.map(({ headers }) => headers['x-shopify-topic'])).toEqual(['app/uninstalled']);
    expect(JSON.parse(received[0]?.body ?? '')).toMatchObject({ myshopify_domain: shop });
  });

  const sample = new URL('../../../shared/shopify/samples/webhook_orders_create.json', import.meta.url);
  it.skipIf(!existsSync(sample))('have only fields that real ones have', async () => {
    const known = (name: string) => {
      const file = new URL(`../../../shared/shopify/samples/${name}`, import.meta.url);
      return Object.keys(JSON.parse(readFileSync(file, 'utf8')) as object);
    };
    await create('1');
    await world.clock.advance(0);
    const fields = new Set([
      ...known('webhook_orders_create.json'),
      ...known('rest-2026-07_order_cancelled.json'),
      ...known('webhook_orders_cancelled.json'),
    ]);
    const own = Object.keys(JSON.parse(received[0]?.body ?? '{}') as object);
    expect(own.filter((field) => !fields.has(field))).toEqual([]);
  });
});
