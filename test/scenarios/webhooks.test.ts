import { createHmac } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { signSessionToken } from '../../app/sandbox/shopify/session-token.ts';
import { amazonLine, amazonOrder } from '../amazon-orders.ts';
import { runningWorld } from '../running-world.ts';

const world = runningWorld({ web: true });
const secret = 'concord-sandbox-secret';

// Some tests let nobody work, and some leave the shop without the app.
let installed = true;
const install = async (is: boolean) => {
  installed = is;
  await world.control('POST', '/shopify/install', { installed: is });
};
beforeEach(async () => {
  if (!installed) await install(true);
  await world.control('POST', '/workers', { count: 1 });
});

interface Sent {
  readonly path?: string;
  readonly topic?: string;
  readonly shop?: string;
  readonly secret?: string;
  readonly id?: string;
}

/** What Shopify would send; `with` changes it. */
function headersOf(body: string, sent: Sent): Record<string, string> {
  return {
    'content-type': 'application/json',
    'X-Shopify-Hmac-Sha256': createHmac('sha256', sent.secret ?? secret)
      .update(body)
      .digest('base64'),
    'X-Shopify-Topic': sent.topic ?? 'orders/updated',
    'X-Shopify-Shop-Domain': sent.shop ?? world.sandbox.shop,
    'X-Shopify-API-Version': '2026-10',
    'X-Shopify-Webhook-Id': sent.id ?? 'b54557e4-bdd9-4b37-8a5f-bf7d70bcd043',
    'X-Shopify-Triggered-At': '2030-01-01T00:00:00Z',
  };
}

const post = (path: string, init: RequestInit) =>
  fetch(`${world.sandbox.app}${path}`, { method: 'POST', ...init }).then((answer) => answer.status);
const send = (body: string, sent: Sent = {}) =>
  post(sent.path ?? '/webhooks/orders', { body, headers: headersOf(body, sent) });

const knocks = async (id: string) =>
  (
    await world.database.owner<{ knocks: number }>(
      'select knocks from amazon_order where amazon_order_id = $1',
      [id],
    )
  )[0]?.knocks;
const seen = async () => (await world.database.owner('select 1 from seen_webhook')).length;
const gidOf = async (id: string) =>
  (
    await world.database.owner<{ gid: string }>(
      'select shopify_order_id as gid from amazon_order where amazon_order_id = $1',
      [id],
    )
  )[0]?.gid ?? '';
const changed = async (id: string, at = '2030-01-01T00:00:00Z') =>
  JSON.stringify({ admin_graphql_api_id: await gidOf(id), updated_at: at });
const calls = async (service: 'amazon' | 'shopify') => (await world.log(service)).length;

/** An order that came in, and nobody is at work any more. */
async function atRest(id: string): Promise<void> {
  await world.place(amazonOrder(id));
  await world.settle();
  await world.control('POST', '/workers', { count: 0 });
}

describe('SEC-3: bad input', () => {
  const big = '{"a":"' + 'x'.repeat(20 * 2 ** 20) + '"}';
  const inPieces = () =>
    new ReadableStream({
      pull(controller) {
        this.sent += 2 ** 20;
        controller.enqueue(new Uint8Array(2 ** 20));
        if (this.sent >= 20 * 2 ** 20) controller.close();
      },
      sent: 0,
    } as UnderlyingSource & { sent: number });

  it.each(['/webhooks/orders', '/webhooks/app', '/webhooks/compliance'])('%s refuses it', async (path) => {
    const body = '{"id":1}';
    const { 'X-Shopify-Hmac-Sha256': _, ...unsigned } = headersOf(body, {});
    expect(await send(body, { path, secret: 'not the secret' })).toBe(401);
    expect(await post(path, { body, headers: unsigned })).toBe(401);
    expect(await post(path, { body, headers: { ...unsigned, 'X-Shopify-Hmac-Sha256': '' } })).toBe(401);
    expect(await post(path, { body: `${body} `, headers: headersOf(body, {}) })).toBe(401);
    expect(await post(path, { body })).toBe(401);
    expect(await post(path, {})).toBe(401);
    expect(await send('', { path })).toBe(401);
    expect(await send(body, { path, shop: 'evil.example' })).toBe(401);
    expect(await post(path, { method: 'GET' })).toBe(405);
    expect(await post(path, { method: 'PUT', body, headers: headersOf(body, {}) })).toBe(405);
    expect(await send(big, { path })).toBe(413);
    const streamed = { body: inPieces(), duplex: 'half' } as RequestInit;
    expect(await post(path, { ...streamed, headers: headersOf('', {}) })).toBe(413);
    expect(await seen()).toBe(0);
  });

  it.each(['/webhooks/orders', '/webhooks/app', '/webhooks/compliance'])(
    '%s takes what is signed and of no use, for Shopify would only repeat it',
    async (path) => {
      for (const body of ['{}', '{"id":{}}', `{"id":${'['.repeat(1_000)}${']'.repeat(1_000)}}`])
        for (const topic of ['orders/updated', 'products/update', 'app/scopes_update'])
          expect(await send(body, { path, topic }), `${topic} ${body.slice(0, 9)}`).toBe(200);
      expect(
        await send('{"id":820982911946154508}', {
          path,
          topic: 'orders/delete',
          shop: 'nobody.myshopify.com',
        }),
      ).toBe(200);
      expect(await seen()).toBeLessThanOrEqual(1);
      expect(await world.database.owner('select 1 from session')).toHaveLength(1);
      expect(await world.database.owner('select 1 from shop where uninstalled_at is null')).toHaveLength(1);
    },
  );
});

describe('SEC-1 SEC-3: only the body is signed, so that nobody can speak of another shop with something else that is', () => {
  const other = 'other.myshopify.com';
  const app = { apiKey: 'concord-sandbox-key', apiSecret: secret };
  const about = [
    { path: '/webhooks/app', topic: 'app/uninstalled' },
    { path: '/webhooks/compliance', topic: 'shop/redact' },
    { path: '/webhooks/compliance', topic: 'customers/redact' },
    { path: '/webhooks/compliance', topic: 'customers/data_request' },
  ];
  const untouched = async () => {
    expect(await world.database.owner('select 1 from session')).toHaveLength(1);
    expect(await world.database.owner('select 1 from shop where uninstalled_at is null')).toHaveLength(1);
    expect(await world.database.owner(`select 1 from audit_entry where actor = 'shopify'`)).toEqual([]);
    expect(await seen()).toBe(0);
  };

  it.each(about)(
    '$topic refuses a session token, and the address that the app is opened at',
    async (sent) => {
      const [head, claims, signature] = signSessionToken(other, app, '7', Date.now()).split('.');
      const token = `${head ?? ''}.${claims ?? ''}`;
      const headers = headersOf(token, sent);
      const given = Buffer.from(signature ?? '', 'base64url').toString('base64');
      expect(headers['X-Shopify-Hmac-Sha256']).toBe(given);
      expect(await post(sent.path, { body: token, headers })).toBe(401);
      expect(await send(`embedded=1&host=aG9zdA&shop=${other}&timestamp=1890000000`, sent)).toBe(401);
      // A query's first name can be chosen, and a blank sorts before all that Shopify adds.
      const named = { myshopify_domain: world.sandbox.shop, shop_domain: world.sandbox.shop };
      expect(await send(` ${JSON.stringify(named)}`, sent)).toBe(401);
      await untouched();
    },
  );

  it.each(about)('$topic refuses what is no JSON object', async (sent) => {
    for (const body of ['not JSON', '{', 'null', '[]', `"${world.sandbox.shop}"`, '['.repeat(50_000)])
      expect(await send(body, sent), body.slice(0, 9)).toBe(401);
    await untouched();
  });

  it.each(about)('$topic refuses what Shopify signed for another shop, or for none', async (sent) => {
    const of = (shop: unknown) => ({ shop_id: 1, shop_domain: shop, myshopify_domain: shop, domain: shop });
    for (const payload of [of(other), of(`${other}.${world.sandbox.shop}`), of(undefined), of(null)])
      expect(await send(JSON.stringify(payload), sent), JSON.stringify(payload)).toBe(401);
    await untouched();
  });

  it('what ends nothing is taken for the shop of the header: it knocks at most at what that shop has', async () => {
    await world.control('POST', '/shops', { domain: other });
    await atRest('118-20');
    const before = await knocks('118-20');
    expect(await send(await changed('118-20'), { shop: other, id: 'replayed' })).toBe(200);
    expect(await knocks('118-20')).toBe(before);
  });
});

it('PRO-1: a webhook is a knock: one transaction, no call to either service, and once though it comes twice', async () => {
  await atRest('118-1');
  const [before, amazon, shopify] = [await knocks('118-1'), await calls('amazon'), await calls('shopify')];
  const body = await changed('118-1');
  for (let n = 0; n < 3; n += 1) expect(await send(body)).toBe(200);
  expect(await knocks('118-1')).toBe((before ?? 0) + 1);
  expect(await send(body, { id: 'another' })).toBe(200);
  expect(await knocks('118-1')).toBe((before ?? 0) + 2);
  expect([await calls('amazon'), await calls('shopify')]).toEqual([amazon, shopify]);
});

it('PRO-2: news that is older than the last look changes nothing, and our own echo neither', async () => {
  await atRest('118-2');
  const before = await knocks('118-2');
  expect(await send(await changed('118-2', '2026-01-01T00:00:00Z'), { id: 'old' })).toBe(200);
  expect(await knocks('118-2')).toBe(before);
});

it('PRO-2: lost, late and doubled webhooks leave nothing behind', async () => {
  for (const kind of ['duplicate-webhook', 'late-webhook', 'lose-webhook'])
    await world.control('POST', '/faults', { service: 'shopify', match: {}, kind, every: 3, times: 5 });
  await world.place(amazonOrder('118-3'), amazonOrder('118-4'));
  await world.settle();
  await world.shopify(
    `mutation($id: ID!) { tagsAdd(id: $id, tags: ["seen by staff"]) { userErrors { message } } }`,
    {
      id: await gidOf('118-3'),
    },
  );
  await world.settle(true);
  expect(await world.row('118-3')).toMatchObject({
    state: expect.stringMatching(/in_step|unlinked_lines/) as string,
  });
  expect((await world.order('118-3'))?.tags).toEqual(['Amazon', 'seen by staff']);
  expect(await world.orders()).toHaveLength(2);
});

it('SEC-5: an order that is not from Amazon leaves no trace', async () => {
  await world.place(amazonOrder('118-5'));
  await world.settle();
  const [rows, before] = [
    await world.database.owner('select amazon_order_id, knocks from amazon_order'),
    await seen(),
  ];
  const { orderCreate } = (await world.shopify(
    `mutation { orderCreate(order: { lineItems: [{ title: "From the shop itself", quantity: 1, requiresShipping: true,
      priceSet: { shopMoney: { amount: "5.00", currencyCode: USD } } }] }) { order { id } } }`,
  )) as { orderCreate: { order: { id: string } } };
  const { id } = orderCreate.order;
  await world.shopify(`mutation($id: ID!) { tagsAdd(id: $id, tags: ["x"]) { userErrors { message } } }`, {
    id,
  });
  await world.shopify(`mutation($id: ID!) { orderDelete(orderId: $id) { deletedId } }`, { id });
  await world.settle();
  expect(await world.database.owner('select amazon_order_id, knocks from amazon_order')).toEqual(rows);
  expect(await seen()).toBe(before);
});

it('IMP-12: an order that staff deletes is closed here without a poll, and nothing is written to Amazon', async () => {
  await world.place(amazonOrder('118-6'));
  await world.settle();
  const amazon = await calls('amazon');
  await world.shopify(`mutation($id: ID!) { orderDelete(orderId: $id) { deletedId } }`, {
    id: await gidOf('118-6'),
  });
  await expect.poll(async () => (await world.row('118-6'))?.state).toBe('deleted_shopify');
  expect(await calls('amazon')).toBe(amazon);
});

it('IMP-12: an order that staff edits is looked at without a poll', async () => {
  await world.place(
    amazonOrder('118-7', {
      proceeds: { grandTotal: { amount: '30.00', currencyCode: 'USD' } },
      orderItems: [
        amazonLine('1', { sku: 'A', item: '10.00' }),
        amazonLine('2', { sku: 'B', item: '20.00' }),
      ],
    }),
  );
  await world.settle();
  const [before, amazon] = [await knocks('118-7'), await calls('amazon')];
  const { orderEditBegin } = (await world.shopify(
    `mutation($id: ID!) { orderEditBegin(id: $id) { calculatedOrder { id lineItems(first: 5) { nodes { id } } } } }`,
    { id: await gidOf('118-7') },
  )) as { orderEditBegin: { calculatedOrder: { id: string; lineItems: { nodes: { id: string }[] } } } };
  const { id, lineItems } = orderEditBegin.calculatedOrder;
  await world.shopify(
    `mutation($id: ID!, $line: ID!) { orderEditSetQuantity(id: $id, lineItemId: $line, quantity: 0) { userErrors { message } } }`,
    { id, line: lineItems.nodes[1]?.id },
  );
  await world.shopify(`mutation($id: ID!) { orderEditCommit(id: $id) { userErrors { message } } }`, { id });
  await expect.poll(() => knocks('118-7')).toBeGreaterThan(before ?? 0);
  await expect
    .poll(() =>
      world.database.owner('select 1 from amazon_order where due_at <= now() or lease_until > now()'),
    )
    .toEqual([]);
  expect(await calls('amazon')).toBe(amazon);
});

it('SEC-4: news of a shop that gave the app up is dropped', async () => {
  await world.place(amazonOrder('118-8'));
  await world.settle();
  const body = await changed('118-8');
  const before = await knocks('118-8');
  await install(false);
  await expect.poll(() => world.database.owner('select 1 from session')).toEqual([]);
  expect(await send(body, { id: 'late' })).toBe(200);
  expect(await knocks('118-8')).toBe(before);
});

it('SEC-4: what the merchant grants is kept, and the shop is asked anew what it is', async () => {
  const granted = ['write_orders', 'read_products'];
  await world.place(amazonOrder('118-9'));
  await world.settle();
  await world.control('POST', '/shopify/scopes', { granted });
  await expect
    .poll(() => world.database.owner('select scope from session'))
    .toEqual([{ scope: granted.join(',') }]);
  await expect.poll(() => world.database.owner('select 1 from shop where facts_at is null')).toHaveLength(1);
});

describe('SEC-4: the three privacy webhooks', () => {
  const audit = () =>
    world.database.owner<{ action: string; after: unknown }>(
      `select action, after from audit_entry where shop = $1 and actor = 'shopify' order by at`,
      [world.sandbox.shop],
    );
  const privacy = (topic: string, orderIds?: string[]) =>
    world.control('POST', '/shopify/privacy', { topic, ...(orderIds ? { orderIds } : {}) });
  const uninstalled = async () => {
    await install(false);
    await expect
      .poll(() => world.database.owner('select 1 from shop where uninstalled_at is not null'))
      .toHaveLength(1);
  };

  it.each([true, false])(
    'of a customer: written down without a name, reasons erased (app installed: %s)',
    async (installed) => {
      await world.place(amazonOrder('118-10'));
      await world.settle();
      await world.database.owner(
        `insert into claim (shop, amazon_order_id, source, key, seen_at, settled_at, reason) values ($1, '118-10', 'report', 'k', now(), now(), 'sealed')`,
        [world.sandbox.shop],
      );
      const orderIds = [await gidOf('118-10'), '299938'];
      if (!installed) await uninstalled();
      await privacy('customers/data_request', orderIds);
      await expect
        .poll(() => audit())
        .toEqual([
          {
            action: 'customer_data_requested',
            after: { dataRequest: '9999', orders: 2, reasonsHeldOf: ['118-10'] },
          },
        ]);
      await privacy('customers/redact', orderIds);
      await expect.poll(async () => (await audit()).length).toBe(2);
      expect(await world.database.owner('select 1 from claim where reason is not null')).toEqual([]);
      expect(JSON.stringify(await audit())).not.toContain('john');
    },
  );

  it('of a shop: everything is erased but the audit log, under a pseudonym; the shop can come back', async () => {
    await world.place(amazonOrder('118-11'));
    await world.settle();
    await privacy('shop/redact');
    await expect.poll(async () => (await audit()).length).toBe(1);
    expect(await world.row('118-11')).toBeDefined();
    await uninstalled();
    await world.control('POST', '/clock', { advance: 'PT48H' });
    await privacy('shop/redact');
    await expect.poll(() => world.database.owner('select 1 from shop'), { timeout: 11_000 }).toEqual([]);
    for (const table of [
      'amazon_order',
      'seller',
      'session',
      'command',
      'problem',
      'seen_webhook',
      'sku_link',
    ])
      expect(await world.database.owner(`select 1 from ${table}`), table).toEqual([]);
    const names = await world.database.owner<{ shop: string }>('select distinct shop from audit_entry');
    expect(names).toMatchObject([{ shop: expect.stringMatching(/^erased-[\w-]{43}$/) as string }]);
    await install(true);
    await world.settle();
    expect(await world.row('118-11')).toBeDefined();
    expect(await world.orders()).toHaveLength(1);
  });
});
