import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createMutation,
  exchange,
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

interface TokenAnswer {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly expires_in: number;
  readonly refresh_token_expires_in: number;
  readonly scope: string;
  readonly error: string;
  readonly associated_user: { readonly id: number };
}
const token = async (body: object): Promise<{ status: number } & TokenAnswer> => {
  const response = await world.post('/admin/oauth/access_token', body);
  return { status: response.status, ...((await response.json()) as TokenAnswer) };
};
const refresh = (refreshToken: string) =>
  token({
    client_id: 'key',
    client_secret: 'secret',
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
  });
const works = async (access: string) => (await world.gql('{ shop { id } }', {}, access)).status === 200;
const login = () => token(exchange(world.shopify.idToken(shop)));
const onlineToken = 'urn:shopify:params:oauth:token-type:online-access-token';

describe('token exchange', () => {
  it('gives an expiring token with a refresh token', async () => {
    const answer = await login();
    expect(answer).toMatchObject({
      status: 200,
      expires_in: 3600,
      refresh_token_expires_in: 90 * 86_400,
      scope: 'write_orders,read_all_orders,read_products,read_locations',
    });
    expect(await works(answer.access_token)).toBe(true);
    await world.clock.advance(3_600_000);
    expect(await works(answer.access_token)).toBe(false);
  });

  it('refuses a token of the past, of another shop, with another signature, and a wrong secret', async () => {
    const idToken = world.shopify.idToken(shop);
    expect((await token(exchange(idToken, { client_secret: 'no' }))).error).toBe('invalid_client');
    expect((await token(exchange(`${idToken.slice(0, -4)}AAAA`))).error).toBe('invalid_subject_token');
    expect((await token(exchange('nonsense'))).error).toBe('invalid_subject_token');
    world.shopify.addShop({ domain: 'other.myshopify.com' });
    expect((await token(exchange(world.shopify.idToken('other.myshopify.com')))).error).toBe(
      'invalid_subject_token',
    );
    await world.clock.advance(71_000);
    expect(await token(exchange(idToken))).toMatchObject({ status: 400, error: 'invalid_subject_token' });
  });

  it('gives tokens that never expire only where the switch allows it', async () => {
    const body = () => exchange(world.shopify.idToken(shop), { expiring: '0' });
    expect((await token(body())).status).toBe(400);
    world.switches.set('shopify.non-expiring-tokens', 'grants');
    const answer = await token(body());
    expect(answer.expires_in).toBeUndefined();
    await world.clock.advance(365 * 86_400_000);
    expect(await works(answer.access_token)).toBe(true);
  });

  it('gives online tokens that belong to a person and may not create orders', async () => {
    const answer = await token(exchange(world.shopify.idToken(shop), { requested_token_type: onlineToken }));
    expect(answer.associated_user.id).toBeGreaterThan(0);
    const created = await world.gql(createMutation, { order: orderInput('1') }, answer.access_token);
    expect(created.errors[0]?.extensions?.code).toBe('ACCESS_DENIED');
  });
});

describe('refresh tokens', () => {
  it('rotate, and the one before stays good until its replacement is used', async () => {
    const first = await login();
    const second = await refresh(first.refresh_token);
    expect(await works(second.access_token)).toBe(true);
    const again = await refresh(first.refresh_token);
    expect(again.status).toBe(200);
    expect((await refresh(again.refresh_token)).status).toBe(200);
    expect(await refresh(first.refresh_token)).toMatchObject({ status: 400, error: 'invalid_grant' });
  });

  it('end after 90 days and with the installation', async () => {
    const first = await login();
    await world.clock.advance(90 * 86_400_000);
    expect((await refresh(first.refresh_token)).status).toBe(400);
    const second = await login();
    world.shopify.install(shop, false);
    expect(await works(second.access_token)).toBe(false);
    expect((await refresh(second.refresh_token)).status).toBe(400);
    expect((await login()).status).toBe(400);
    world.shopify.install(shop, true);
    expect((await login()).status).toBe(200);
  });

  it('stay good over a reset for the shops that stay', async () => {
    const first = await login();
    world.shopify.addShop({ domain: 'other.myshopify.com' });
    world.shopify.reset();
    expect(await works(first.access_token)).toBe(true);
    expect(world.shopify.shops()).toEqual([shop]);
  });
});

describe('scopes', () => {
  it('are asked for at root fields and at the types below them', async () => {
    await world.close();
    world = await startShopify({ scopes: ['read_orders'] });
    const access = await world.login();
    const codes = async (query: string) =>
      (await world.gql(query, { order: orderInput('1') }, access)).errors.map(
        (error) => error.extensions?.code,
      );
    expect(await codes('{ orders(first: 1) { nodes { id } } }')).toEqual([]);
    expect(await codes(createMutation)).toEqual(['ACCESS_DENIED']);
    expect(await codes('{ productVariants(first: 1) { nodes { id } } }')).toEqual(['ACCESS_DENIED']);
    expect(await codes('{ locations(first: 1) { nodes { id } } }')).toEqual(['ACCESS_DENIED']);
    expect(world.shopify.listOrders(shop)).toEqual([]);
  });
});

describe('cost', () => {
  const dear = '{ orders(first: 80) { nodes { id lineItems(first: 10) { nodes { id } } } } }';

  it('is counted, given back where less was read, and refused above 1000 points', async () => {
    const access = await world.login();
    const answer = await world.gql(dear, {}, access);
    expect(answer.cost).toMatchObject({
      requestedQueryCost: 880,
      actualQueryCost: 1,
      throttleStatus: { maximumAvailable: 2000, currentlyAvailable: 1999, restoreRate: 100 },
    });
    const tooDear = await world.gql(dear.replace('80', '100'), {}, access);
    expect(tooDear.errors[0]?.extensions?.code).toBe('MAX_COST_EXCEEDED');
  });

  it('is throttled when the bucket is empty, which fills with the time of the world', async () => {
    const access = await world.login();
    for (let n = 0; n < 200; n += 1) {
      const { errors } = await world.gql(
        'mutation { tagsAdd(id: "gid://shopify/Order/1", tags: ["a"]) { userErrors { message } } }',
        {},
        access,
      );
      expect(errors).toEqual([]);
    }
    const empty = await world.gql('{ shop { id } }', {}, access);
    expect(empty.errors[0]).toMatchObject({ message: 'Throttled', extensions: { code: 'THROTTLED' } });
    expect(empty.cost.throttleStatus.currentlyAvailable).toBe(0);
    expect(await works('staff')).toBe(true);
    await world.clock.advance(10);
    expect((await world.gql('{ shop { id } }', {}, access)).errors).toEqual([]);
  });
});
