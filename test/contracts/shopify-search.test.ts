import { z } from 'zod';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createMutation,
  entries,
  orderInput,
  shop,
  startShopify,
  type ShopifyTest,
} from './shopify-world.ts';

let world: ShopifyTest;
beforeEach(async () => {
  world = await startShopify();
});
afterEach(() => world.close());

const create = async (id: string, more: Record<string, unknown> = {}): Promise<string> => {
  const { data } = await world.gql(createMutation, { order: orderInput(id, more) });
  return z.string().parse(data['orderCreate']?.['order']?.['id']);
};
const found = async (query: string, token?: string): Promise<string[]> => {
  const text = 'query S($query: String) { orders(first: 50, query: $query, sortKey: ID) { nodes { name } } }';
  const { data, errors } = await world.gql(text, { query }, token);
  expect(errors).toEqual([]);
  return entries(data['orders']?.['nodes']).map((node) => z.string().parse(node['name']));
};
const byCustomId = async (value: string) => {
  const query =
    'query I($value: String!) { orderByIdentifier(identifier: { customId: { namespace: "$app", key: "order_id", value: $value } }) { name } }';
  return (await world.gql(query, { value })).data['orderByIdentifier'] ?? null;
};

describe('the order search', () => {
  beforeEach(async () => {
    await create('111-1', { note: 'from 999-9', poNumber: 'PO 7' });
    await world.clock.advance(3_600_000);
    await create('222-2', { tags: ['Amazon', 'big deal'], name: 'AMZ-222-2' });
    await create('333-3', { tags: [], closedAt: '2026-11-21T13:00:00Z', email: 'a@b.example' });
  });

  it.each([
    ['source_identifier:111-1', ['#1001']],
    ['source_identifier:"111-1"', ['#1001']],
    ['source_identifier:111', []],
    ['source_identifier:111-1 OR source_identifier:333-3', ['#1001', '#1003']],
    ['name:#1001', ['#1001']],
    ['name:1001', ['#1001']],
    ['name:amz-222-2', ['AMZ-222-2']],
    ['tag:amazon', ['#1001', 'AMZ-222-2']],
    ["tag:'big deal'", ['AMZ-222-2']],
    ['tag:Amazon -tag:"big deal"', ['#1001']],
    ['NOT tag:Amazon', ['#1003']],
    ['tag_not:Amazon', ['#1003']],
    ['metafields.$app.order_id:222-2', ['AMZ-222-2']],
    ['metafields.$app.order_id:"222-2" AND tag:Amazon', ['AMZ-222-2']],
    ['(tag:Amazon OR email:*) AND status:open', ['#1001', 'AMZ-222-2']],
    ['status:closed', ['#1003']],
    ['created_at:>=2026-11-21T13:00:00Z', ['AMZ-222-2', '#1003']],
    ['created_at:<"2026-11-21T13:00:00Z"', ['#1001']],
    ['created_at:2026-11-21', ['#1001', 'AMZ-222-2', '#1003']],
    ['financial_status:paid', ['#1001', 'AMZ-222-2', '#1003']],
    ['source_name:amazon', ['#1001', 'AMZ-222-2', '#1003']],
    ['sku:thing-1', ['#1001', 'AMZ-222-2', '#1003']],
    ['999-9', ['#1001']],
    ['', ['#1001', 'AMZ-222-2', '#1003']],
  ])('finds %s', async (query, names) => {
    expect(await found(query)).toEqual(names);
  });

  it('looks less far with free text, as the switch says', async () => {
    world.switches.set('shopify.free-text-search', 'narrow');
    expect(await found('999-9')).toEqual([]);
    expect(await found('AMZ-222')).toEqual(['AMZ-222-2']);
  });

  it('finds an Amazon number wherever an order holds it, also within a longer one', async () => {
    const number = '111-1234567-7654321';
    await create('555-1', { note: `Amazon Order ID: ${number}.` });
    await create('555-2', { customAttributes: [{ key: 'id', value: `x${number}` }] });
    await create('555-3', { tags: [`9${number}-2`] });
    await create('555-4', { note: '111-1234567-0000000' });
    expect(await found(`"${number}"`)).toEqual(['#1004', '#1005', '#1006']);
    expect(await found(`name:none OR "${number}"`)).toEqual(['#1004', '#1005', '#1006']);
    world.switches.set('shopify.free-text-search', 'narrow');
    expect(await found(number)).toEqual(['#1006']);
  });

  it('goes through pages in both directions', async () => {
    const page =
      'query P($after: String, $reverse: Boolean) { orders(first: 2, after: $after, reverse: $reverse, sortKey: CREATED_AT) { nodes { name } pageInfo { hasNextPage hasPreviousPage endCursor } } }';
    const first = (await world.gql(page)).data['orders'];
    expect(first?.['pageInfo']).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    const second = (await world.gql(page, { after: first?.['pageInfo']?.['endCursor'] })).data['orders'];
    expect(second?.['nodes']).toEqual([{ name: '#1003' }]);
    expect(second?.['pageInfo']).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    const back = (await world.gql(page, { reverse: true })).data['orders'];
    expect(back?.['nodes']).toEqual([{ name: '#1003' }, { name: 'AMZ-222-2' }]);
  });

  it('follows changed tags and deletion', async () => {
    const id = await create('444-4');
    await world.gql(
      'mutation T($id: ID!) { tagsAdd(id: $id, tags: ["hot, new"]) { userErrors { message } } }',
      { id },
    );
    expect(await found('tag:hot tag:new')).toEqual(['#1004']);
    await world.gql(
      'mutation T($id: ID!) { tagsRemove(id: $id, tags: ["HOT"]) { userErrors { message } } }',
      { id },
    );
    expect(await found('tag:hot')).toEqual([]);
    await world.gql('mutation D($id: ID!) { orderDelete(orderId: $id) { deletedId } }', { id });
    expect(await found('source_identifier:444-4')).toEqual([]);
  });
});

describe('the lag of the search index', () => {
  it('hides a new order for as long as a fault says, and only that one', async () => {
    world.faults.add({ service: 'shopify', match: {}, kind: 'search-lag', ms: 30_000 });
    const id = await create('111-1');
    await create('222-2');
    expect(await found('tag:Amazon')).toEqual(['#1002']);
    expect((await world.gql('query O($id: ID!) { order(id: $id) { name } }', { id })).data['order']).toEqual({
      name: '#1001',
    });
    expect(await byCustomId('111-1')).toEqual({ name: '#1001' });
    await world.clock.advance(29_999);
    expect(await found('source_identifier:111-1')).toEqual([]);
    await world.clock.advance(1);
    expect(await found('source_identifier:111-1')).toEqual(['#1001']);
  });

  it('is ten seconds always, and counts for look-ups by id too, as the switches say', async () => {
    world.switches.set('shopify.search-lag-default', 'ten-seconds');
    world.switches.set('shopify.identifier-lookup', 'lags-like-search');
    await create('111-1');
    expect(await byCustomId('111-1')).toBeNull();
    await world.clock.advance(10_000);
    expect(await byCustomId('111-1')).toEqual({ name: '#1001' });
  });

  it('ends with a reset', async () => {
    world.switches.set('shopify.search-lag-default', 'ten-seconds');
    await create('111-1');
    world.shopify.reset();
    expect(world.clock.waiting()).toBe(0);
    expect(await found('')).toEqual([]);
  });
});

describe('orders older than 60 days', () => {
  it('are not there for a token without read_all_orders', async () => {
    await world.close();
    world = await startShopify({ scopes: ['write_orders'] });
    const id = await create('111-1');
    await world.clock.advance(59 * 86_400_000);
    expect(await found('tag:Amazon', await world.login())).toEqual(['#1001']);
    await world.clock.advance(2 * 86_400_000);
    const token = await world.login();
    expect(await found('tag:Amazon', token)).toEqual([]);
    expect(
      (await world.gql('query O($id: ID!) { order(id: $id) { name } }', { id }, token)).data['order'],
    ).toBeNull();
    expect(await found('tag:Amazon')).toEqual(['#1001']);
  });
});

describe('variants by SKU', () => {
  const skus = async (query: string) => {
    const text = 'query V($query: String) { productVariants(first: 50, query: $query) { nodes { sku } } }';
    const { data } = await world.gql(text, { query });
    return entries(data['productVariants']?.['nodes']).map((node) => node['sku']);
  };
  beforeEach(() => {
    const put = (sku: string) => ({ sku, title: `Title of ${sku}`, price: '1.00' });
    world.shopify.addVariants(shop, ['AB-1', 'ab-1', 'AB-1-RED', 'AB-12', '日本 5', '--'].map(put));
  });

  it.each([
    ['sku:AB-1', ['AB-1', 'ab-1', 'AB-1-RED']],
    ['sku:"ab-12"', ['AB-12']],
    ['sku:AB', ['AB-1', 'ab-1', 'AB-1-RED', 'AB-12']],
    ['sku:AB-*', ['AB-1', 'ab-1', 'AB-1-RED', 'AB-12']],
    ['sku:A', []],
    ['sku:"日本 5"', ['日本 5']],
    ['sku:"--"', ['--']],
    ['sku:AB-12 OR sku:"日本 5"', ['AB-12', '日本 5']],
  ])('finds %s', async (query, expected) => {
    expect(await skus(query)).toEqual(expected);
  });
});
