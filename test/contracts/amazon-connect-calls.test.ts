import { existsSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exchangeCode } from '../../app/amazon/authorise.ts';
import { createAmazonClient } from '../../app/amazon/client.ts';
import { uncounted } from '../../app/amazon/buckets.ts';
import type { AmazonRegion } from '../../app/domain/marketplaces.ts';
import { setClock } from '../../app/lib/clock.ts';
import { type AdapterWorld, startAdapter } from './adapter-world.ts';
import { plainOrder, refreshToken, sellerId } from './amazon-world.ts';

const path = '/sellers/v1/marketplaceParticipations';

describe('connecting before the pretend Amazon', () => {
  let adapter: AdapterWorld;
  beforeEach(async () => {
    adapter = await startAdapter();
  });
  afterEach(() => adapter.close());

  const app = () => ({
    region: 'na' as AmazonRegion,
    clientId: 'client',
    clientSecret: 'secret',
    origin: adapter.world.origin,
    userAgent: 'Concord/0.1',
  });
  const client = (more: object = {}) =>
    createAmazonClient({ ...app(), refreshToken, buckets: uncounted, ...more });

  it('SEC-2: makes a refresh token of a code, once and in time, and says nothing of either', async () => {
    const { world } = adapter;
    const code = world.amazon.codeFor(sellerId);
    expect(await exchangeCode(app(), code)).toEqual({ ok: true, value: refreshToken });
    const late = world.amazon.codeFor(sellerId);
    world.now += 5 * 60_000;
    for (const over of [code, late, '']) {
      const refused = await exchangeCode(app(), over === '' ? 'made-up' : over);
      expect(refused).toMatchObject({ ok: false, failure: { kind: 'reconnect', code: 'grant_lost' } });
      if (over !== '') expect(JSON.stringify(refused)).not.toContain(over);
    }
  });

  it.each([
    ['drop-answer', {}, 'network'],
    ['error', { status: 503, code: 'html' }, 'login_error'],
  ] as const)('PRO-4: after %s it is a thing that may pass', async (kind, more, code) => {
    adapter.world.faults.push({ service: 'amazon', match: { operation: 'token' }, kind, ...more });
    const failed = await exchangeCode(app(), adapter.world.amazon.codeFor(sellerId));
    expect(failed).toMatchObject({ ok: false, failure: { kind: 'retry', code } });
  });

  it('PRO-4: this app’s own wrong secret is not the seller’s fault', async () => {
    const wrong = { ...app(), clientSecret: 'another' };
    const failed = await exchangeCode(wrong, adapter.world.amazon.codeFor(sellerId));
    expect(failed).toMatchObject({ ok: false, failure: { kind: 'retry', code: 'app_credentials' } });
  });

  it.each([
    ['na', ['ATVPDKIKX0DER', 'A2EUQ1WTGCTBG2', 'A1AM78C64UM0Y8', 'A2Q3Y263D00KWC']],
    ['fe', ['A1VC38T7YXB528', 'A39IBJ37TRP1C6', 'A19VAU5U5O7RUS']],
  ] as const)(
    'tells where a seller sells in %s, without places that are no marketplace',
    async (region, ids) => {
      const told = await client({ region }).participation();
      expect(told).toEqual({ ok: true, value: { marketplaceIds: ids, name: 'Demo store' } });
    },
  );

  it('leaves out where a seller does not sell', async () => {
    adapter.world.amazon.addSeller({
      sellerId: 'A2',
      refreshToken: 'Atzr|two',
      marketplaceIds: ['A1PA6795UKMFR9'],
      name: ' Zwei ',
    });
    const two = client({ region: 'eu', refreshToken: 'Atzr|two' });
    expect(await two.participation()).toEqual({
      ok: true,
      value: { marketplaceIds: ['A1PA6795UKMFR9'], name: 'Zwei' },
    });
  });

  it('knows a missing role, and an account that was disconnected', async () => {
    adapter.world.amazon.setAuthorisation(sellerId, {
      state: 'granted',
      missingRoles: ['Selling Partner Insights'],
    });
    expect(await client().participation()).toMatchObject({
      failure: { kind: 'final', code: 'data_refused' },
    });
    const before = adapter.world.log.length;
    const gone = client({ refreshToken: '' });
    expect(await gone.participation()).toMatchObject({ failure: { kind: 'reconnect', code: 'grant_lost' } });
    expect(adapter.world.log).toHaveLength(before);
  });

  it('PRO-5: the finances tell whose account it is, where there is a transaction', async () => {
    expect(await client().accountSeen()).toEqual({ ok: true, value: null });
    const { world } = adapter;
    world.amazon.placeOrders(sellerId, [plainOrder('902-0000002-0000001')]);
    world.amazon.ship(sellerId, '902-0000002-0000001', { carrier: 'UPS', trackingNumber: '1Z1' });
    world.now += 49 * 3_600_000;
    setClock(world.now);
    expect(await client().accountSeen()).toEqual({ ok: true, value: sellerId });
  });

  const model = '../shared/amazon/models/sellers.json';
  it.skipIf(!existsSync(model))('the pretend Amazon answers in the shape of Amazon’s model', async () => {
    const { definitions } = JSON.parse(readFileSync(model, 'utf8')) as { definitions: object };
    const validate = new Ajv({ strict: false, allErrors: true }).compile({
      $ref: '#/definitions/GetMarketplaceParticipationsResponse',
      definitions,
    });
    const { status, body, headers } = await adapter.world.get(path);
    validate(body);
    expect([status, validate.errors ?? []]).toEqual([200, []]);
    expect(headers.get('x-amzn-ratelimit-limit')).toBe('0.016');
  });
});
