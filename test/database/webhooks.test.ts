import { createHmac } from 'node:crypto';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import type { Database } from '../../app/db/client.ts';
import { ordersNamed } from '../../app/db/webhooks.ts';
import { amazonOrderId, type ShopDomain } from '../../app/domain/ids.ts';
import { openWebhook, type Webhook } from '../../app/shopify/webhook.ts';
import { takeOrderNews } from '../../app/sync/shopify-news.ts';
import { freshDatabase } from '../database.ts';
import { newShop, ownerOf } from './shop-rows.ts';

const database = await freshDatabase();
const { db } = database;
const owner = ownerOf(database);
const lines: string[] = [];
const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) });

/** What Shopify's samples have: neither fits a double. */
const orderNumber = '820982911946154508';
const gid = `gid://shopify/Order/${orderNumber}`;
const held = 'gid://shopify/FulfillmentOrder/1046000840';
const second = Date.UTC(2026, 10, 21, 12);

/** A shop with one order that is linked, was read when Shopify's time was `known`, and is not due. */
async function linkedOrder(known: number | null = second): Promise<ShopDomain> {
  const shop = await newShop(database);
  await owner(
    `insert into amazon_order (shop, amazon_order_id, seller_id, shopify_order_id, fulfillment_order_ids, shopify_updated_at)
     values ($1, '902-1', 'A1', $2, array[$3], $4)`,
    [shop, gid, held, known === null ? null : new Date(known)],
  );
  return shop;
}

const knocks = async (shop: ShopDomain) =>
  (await owner<{ knocks: number }>('select knocks from amazon_order where shop = $1', [shop]))[0]?.knocks;
const seen = async (shop: ShopDomain) =>
  (await owner('select webhook_id from seen_webhook where shop = $1', [shop])).length;

/** Hands a webhook in as it would come over the wire. */
async function hear(
  shop: ShopDomain,
  topic: string,
  body: string,
  { id = 'w-1', at }: { id?: string | null; at?: number } = {},
): Promise<void> {
  const headers = new Headers({
    'X-Shopify-Topic': topic,
    'X-Shopify-Shop-Domain': shop,
    'X-Shopify-Hmac-Sha256': createHmac('sha256', 's').update(body).digest('base64'),
  });
  if (id !== null) headers.set('X-Shopify-Webhook-Id', id);
  if (at !== undefined) headers.set('X-Shopify-Triggered-At', new Date(at).toISOString());
  const request = new Request('https://app.example/webhooks/orders', { method: 'POST', body, headers });
  const webhook = await openWebhook(request, 's');
  expect(webhook).toBeTypeOf('object');
  await takeOrderNews(db, log, webhook as Webhook);
}

const changed = (at: number) =>
  `{"admin_graphql_api_id":"${gid}","updated_at":"${new Date(at).toISOString().slice(0, 19)}+00:00"}`;

describe('PRO-1: a webhook knocks at the order it names', () => {
  it.each([
    ['orders/delete', `{"id":${orderNumber}}`],
    ['refunds/create', `{"id":890088186047892319,"order_id":${orderNumber}}`],
    ['fulfillments/create', `{"id":123456,"order_id":${orderNumber}}`],
    ['orders/edited', `{"order_edit":{"id":1,"order_id":${orderNumber}}}`],
    ['fulfillment_holds/released', `{"fulfillment_order":{"id":"${held}"}}`],
    [
      'fulfillment_orders/moved',
      `{"original_fulfillment_order":{"id":"${held}"},"moved_fulfillment_order":{"id":"gid://shopify/FulfillmentOrder/2"}}`,
    ],
    [
      'fulfillment_orders/merged',
      '{"merge_intents":[{"fulfillment_order_id":7},{"fulfillment_order_id":1046000840}]}',
    ],
  ])('%s, with ids beyond 2^53', async (topic, body) => {
    const shop = await linkedOrder();
    await hear(shop, topic, body);
    expect(await knocks(shop)).toBe(1);
    expect(
      await owner('select 1 from amazon_order where shop = $1 and due_at is not null', [shop]),
    ).toHaveLength(1);
  });

  it('and only of that shop', async () => {
    const [shop, other] = [await linkedOrder(), await linkedOrder()];
    await hear(shop, 'fulfillment_orders/hold_released', `{"fulfillment_order":{"id":"${held}"}}`);
    expect([await knocks(shop), await knocks(other)]).toEqual([1, 0]);
  });

  it('by an index, however many orders the shop has', async () => {
    const shop = await newShop(database);
    await owner(
      `insert into amazon_order (shop, amazon_order_id, seller_id, fulfillment_order_ids)
       select $1, 'o' || n, 'A1', array['gid://shopify/FulfillmentOrder/9' || n] from generate_series(1, 20000) n`,
      [shop],
    );
    await owner('vacuum analyze amazon_order');
    const found = await db.forShop(shop, async (tx) => {
      const before = await tx.$queryRaw<
        { n: bigint }[]
      >`select pg_stat_get_xact_tuples_returned('amazon_order'::regclass) as n`;
      const named = await ordersNamed(tx, shop, {
        orders: [],
        fulfillmentOrders: ['gid://shopify/FulfillmentOrder/977'],
      });
      const after = await tx.$queryRaw<
        { n: bigint }[]
      >`select pg_stat_get_xact_tuples_returned('amazon_order'::regclass) as n`;
      return { named, read: Number(after[0]?.n) - Number(before[0]?.n) };
    });
    expect(found.named.map((order) => order.id)).toEqual([amazonOrderId('o77')]);
    expect(found.read).toBe(0);
  });
});

it('PRO-1: a knock is one transaction, in which the webhook is remembered too', async () => {
  const shop = await linkedOrder();
  const webhook: Webhook = {
    shop,
    topic: 'orders/delete',
    id: 'w',
    triggeredAt: null,
    payload: { id: orderNumber },
  };
  let transactions = 0;
  const counting: Database = {
    ...db,
    forShop: (own, work) => {
      transactions += 1;
      return db.forShop(own, work);
    },
    system: () => Promise.reject(new Error('looked across shops')),
  };
  await takeOrderNews(counting, log, webhook);
  expect(transactions).toBe(1);
  const broken: Database = {
    ...db,
    forShop: (own, work) =>
      db.forShop(own, async (tx) => {
        await work(tx);
        throw new Error('the power went');
      }),
  };
  await expect(takeOrderNews(broken, log, { ...webhook, id: 'w-2' })).rejects.toThrow('the power went');
  expect([await knocks(shop), await seen(shop)]).toEqual([1, 1]);
});

describe('PRO-2: what changes nothing', () => {
  it('the same webhook twice is one knock', async () => {
    const shop = await linkedOrder();
    for (let n = 0; n < 3; n += 1) await hear(shop, 'refunds/create', `{"order_id":${orderNumber}}`);
    expect(await knocks(shop)).toBe(1);
    await hear(shop, 'refunds/create', `{"order_id":${orderNumber}}`, { id: 'w-2' });
    expect(await knocks(shop)).toBe(2);
    expect(await seen(shop)).toBe(2);
  });

  it('one without an id is taken each time', async () => {
    const shop = await linkedOrder();
    for (let n = 0; n < 2; n += 1) await hear(shop, 'orders/delete', `{"id":${orderNumber}}`, { id: null });
    expect(await knocks(shop)).toBe(2);
  });

  it.each([
    ['a change from before the last reading', second - 1000, second + 5000, 0],
    ['the change that the last reading saw', second, second + 200, 0],
    ['a later change in the second of the last reading', second, second + 400, 1],
    ['a later change', second + 1000, second + 1000, 1],
    ['a change without the time of the webhook', second, undefined, 1],
  ])('%s', async (_, changedAt, at, expected) => {
    const shop = await linkedOrder(second + 300);
    await hear(shop, 'orders/updated', changed(changedAt), at === undefined ? {} : { at });
    expect(await knocks(shop)).toBe(expected);
    expect(await seen(shop)).toBe(expected);
  });

  it('a hold that the last reading saw; a later one is news, and so is one without a time', async () => {
    const shop = await linkedOrder(second + 300);
    const body = `{"fulfillment_order":{"id":"${held}"}}`;
    await hear(shop, 'fulfillment_holds/added', body, { id: 'a', at: second + 100 });
    expect(await knocks(shop)).toBe(0);
    await hear(shop, 'fulfillment_holds/added', body, { id: 'b', at: second + 500 });
    await hear(shop, 'fulfillment_holds/added', body, { id: 'c' });
    expect(await knocks(shop)).toBe(2);
  });

  it('an order that is not from Amazon leaves no trace, nor does a shop that is not known or gave the app up', async () => {
    const shop = await linkedOrder();
    await hear(shop, 'orders/delete', '{"id":5}');
    expect([await knocks(shop), await seen(shop)]).toEqual([0, 0]);
    await owner('update shop set uninstalled_at = now() where shop = $1', [shop]);
    await hear(shop, 'orders/delete', `{"id":${orderNumber}}`);
    expect([await knocks(shop), await seen(shop)]).toEqual([0, 0]);
    const stranger = (await newShop(database)).replace(/^s/, 'x') as ShopDomain;
    await hear(stranger, 'orders/delete', `{"id":${orderNumber}}`);
    expect(await seen(stranger)).toBe(0);
  });

  it.each([
    ['orders/updated', '{}'],
    ['orders/updated', '{"admin_graphql_api_id":{"a":1}}'],
    ['orders/updated', '{"admin_graphql_api_id":"gid://shopify/Order/1 or 1=1"}'],
    ['orders/delete', '{"id":-1}'],
    ['orders/delete', '{"id":1.5}'],
    ['fulfillment_orders/merged', '{"merge_intents":"x"}'],
    ['orders/delete', `{"id":${'['.repeat(1_000)}${']'.repeat(1_000)}}`],
    ['constructor', `{"id":${orderNumber}}`],
    ['products/update', `{"id":${orderNumber}}`],
  ])('%s of another form, %#', async (topic, body) => {
    const shop = await linkedOrder();
    lines.length = 0;
    await hear(shop, topic, body);
    expect([await knocks(shop), await seen(shop)]).toEqual([0, 0]);
    // Noted in one line, without what came.
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(topic);
    expect(lines[0]).not.toContain(orderNumber);
  });
});
