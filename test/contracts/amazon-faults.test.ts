import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../app/sandbox/contract.ts';
import { type AmazonWorld, ordersPath, plainOrder, sellerId, startAmazon } from './amazon-world.ts';

const id = '902-0000001-0000001';
const path = `${ordersPath}/${id}`;

describe('faults of the pretend Amazon', () => {
  let world: AmazonWorld;
  beforeAll(async () => {
    world = await startAmazon();
  });
  beforeEach(async () => {
    world.amazon.reset();
    world.faults.length = 0;
    world.amazon.placeOrders(sellerId, [plainOrder(id)]);
    await world.get(path);
    world.log.length = 0;
  });
  afterAll(() => world.close());

  const fault = (more: Pick<Fault, 'kind'> & Partial<Fault>) =>
    void world.faults.push({ service: 'amazon', match: { operation: 'getOrder' }, ...more });

  it.each<[string, Pick<Fault, 'kind'> & Partial<Fault>, number, string]>([
    ['throttle', { kind: 'throttle' }, 429, 'QuotaExceeded'],
    ['error', { kind: 'error' }, 500, 'InternalFailure'],
    [
      'error with status and code',
      { kind: 'error', status: 503, code: 'ServiceUnavailable' },
      503,
      'ServiceUnavailable',
    ],
    ['refused data', { kind: 'refuse-data', value: 'BUYER' }, 403, 'AccessDenied'],
  ])('%s, once', async (_what, asked, status, code) => {
    fault(asked);
    const reply = await world.get(path, { includedData: 'BUYER,FULFILLMENT' });
    expect([reply.status, reply.body.errors?.[0]?.code]).toEqual([status, code]);
    expect((await world.get(path, { includedData: 'BUYER,FULFILLMENT' })).status).toBe(200);
    expect(world.log.map((entry) => [entry.operation, entry.path, entry.status])).toEqual([
      ['getOrder', path, status],
      ['getOrder', path, 200],
    ]);
  });

  it('an error page instead of JSON', async () => {
    fault({ kind: 'error', status: 503, code: 'html' });
    const reply = await world.get(path);
    expect([reply.status, reply.headers.get('content-type')]).toEqual([503, 'text/html; charset=utf-8']);
    expect(reply.text).toContain('<html>');
  });

  it.each(['drop-request', 'drop-answer'] as const)('%s breaks the connection', async (kind) => {
    fault({ kind });
    await expect(world.get(path)).rejects.toThrow('fetch failed');
    expect(world.log).toMatchObject([{ operation: 'getOrder', status: 0 }]);
    expect((await world.get(path)).status).toBe(200);
  });

  it('latency passes in the world before the answer', async () => {
    const before = world.now;
    fault({ kind: 'latency', ms: 7000 });
    expect((await world.get(path)).status).toBe(200);
    expect(world.now).toBe(before + 7000);
  });

  it('search lag hides what is new from the search alone', async () => {
    const before = world.now;
    world.now += 130_000;
    const query = { lastUpdatedAfter: new Date(before - 60_000).toISOString() };
    world.faults.push({
      service: 'amazon',
      match: { operation: 'searchOrders' },
      kind: 'search-lag',
      ms: 600_000,
    });
    expect((await world.get(ordersPath, query)).body.orders).toEqual([]);
    expect((await world.get(ordersPath, query)).body.orders).toHaveLength(1);
  });
});
