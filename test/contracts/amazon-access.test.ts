import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type AmazonWorld,
  ordersPath,
  plainOrder,
  refreshToken,
  sellerId,
  startAmazon,
} from './amazon-world.ts';

const orderId = '902-0000001-0000001';
const path = `${ordersPath}/${orderId}`;

describe('the pretend Amazon lets in', () => {
  let world: AmazonWorld;
  beforeAll(async () => {
    world = await startAmazon();
  });
  beforeEach(() => {
    world.amazon.reset();
    world.amazon.placeOrders(sellerId, [plainOrder(orderId)]);
  });
  afterAll(() => world.close());

  const client = { client_id: 'client', client_secret: 'secret' };
  const tokenNow = async () => (await world.login()).body.access_token ?? '';

  it.each([
    [
      'a wrong secret',
      { client_secret: 'x', grant_type: 'refresh_token', refresh_token: refreshToken },
      401,
      'invalid_client',
    ],
    ['an unknown refresh token', { grant_type: 'refresh_token', refresh_token: 'x' }, 400, 'invalid_grant'],
    ['an unknown code', { grant_type: 'authorization_code', code: 'x' }, 400, 'invalid_grant'],
    ['no refresh token', { grant_type: 'refresh_token' }, 400, 'invalid_request'],
    ['no grant type', {}, 400, 'invalid_request'],
    ['another grant type', { grant_type: 'password' }, 400, 'unsupported_grant_type'],
    ['an unknown scope', { grant_type: 'client_credentials', scope: 'x' }, 400, 'invalid_scope'],
  ])('SEC-3: nobody with %s', async (_what, fields: Record<string, string>, status, error) => {
    const reply = await world.login({ ...client, ...fields });
    expect([reply.status, reply.body.error]).toEqual([status, error]);
    expect(reply.body.access_token).toBeUndefined();
  });

  it('a seller for one hour of the world', async () => {
    const reply = await world.login();
    expect(reply.body).toMatchObject({ token_type: 'bearer', expires_in: 3600, refresh_token: refreshToken });
    const token = reply.body.access_token ?? '';
    world.now += 3_599_000;
    expect((await world.get(path, {}, token)).status).toBe(200);
    world.now += 1000;
    const late = await world.get(path, {}, token);
    expect([late.status, late.body.errors?.[0]?.code]).toEqual([403, 'Unauthorized']);
    expect(late.body.errors?.[0]?.details).toContain('expired');
  });

  it('SEC-3: nobody without a token, with an odd one, or with a grantless one', async () => {
    const scope = 'sellingpartnerapi::notifications';
    const grantless = await world.login({ ...client, grant_type: 'client_credentials', scope });
    expect(grantless.status).toBe(200);
    for (const token of ['', 'Atza|odd', grantless.body.access_token ?? '']) {
      expect((await world.get(path, {}, token)).status).toBe(403);
    }
  });

  it.each(['revoked', 'expired'] as const)(
    'SEC-3: nobody whose grant is %s, until it is granted again',
    async (state) => {
      const token = await tokenNow();
      world.amazon.setAuthorisation(sellerId, { state });
      expect((await world.login()).body.error).toBe('invalid_grant');
      expect((await world.get(path, {}, token)).status).toBe(403);
      world.amazon.setAuthorisation(sellerId, { state: 'granted' });
      expect((await world.login()).status).toBe(200);
      expect((await world.get(path, {}, token)).status).toBe(200);
    },
  );

  it('keeps buyer data back without its role, and everything without the order role', async () => {
    const includedData = 'BUYER,RECIPIENT,FULFILLMENT';
    const token = await tokenNow();
    world.amazon.setAuthorisation(sellerId, {
      state: 'granted',
      missingRoles: ['Direct-to-Consumer Delivery (Restricted)'],
    });
    const bare = await world.get(path, { includedData }, token);
    expect(bare.body.order).toHaveProperty('fulfillment');
    expect(bare.body.order).not.toHaveProperty('buyer');
    expect(bare.body.order).not.toHaveProperty('recipient');
    world.amazon.setAuthorisation(sellerId, {
      state: 'granted',
      missingRoles: ['Inventory and Order Tracking'],
    });
    expect((await world.get(path, {}, token)).status).toBe(403);
  });

  it('shows address and e-mail of open orders only, when switched so', async () => {
    world.switches.set('amazon.buyer-data', 'open-orders');
    const read = async () => (await world.get(path, { includedData: 'BUYER,RECIPIENT' })).body.order;
    expect(await read()).toHaveProperty('recipient');
    world.amazon.cancel(sellerId, orderId, { by: 'BUYER' });
    expect(await read()).not.toHaveProperty('recipient');
    expect(await read()).toHaveProperty('buyer', { buyerName: 'Ann Example' });
    world.switches.set('amazon.buyer-data', 'as-placed');
  });

  it('a seller by an authorization code, once and for five minutes, and with a JSON body', async () => {
    const withCode = (code: string) => world.login({ ...client, grant_type: 'authorization_code', code });
    const code = world.amazon.codeFor(sellerId);
    expect((await withCode(code)).body).toMatchObject({ expires_in: 3600, refresh_token: refreshToken });
    expect((await withCode(code)).body.error).toBe('invalid_grant');
    const late = world.amazon.codeFor(sellerId);
    world.now += 5 * 60_000;
    expect((await withCode(late)).body.error).toBe('invalid_grant');
    const fields = { ...client, grant_type: 'refresh_token', refresh_token: refreshToken };
    const byJson = await world.login(fields, 'json');
    expect((await world.get(path, {}, byJson.body.access_token ?? '')).status).toBe(200);
  });

  it('sellers to their own orders only', async () => {
    world.amazon.addSeller({ sellerId: 'A2', refreshToken: 'Atzr|two', marketplaceIds: ['A1PA6795UKMFR9'] });
    const login = await world.login({ ...client, grant_type: 'refresh_token', refresh_token: 'Atzr|two' });
    const token = login.body.access_token ?? '';
    expect((await world.get(path, {}, token)).status).toBe(404);
    const createdAfter = '2026-01-01T00:00:00Z';
    expect((await world.get(ordersPath, { createdAfter }, token)).body.orders).toEqual([]);
    const foreign = await world.get(ordersPath, { createdAfter, marketplaceIds: 'ATVPDKIKX0DER' }, token);
    expect(foreign.status).toBe(403);
    world.amazon.removeSeller('A2');
    expect(world.amazon.sellerIds()).toEqual([sellerId]);
    expect((await world.get(path, {}, token)).status).toBe(403);
  });

  it('PRO-5: no more than the burst of an operation, counted per seller and operation', async () => {
    const createdAfter = '2026-01-01T00:00:00Z';
    const token = await tokenNow();
    for (let call = 0; call < 20; call += 1) {
      expect((await world.get(ordersPath, { createdAfter }, token)).status).toBe(200);
    }
    const over = await world.get(ordersPath, { createdAfter }, token);
    expect([over.status, over.body.errors?.[0]?.code]).toEqual([429, 'QuotaExceeded']);
    expect(over.headers.has('retry-after')).toBe(false);
    expect((await world.get(path, {}, token)).status).toBe(200);
    world.now += 180_000;
    expect((await world.get(ordersPath, { createdAfter }, token)).status).toBe(200);
    world.now -= 86_400_000;
    expect((await world.get(ordersPath, { createdAfter }, token)).status).toBe(429);
  });

  it('nothing that it does not offer', async () => {
    for (const later of [
      '/messaging/v1/orders/902-0000001-0000001',
      '/finances/v0/financialEvents',
      '/notifications/v1/subscriptions',
    ]) {
      const reply = await world.get(later);
      expect([reply.status, reply.body.errors?.length]).toEqual([501, 1]);
    }
    expect((await world.get('/nothing')).status).toBe(404);
  });
});
