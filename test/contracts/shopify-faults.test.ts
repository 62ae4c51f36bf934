import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Fault } from '../../app/sandbox/contract.ts';
import { createMutation, orderInput, shop, startShopify, type ShopifyTest } from './shopify-world.ts';

let world: ShopifyTest;
beforeEach(async () => {
  world = await startShopify();
});
afterEach(() => world.close());

const fault = (more: Partial<Fault> & Pick<Fault, 'kind'>) => {
  world.faults.add({ service: 'shopify', match: { operation: 'orderCreate' }, ...more });
};
const create = () => world.gql(createMutation, { order: orderInput('1') });
const headers = { 'x-shopify-access-token': 'staff' };
const raw = () =>
  world.post(
    '/admin/api/2026-10/graphql.json',
    { query: createMutation, variables: { order: orderInput('1') } },
    headers,
  );
const made = () => world.shopify.listOrders(shop).length;

describe('faults of the pretend Shopify', () => {
  it('drop-request: nothing was done', async () => {
    fault({ kind: 'drop-request' });
    await expect(create()).rejects.toThrow();
    expect(made()).toBe(0);
    expect(world.log.at(-1)).toMatchObject({ operation: 'orderCreate', status: 0 });
  });

  it('IMP-5: drop-answer did the work', async () => {
    fault({ kind: 'drop-answer' });
    await expect(create()).rejects.toThrow();
    expect(made()).toBe(1);
  });

  it('IMP-5: late-effect does it later', async () => {
    fault({ kind: 'late-effect', ms: 60_000 });
    await expect(create()).rejects.toThrow();
    await world.clock.advance(59_999);
    expect(made()).toBe(0);
    await world.clock.advance(1);
    expect(made()).toBe(1);
  });

  it('throttle: as an error in the answer, or as 429', async () => {
    fault({ kind: 'throttle' });
    const answer = await create();
    expect(answer.errors[0]?.extensions?.code).toBe('THROTTLED');
    expect(answer.cost).toMatchObject({ requestedQueryCost: 10, throttleStatus: { currentlyAvailable: 0 } });
    fault({ kind: 'throttle', status: 429 });
    const refused = await raw();
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '2.0']);
    expect(made()).toBe(0);
  });

  it('error: a status, a page, or a code', async () => {
    fault({ kind: 'error', status: 503, value: '<html>down</html>' });
    const page = await raw();
    expect([page.status, page.headers.get('content-type'), await page.text()]).toEqual([
      503,
      'text/html; charset=utf-8',
      '<html>down</html>',
    ]);
    fault({ kind: 'error', code: 'INTERNAL_SERVER_ERROR' });
    expect((await create()).errors[0]?.extensions?.code).toBe('INTERNAL_SERVER_ERROR');
    expect(made()).toBe(0);
  });

  it('latency: the answer comes when the time is over', async () => {
    fault({ kind: 'latency', ms: 5000 });
    const answer = create();
    await vi.waitUntil(() => world.clock.waiting() === 1);
    expect(made()).toBe(0);
    await world.clock.advance(5000);
    expect((await answer).data['orderCreate']?.['userErrors']).toEqual([]);
  });

  it('strikes the token endpoint by its name', async () => {
    world.faults.add({ service: 'shopify', match: { operation: 'token' }, kind: 'error', status: 500 });
    await create();
    expect((await world.post('/admin/oauth/access_token', {})).status).toBe(500);
    expect((await world.post('/admin/oauth/access_token', {})).status).toBe(401);
  });
});
